import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordActivities } from '../../activities/records.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { callIdOf } from '../../domain/ids.ts';
import { ALARM_AGAIN_MS } from '../../domain/rejected-share.ts';
import type { BookingSnapshot } from '../../domain/view.ts';
import { accepted, callStatus, orderOf, viewOf } from '../records/samples.ts';
import { ACCOUNTS, alarmsIn, type World, world } from './world.ts';

let here: World;
let raised: string[];

beforeEach(async () => {
  raised = [];
  here = await world();
  here.deps.alarms = alarmsIn(here.logged, raised);
});
afterEach(() => here.end());

/** One more booking that dials from our number, and the write that its workflow makes when the call has ended so. */
async function ended(sip_code: number): Promise<BookingSnapshot> {
  const order = await accepted(here.deps.records, orderOf());
  const call_id = callIdOf(order.id, 1);
  const dial = { call_id, run_id: 'r', channel: 'native' as const, caller: ACCOUNTS.caller, at: order.created_at };
  await here.deps.records.claimDial({ ...dial, known: [1], phone_hashes: ['h'] });
  const evidence = { ...callStatus(order.id, 'end'), status: 'failed', sip_code } as Evidence;
  const events = [{ type: 'evidence' as const, at: evidence.at, evidence }];
  return { version: 1, view: viewOf(order), events };
}
const write = async (sip: number): Promise<void> => recordActivities(here.deps).saveSnapshot(await ended(sip));

describe('a number of ours that is being blocked', () => {
  it('is an alarm once a day, with its number masked', async () => {
    for (let n = 0; n < 8; n++) await write(486);
    await write(603);
    expect(raised).toEqual([]);
    await write(608);
    await write(607);
    expect(raised).toEqual(['calls_rejected']);
    const line = here.logged.find(({ level }) => level === 'error')!;
    expect(line.message).toBe('ALARM calls_rejected: 2 of the last 10 calls from +15…06 were declined or blocked');
    expect(JSON.stringify(here.logged)).not.toContain(ACCOUNTS.caller);
    await here.deps.clock!.sleep(ALARM_AGAIN_MS);
    await write(603);
    expect(raised).toEqual(['calls_rejected', 'calls_rejected']);
  });

  it('is one also when another worker wrote the calls, or this one writes them again', async () => {
    for (let n = 0; n < 8; n++) await write(486);
    for (let n = 0; n < 2; n++) {
      const snapshot = await ended(603);
      await recordActivities({ ...here.deps, alarms: alarmsIn([]) }).saveSnapshot({ ...snapshot, events: [] });
      const { evidence } = snapshot.events[0] as { evidence: Evidence };
      await here.deps.records.addEvidence(evidence);
      await recordActivities(here.deps).saveSnapshot(snapshot);
      await recordActivities(here.deps).saveSnapshot(snapshot);
    }
    expect(raised).toEqual(['calls_rejected']);
  });

  it('never keeps a booking from being written', async () => {
    const snapshot = await ended(603);
    const records = Object.create(here.deps.records) as typeof here.deps.records;
    records.callsBeside = async () => {
      throw new Error('the database fails here');
    };
    await recordActivities({ ...here.deps, records }).saveSnapshot(snapshot);
    expect((await here.deps.records.booking(snapshot.view.id))?.view.status).toBe('in_progress');
    expect(here.logged.map(({ message }) => message)).toContain('could not count the rejected calls of a number');
  });
});
