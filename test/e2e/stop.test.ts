import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { until } from '../support/until.ts';
import { ONCE_NATIVE } from './support/client.ts';
import { exists, familyOf } from './support/process.ts';
import { runSystem } from './support/system.ts';

const system = runSystem();
/** Some at a time: how fast a machine accepts them is no matter of this test. */
const bookAll = (numbers: string[]): Promise<void> =>
  Readable.from(numbers).forEach(async (number: string) => void (await system.client.book(number, ONCE_NATIVE)), {
    concurrency: 10,
  });

/** More than one page of bookings, in each of two kinds. */
const TALKING = 130;
const WAITING = 60;
const numbered = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `+5411432${from + i}`);

it('asked to end, it hangs up a call of a business after its outcome, and counts it', async () => {
  const { sandbox, product } = system;
  const number = '+541155550001';
  const { id, outcome } = await system.client.outcomeOf(number, ONCE_NATIVE);
  expect(outcome).not.toBeNull();
  sandbox.scenario({ number, talk_ms: 600_000 });
  const sid = sandbox.ringBack({ number });
  const call = () => sandbox.log(number).calls.find(({ call_sid }) => call_sid === sid);
  await until(() => Number(call()?.streams) > 0, 60_000, 'the talk with the business');
  // The cap that a dial of ours has from its request, as soon as it is looked at.
  await until(() => call()?.limit_seconds === 60, 60_000, 'the cap of the call');
  product.signal('SIGINT');
  expect(await product.ended).toBe(0);
  expect(call()).toMatchObject({ status: 'completed', ended_by: 'api' });
  expect(product.log()).toContain('hung up 1 live call\n');
  await system.start();
  const { follow_ups } = await system.client.booking(id);
  expect(follow_ups).toMatchObject([{ call_id: `${id}.9001` }]);
}, 240_000);

it('asked to end with 130 live calls and more that are about to be dialed, it leaves none live and dials no more', async () => {
  const { sandbox, product } = system;
  const talking = numbered(20_000, TALKING);
  const waiting = numbered(30_000, WAITING);
  for (const number of [...talking, ...waiting])
    sandbox.scenario({ number, native: 'ok', callee: 'answer-and-book', talk_ms: 600_000 });
  await bookAll(talking);
  const live = () => sandbox.log().calls.filter(({ status }) => status === 'in-progress').length;
  await until(() => live() === TALKING, 120_000, 'all to talk');
  // Some of these are being dialed, others accepted, the rest refused when the signal comes.
  const booking = bookAll(waiting).catch(() => undefined);
  await until(() => sandbox.log().calls.length > TALKING, 30_000, 'a dial');

  const family = familyOf(product.pid);
  product.signal('SIGINT');
  expect(await product.ended).toBe(0);
  await until(() => !family.some(exists));
  const calls = sandbox.log().calls.filter(({ to }) => talking.includes(String(to)) || waiting.includes(String(to)));
  expect(calls.filter(({ status }) => !['completed', 'canceled'].includes(String(status)))).toEqual([]);
  expect(calls.filter(({ ended_by }) => ended_by !== 'api')).toEqual([]);
  expect(product.log()).toContain(`hung up ${calls.length} live calls`);
  await booking;
}, 240_000);
