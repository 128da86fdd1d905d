import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lookAtShortlists } from '../../activities/look-shortlists.ts';
import type { ShortlistRuns, ShortlistStanding } from '../../delivery/resume-shortlist.ts';
import type { CarriedShortlist } from '../../domain/shortlist/carried.ts';
import type { ShortlistEnd } from '../../domain/shortlist/decide.ts';
import { shortlistEnd, shortlistOf } from '../records/shortlist-samples.ts';
import { ACCOUNTS, alarmsIn, START, type World, world } from './world.ts';

let here: World;
let alarms: string[];
let resumed: CarriedShortlist[];
let standing: ShortlistStanding;

const order = shortlistOf('sl_lost', { created_at: new Date(START - 60_000).toISOString() });
const runs: ShortlistRuns = {
  standing: async () => standing,
  resume: async (_, carried) => void resumed.push(carried),
};
const look = (fresh_ms = 5_000) =>
  lookAtShortlists({ ...here.deps, alarms: alarmsIn(here.logged, alarms) }, runs, { fresh_ms });
const stored = async () => (await here.deps.records.shortlist(order.id))!;

beforeEach(async () => {
  here = await world();
  alarms = [];
  resumed = [];
  standing = { is: 'gone' };
  await here.deps.records.acceptShortlist({ order, owner: 'o', accounts: ACCOUNTS });
  await here.deps.records.markShortlistStarted(order.id);
});
afterEach(() => here.end());

describe('a shortlist whose run is gone', () => {
  it('gets another one, which knows of the cancel, with an alarm', async () => {
    await here.deps.records.cancelShortlist(order.id, new Date(START).toISOString());
    expect(await look()).toBe(1);
    expect(resumed).toMatchObject([{ state: { cancel_requested: true }, version: 0 }]);
    expect(alarms).toEqual(['run_lost']);
  });

  it('may be on its way to Temporal for a moment, but not where a process starts', async () => {
    const fresh = shortlistOf('sl_fresh', { created_at: new Date(START - 1_000).toISOString() });
    await here.deps.records.acceptShortlist({ order: fresh, owner: 'o', accounts: ACCOUNTS });
    await here.deps.records.markShortlistStarted(fresh.id);
    expect(await look()).toBe(1);
    expect(await look(0)).toBe(2);
  });

  it('is left alone while it has a run, or the engine does not answer', async () => {
    standing = { is: 'open' };
    expect(await look()).toBe(0);
    const silent = async () => Promise.reject(new Error('out of reach'));
    await expect(lookAtShortlists(here.deps, { ...runs, standing: silent }, { fresh_ms: 0 })).rejects.toThrow(
      'out of reach',
    );
    expect(resumed).toEqual([]);
  });

  it('has the end that its run came to, when only that was never written: nobody is called again', async () => {
    const end: ShortlistEnd = {
      ...{ result: 'confirmed', candidate: 1, booking_id: 'bk_x', simulated: false, reviewed: false },
      ...{ confirmed_date: '2026-12-01', confirmed_time: '16:00' },
    };
    standing = { is: 'gone', end };
    expect(await look()).toBe(1);
    expect(resumed).toEqual([]);
    expect(alarms).toEqual([]);
    expect((await stored()).progress).toMatchObject({ status: 'completed', outcome: { booking_id: 'bk_x' } });
    const events = await here.deps.records.shortlistEventsAfter(order.id, 0, 9);
    expect(events.map(({ event }) => event.type)).toEqual(['status', 'final']);
  });

  it('with an outcome gets one that only tells its client, for a day', async () => {
    const end = shortlistEnd(order, 'bk_x');
    const at = new Date(START - 3_600_000).toISOString();
    await here.deps.records.saveShortlist({ ...end, progress: { ...end.progress, updated_at: at } });
    expect(await look()).toBe(1);
    expect(resumed).toMatchObject([{ end: { result: 'confirmed', candidate: 1 } }]);
    await here.clock.sleep(86_400_000);
    expect(await look()).toBe(0);
  });
});
