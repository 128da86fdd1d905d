import { once } from 'node:events';
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MOMENTS, type Moment } from '../../sandbox/holds.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { until } from '../support/until.ts';
import { POST_CALL, Product, REPORT, variables } from './product.ts';

let product: Product;
let sandbox: Sandbox;
let eleven: ElevenLabsClient;

beforeAll(async () => {
  product = await Product.start();
  sandbox = await startSandbox({ publicUrl: () => product.url, pace: 40, ringMs: 100 });
  eleven = new ElevenLabsClient({
    apiKey: sandbox.account.apiKey,
    baseUrl: sandbox.url,
    maxRetries: 0,
    // One whose request is held waits as long as it takes to look at the others.
    timeoutInSeconds: 120,
  });
});
afterAll(async () => {
  await sandbox.close();
  await product.stop();
});

function dial(toNumber: string, callId: string) {
  const { agentId, phoneNumberId: agentPhoneNumberId } = sandbox.account;
  const conversationInitiationClientData = { dynamicVariables: variables(callId) };
  return eleven.conversationalAi.twilio.outboundCall({
    agentId,
    agentPhoneNumberId,
    toNumber,
    conversationInitiationClientData,
  });
}

const statusOf = (number: string): unknown => sandbox.log(number).calls[0]?.status;
const reportsOf = (callId: string): number => product.of(REPORT).filter(({ text }) => text.includes(callId)).length;
const recordsOf = (callId: string): number => product.of(POST_CALL).filter(({ text }) => text.includes(callId)).length;

it.each<[Moment, unknown, number]>([
  ['request', undefined, 0],
  ['answer', 'in-progress', 0],
  ['ringing', 'ringing', 0],
  ['talk', 'in-progress', 0],
  ['reported', 'in-progress', 1],
  ['ended', 'completed', 1],
])('a call held at "%s" goes no further until it is released, and then to its end', async (hold, status, reports) => {
  const number = `+54114321001${MOMENTS.indexOf(hold)}`;
  const callId = `bk_hold_${hold}.1`;
  // What follows the moment would be over within a second; an answer alone is kept back while the call goes on.
  sandbox.scenario({ number, hold, ...(hold === 'answer' && { talk_ms: 60_000 }) });
  let answered = false;
  const answer = dial(number, callId).then(() => {
    answered = true;
  });
  await until(() => sandbox.heldAt(number) === hold && statusOf(number) === status);
  // Another call, which nobody holds, goes all its way meanwhile.
  await dial('+541143210001', `bk_free_${hold}.1`);
  await until(() => recordsOf(`bk_free_${hold}.1`) === 1);
  expect(statusOf(number)).toBe(status);
  expect(reportsOf(callId)).toBe(reports);
  expect(recordsOf(callId)).toBe(0);
  expect(answered).toBe(hold !== 'request' && hold !== 'answer');

  const release = `${sandbox.url}/_sandbox/release?number=${encodeURIComponent(number)}`;
  expect(await (await fetch(release, { method: 'POST' })).json()).toEqual({ number, waited: true });
  await answer;
  if (hold === 'answer') sandbox.hangUp(String(sandbox.log(number).calls[0]?.call_sid));
  await until(() => recordsOf(callId) === 1);
  expect(sandbox.heldAt(number)).toBeUndefined();
});

it('a dial whose sender has gone while it was held never came through', async () => {
  const number = '+541143210002';
  sandbox.scenario({ number, hold: 'request' });
  const { agentId, phoneNumberId, apiKey } = sandbox.account;
  const sender = new AbortController();
  const lost = fetch(`${sandbox.url}/v1/convai/twilio/outbound-call`, {
    method: 'POST',
    signal: sender.signal,
    headers: { 'content-type': 'application/json', 'xi-api-key': apiKey },
    body: JSON.stringify({ agent_id: agentId, agent_phone_number_id: phoneNumberId, to_number: number }),
  });
  await until(() => sandbox.heldAt(number) === 'request');
  sender.abort();
  await expect(lost).rejects.toThrow('aborted');
  await until(() => sandbox.heldAt(number) === undefined);
  expect(sandbox.log(number).calls).toEqual([]);
});

it('a held call that is hung up ends at once', async () => {
  const number = '+541143210003';
  sandbox.scenario({ number, hold: 'talk' });
  await dial(number, 'bk_cut.1');
  await until(() => sandbox.heldAt(number) === 'talk');
  const ended = once(sandbox.events, 'ended');
  sandbox.hangUp(String(sandbox.log(number).calls[0]?.call_sid));
  await ended;
  expect(statusOf(number)).toBe('completed');
});
