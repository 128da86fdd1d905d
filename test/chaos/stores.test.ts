import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startSandbox } from '../../sandbox/server.ts';
import { bookingBody, ONLY_NATIVE } from '../e2e/support/client.ts';
import { PACE } from '../support/load.ts';
import { until } from '../support/until.ts';
import type { Leg } from './checker.ts';
import { complaints, verdicts } from './fates.ts';
import { bringTo, freshNumber, PHASES, release, type Subject } from './phases.ts';
import { Rig } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  // A file: a copy of it can be put back.
  rig = await Rig.start({ file: true });
}, 180_000);

afterAll(async () => {
  await rig?.stop();
}, 60_000);

const phaseOf = (wanted: string) => PHASES.find(({ name }) => name === wanted)!;
const legsTo = (number: string): Leg[] => rig.sandbox.log(number).calls as unknown as Leg[];

/** Lets it go on until its phone talks, and holds it there. */
async function holdAtTalk({ number }: Subject): Promise<void> {
  rig.sandbox.release(number);
  rig.sandbox.scenario({ number, hold: 'talk' });
  await until(() => rig.sandbox.heldAt(number) === 'talk', 60_000, 'the talk');
}

async function expectOneCall(subjects: readonly Subject[]): Promise<void> {
  const found = await verdicts(rig, subjects, 240_000);
  for (const { number } of subjects) expect(legsTo(number)).toHaveLength(1);
  const wrong = complaints(found);
  if (wrong.length > 0) console.error(`${subjects.map(({ id }) => rig.linesOf(id)).join('\n')}\n${rig.tails()}`);
  expect(wrong).toEqual([]);
}

it('a workflow that is reset in mid-talk rings nobody again', async () => {
  const subjects = await bringTo(rig, [phaseOf('A talk'), phaseOf('B talk')], 'reset');
  for (const { id } of subjects) await rig.reset(id);
  release(rig, subjects);
  await expectOneCall(subjects);
}, 300_000);

it('an engine that has forgotten a dial rings nobody again', async () => {
  const subjects = await bringTo(rig, [phaseOf('A request'), phaseOf('B request')], 'older Temporal');
  const putBack = await rig.keep('temporal');
  await Promise.all(subjects.map(holdAtTalk));
  await putBack();
  release(rig, subjects);
  await expectOneCall(subjects);
}, 300_000);

it('records that have forgotten a booking let its number ring no second time, whoever asks again', async () => {
  const number = freshNumber();
  const putBack = await rig.keep('records');
  rig.sandbox.scenario({ number, hold: 'talk' });
  const ask = () =>
    rig.client.send('POST', '/v1/bookings', bookingBody(number, ONLY_NATIVE), { 'idempotency-key': 'older records' });
  const { body } = await ask();
  await until(() => rig.sandbox.heldAt(number) === 'talk', 60_000, 'the talk');
  await putBack();
  const again = await ask();
  const other = { id: String(again.body.id ?? body.id), number };
  rig.sandbox.release(number);
  await until(async () => (await rig.client.booking(other.id)).outcome, 240_000, 'an outcome');
  expect(legsTo(number)).toHaveLength(1);
}, 300_000);

it('a booking that waits for its redial, and one in mid-talk, are not dialed by another account, nor confirmed by it', async () => {
  const [waits, talks] = [freshNumber(), freshNumber()];
  rig.sandbox.scenario({ number: waits, callee: 'busy' });
  rig.sandbox.scenario({ number: talks, hold: 'talk' });
  const other = await startSandbox({ publicUrl: () => rig.url, pace: PACE });
  let back = async (): Promise<void> => {};
  try {
    const talking = await rig.client.book(talks, ONLY_NATIVE);
    await until(() => rig.sandbox.heldAt(talks) === 'talk', 60_000, 'the talk');
    const native = { redial_delay_seconds: 5, max_attempts: 3, budget_seconds: 30 };
    const waiting = await rig.client.book(waits, { ...ONLY_NATIVE, native });
    await rig.client.until(waiting.id, ({ attempts }) => attempts[0]?.status === 'busy', 60_000);
    back = await rig.restartAs(other.env);
    // Its end is told to a product that takes it for a stranger's word.
    rig.sandbox.release(talks);
    const { outcome } = await rig.client.final(waiting.id, 240_000);
    expect(outcome).toMatchObject({
      result: 'error',
      simulated: false,
      notes: expect.stringContaining('were not available'),
    });
    expect((await rig.client.booking(talking.id)).outcome?.result).not.toBe('confirmed');
    await back();
    back = async () => {};
    expect((await rig.client.final(talking.id, 240_000)).outcome).toMatchObject({ simulated: false });
    for (const number of [waits, talks]) {
      expect(legsTo(number)).toHaveLength(1);
      expect(other.log(number).calls).toEqual([]);
    }
  } finally {
    await back();
    await other.close();
  }
}, 600_000);
