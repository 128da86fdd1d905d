import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { POST_CALL, Product, REPORT, STATUS, TWIML, variables } from './product.ts';

let product: Product;
let sandbox: Sandbox;
let eleven: ElevenLabsClient;
let client: ReturnType<typeof twilio>;

beforeAll(async () => {
  product = await Product.start();
  sandbox = await startSandbox({ publicUrl: product.url, pace: 40, ringMs: 100 });
  const options = { apiKey: sandbox.account.apiKey, baseUrl: sandbox.url, maxRetries: 0, timeoutInSeconds: 5 };
  eleven = new ElevenLabsClient(options);
  client = twilio(sandbox.account.twilioSid, sandbox.account.twilioToken);
  client.api.baseUrl = sandbox.url;
});
afterAll(async () => {
  await sandbox.close();
  await product.stop();
});

const register = (to: string, callId: string) =>
  eleven.conversationalAi.twilio.registerCall({
    agentId: sandbox.account.agentId,
    fromNumber: sandbox.account.twilioNumber,
    toNumber: to,
    direction: 'outbound',
    conversationInitiationClientData: { userId: callId.replace(/\.\d+$/, ''), dynamicVariables: variables(callId) },
  });

/** Rings, and gives these documents, one for each time that instructions are asked for. Resolves at the end of the call. */
async function ring(to: string, callId: string, ...documents: string[]) {
  product.answer = ({ path }) =>
    path === TWIML ? { body: documents.shift() ?? HANGUP, type: 'text/xml' } : { body: '{"accepted":true}' };
  const call = await client.calls.create({
    to,
    from: sandbox.account.twilioNumber,
    url: `${product.url}${TWIML}?call_id=${callId}`,
    statusCallback: `${product.url}${STATUS}?call_id=${callId}`,
  });
  for (let n = 1; ; n++) {
    const told = await product.until(STATUS, n);
    if (told.some(({ form }) => form.CallSid === call.sid && form.CallStatus === 'completed')) return call.sid;
    n = told.length;
  }
}

const HANGUP = '<Response><Hangup/></Response>';
const then = (document: string, path: string): string =>
  document.replace('</Response>', `<Redirect>${product.url}${path}</Redirect></Response>`);
const about = (number: string) => sandbox.log(number);

describe('a registered call, with the official SDKs as clients', () => {
  it('is Twilio’s call, in which ElevenLabs’ agent talks, reports and leaves; then the next verb is due', async () => {
    const to = '+541143211234';
    const document = String(await register(to, 'bk_reg1.1'));
    expect(document).toMatch(/^<\?xml[^>]*><Response><Connect><Stream url="wss:\/\/[^"]+"/);
    expect(about(to).conversations).toMatchObject([{ via: 'registered', status: 'initiated', call_sid: null }]);
    const sid = await ring(to, 'bk_reg1.1', then(document, `${TWIML}?call_id=bk_reg1.1`));
    await product.until(POST_CALL);
    const { calls, conversations, notes } = about(to);
    expect(calls).toMatchObject([{ call_sid: sid, via: 'twilio', status: 'completed', ended_by: 'twiml-hangup' }]);
    expect(conversations).toMatchObject([{ via: 'registered', call_sid: sid, status: 'done', result: 'confirmed' }]);
    expect(notes).toEqual([]);
    expect(product.of(TWIML)).toHaveLength(2);
    expect(product.of(REPORT)).toHaveLength(1);
    const { text } = product.of(POST_CALL)[0]!;
    const { data } = JSON.parse(text);
    expect(data.metadata.phone_call).toMatchObject({ call_sid: sid, phone_number_id: '', external_number: to });
    const audio = await eleven.conversationalAi.conversations.audio.get(data.conversation_id);
    expect((await new Response(audio as never).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
  });

  it('ends with the callee’s hang-up, which the call is told of', async () => {
    const to = '+541143211297';
    await ring(to, 'bk_reg2.1', String(await register(to, 'bk_reg2.1')));
    expect(about(to).calls).toMatchObject([{ ended_by: 'callee' }]);
    expect(about(to).conversations).toMatchObject([{ via: 'registered', reason: 'Call ended by remote party' }]);
  });

  it('lets a stream in once, and only that of its own number', async () => {
    const document = String(await register('+541143211235', 'bk_reg3.1'));
    await ring('+541143211236', 'bk_reg4.1', document);
    expect(about('+541143211236').notes).toMatchObject([{ text: expect.stringMatching(/^31920/) }]);
    expect(about('+541143211235').conversations).toMatchObject([{ status: 'initiated', call_sid: null }]);
  });

  it.each([
    ['503', 503],
    ['garbage', 200],
    ['stream-refused', 200],
    ['slow:1', 200],
  ])('answers %s', async (mode, status) => {
    const number = '+541143211237';
    sandbox.scenario({ number, register: mode });
    const body = { agent_id: sandbox.account.agentId, from_number: sandbox.account.twilioNumber, to_number: number };
    const answer = await fetch(`${sandbox.url}/v1/convai/twilio/register-call`, {
      method: 'POST',
      headers: { 'xi-api-key': sandbox.account.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(status);
    expect((await answer.text()).includes('<Connect>')).toBe(status === 200 && mode !== 'garbage');
  });

  it('refuses a body that names no number, and an agent that there is not', async () => {
    const headers = { 'xi-api-key': sandbox.account.apiKey, 'content-type': 'application/json' };
    const body = { agent_id: 'agent_none', from_number: '+15005550006', to_number: '+541143211234' };
    const post = (sent: object) =>
      fetch(`${sandbox.url}/v1/convai/twilio/register-call`, { method: 'POST', headers, body: JSON.stringify(sent) });
    expect((await post({ ...body, to_number: '' })).status).toBe(422);
    expect((await post(body)).status).toBe(404);
  });
});
