import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lookOver } from '../../activities/look.ts';
import type { BookingRuns } from '../../domain/booking-runs.ts';
import { iso } from '../../domain/iso.ts';
import type { RunStanding } from '../../domain/lost-run.ts';
import type { ClientMessage } from '../../domain/message.ts';
import type { Outcome } from '../../domain/result.ts';
import type { AttemptView } from '../../domain/view.ts';
import { BOOKING, order, PHONE } from '../providers/samples.ts';
import { attemptOf, viewOf } from '../records/samples.ts';
import { ACCOUNTS, alarmsIn, LINE, START, WHOLE_DAY, type World, world } from './world.ts';

/** An engine that has these open runs, each with what it was started with. */
class Engine implements BookingRuns {
  runs = new Map<string, unknown>();
  closed = new Map<string, Outcome | undefined>();
  reachable = true;
  listed = true;
  ringing = false;
  canceled: string[] = [];
  windows: string[] = [];
  told: ClientMessage[] = [];

  async check(): Promise<void> {
    if (!this.reachable) throw new Error('out of reach');
  }
  async *open() {
    if (!this.listed) throw new Error('no list');
    for (const workflowId of this.runs.keys()) yield { workflowId, runId: `run of ${workflowId}` };
  }
  async standing(id: string): Promise<RunStanding> {
    return this.runs.has(id) ? { is: 'open' } : { is: 'gone', outcome: this.closed.get(id) };
  }
  async inputOf({ workflowId }: { workflowId: string }) {
    return this.runs.get(workflowId);
  }
  async mayRing() {
    return this.ringing;
  }
  async requestCancel({ workflowId }: { workflowId: string }) {
    this.canceled.push(workflowId);
  }
  async tellWindow(id: string) {
    this.windows.push(id);
    return this.runs.has(id);
  }
  async tell(message: ClientMessage) {
    this.told.push(message);
  }
}

let here: World;
let engine: Engine;
let alarms: string[];

async function begin(...given: Parameters<typeof world>): Promise<void> {
  here = await world(...given);
  engine = new Engine();
  alarms = [];
}
beforeEach(() => begin());
afterEach(() => here.end());

const look = (starting = false) =>
  lookOver({ ...here.deps, runs: engine, alarms: alarmsIn(here.logged, alarms) }, { starting });
const stored = async () => (await here.deps.records.booking(BOOKING))!.view;

async function another(id: string, created_at = order().created_at): Promise<string> {
  await here.deps.records.acceptBooking({
    order: order({ id, created_at, business: { name: 'B', phone: '+541143215678' } }),
    owner: 'owner',
    accounts: ACCOUNTS,
    calling_window: WHOLE_DAY,
  });
  await here.deps.records.markStarted(id);
  return id;
}

const going = (attempt: Partial<AttemptView>, more = {}) =>
  here.deps.records.saveSnapshot({
    version: 3,
    view: viewOf(order(), { attempts: [attemptOf(BOOKING, 1, attempt)], ...more }),
    events: [],
  });

describe('a booking whose run is gone', () => {
  it('ends as needs_review, with an alarm, and can be erased', async () => {
    expect(await look()).toMatchObject({ open: 1, ended: 1 });
    expect(await stored()).toMatchObject({
      status: 'needs_review',
      outcome: { result: 'needs_review', simulated: false },
    });
    expect(alarms).toEqual(['run_lost']);
    const events = await here.deps.records.eventsAfter(BOOKING, 0, 10);
    expect(events.map(({ event }) => event.type)).toEqual(['status', 'final']);
    expect(await here.deps.records.beginErasure(BOOKING, { at: iso(START) })).toBe('begun');
    expect(await look()).toMatchObject({ open: 0, ended: 0 });
  });

  it('ends as canceled where that was asked for', async () => {
    await going({ status: 'no_answer', ended_at: iso(START) }, { cancel_requested: true });
    await look();
    expect(await stored()).toMatchObject({ status: 'canceled', outcome: { result: 'canceled', channel: 'native' } });
  });

  it('has the outcome that its run came to, when only that was never written', async () => {
    const said = {
      result: 'declined',
      channel: 'native',
      simulated: false,
      evidence: ['report_result'],
    } as never as Outcome;
    engine.closed.set(BOOKING, said);
    await look();
    expect(await stored()).toMatchObject({ status: 'completed', outcome: said });
    expect(alarms).toEqual([]);
  });

  it('tells its client, and leaves the calls whose end nobody saw unknown', async () => {
    await here.end();
    await begin({}, { callback_url: 'https://client.example.com/hook' });
    await going({ status: 'in_progress' });
    await look();
    expect((await stored()).attempts).toMatchObject([{ status: 'unknown', ended_at: null }]);
    expect(engine.told).toMatchObject([
      { id: `msg_${BOOKING}_final`, type: 'booking.final', data: { status: 'needs_review' } },
    ]);
    expect(await here.deps.records.messages(BOOKING)).toHaveLength(1);
  });

  it('keeps its line while a call of it may go on, and no longer', async () => {
    const { records } = here.deps;
    const take = (booking_id: string) =>
      records.takeLine({ line_id: LINE, booking_id, now: iso(START), until: iso(START + 900_000) });
    await take(BOOKING);
    await going({ status: 'ringing' });
    await look();
    const other = await another('bk_other001');
    expect(await take(other)).toMatchObject({ taken: false });

    await here.end();
    await begin();
    await here.deps.records.takeLine({
      line_id: LINE,
      booking_id: BOOKING,
      now: iso(START),
      until: iso(START + 900_000),
    });
    await going({ status: 'no_answer', ended_at: iso(START) });
    await look();
    const free = await another('bk_other002');
    expect(
      await here.deps.records.takeLine({ line_id: LINE, booking_id: free, now: iso(START), until: iso(START + 1) }),
    ).toMatchObject({ taken: true });
  });

  it('is left alone while the engine cannot be asked, or has its run, or it was accepted a moment ago', async () => {
    engine.reachable = false;
    await expect(look()).rejects.toThrow('out of reach');
    engine.reachable = true;
    engine.runs.set(BOOKING, undefined);
    await another('bk_fresh001', iso(START - 3_000));
    for (const listed of [true, false]) {
      engine.listed = listed;
      expect(await look()).toMatchObject({ open: 1, ended: 0 });
    }
    expect(alarms).toEqual([]);
  });

  it('does not wait for another of which the engine does not say how it stands', async () => {
    await another('bk_silent01');
    const standing = engine.standing.bind(engine);
    engine.standing = async (id) => {
      if (id === 'bk_silent01') throw new Error('no answer');
      return standing(id);
    };
    await expect(look()).rejects.toThrow('no answer');
    expect((await stored()).status).toBe('needs_review');
    expect(alarms).toEqual(['run_lost']);
  });

  it('is one of many that this engine knows none of: told loudly', async () => {
    await another('bk_other003');
    expect(await look(true)).toMatchObject({ ended: 2 });
    expect(alarms).toEqual(['other_engine', 'run_lost', 'run_lost']);
  });
});

describe('a run without a booking', () => {
  const stray = { order: { business: { phone: PHONE }, escalation: order().escalation } };
  const lineIsFree = async () => {
    const line = { line_id: LINE, booking_id: BOOKING, now: iso(START), until: iso(START + 1) };
    return (await here.deps.records.takeLine(line)).taken;
  };

  beforeEach(() => void engine.runs.set(BOOKING, undefined));

  it('is told, and holds its number while it may have a call', async () => {
    engine.runs.set('bk_stray001', stray);
    expect(await look(true)).toMatchObject({ strays: 1, ended: 0 });
    expect(alarms).toEqual(['run_without_booking']);
    expect(await lineIsFree()).toBe(false);
    expect(engine.canceled).toEqual([]);
  });

  it('without a call it is asked for its end', async () => {
    engine.runs.set('bk_stray001', stray).set('anything', stray);
    expect(await look()).toMatchObject({ strays: 2 });
    expect(engine.canceled.toSorted()).toEqual(['anything', 'bk_stray001']);
    expect(await lineIsFree()).toBe(true);
  });

  it('of which nothing can be read stops nothing', async () => {
    engine.runs.set('bk_stray001', 'nonsense').set('bk_stray002', { order: { business: { phone: 7 } } });
    expect(await look(true)).toMatchObject({ strays: 2 });
  });

  it('is none while its booking is being erased', async () => {
    await here.deps.records.acceptBooking({ order: order({ id: 'bk_gone0001' }), owner: 'owner' });
    await here.deps.records.beginErasure('bk_gone0001', { at: iso(START), unstarted: true });
    await here.deps.records.forgetBooking('bk_gone0001');
    engine.runs.set('bk_gone0001', stray);
    expect(await look()).toMatchObject({ strays: 0 });
  });
});

describe('calling hours that have changed', () => {
  it('are told once to bookings that know others, and to nobody else', async () => {
    engine.runs.set(BOOKING, undefined).set(await another('bk_other004'), undefined);
    expect(await look()).toMatchObject({ told: 1 });
    expect(engine.windows).toEqual([BOOKING]);
    expect(await look()).toMatchObject({ told: 0 });
    here.deps.callingWindow = { from: 540, to: 1200 };
    expect(await look()).toMatchObject({ told: 2 });
    here.deps.callingWindow = { from: 540, to: 1200, week: [[{ from: 540, to: 1200 }], [], [], [], [], [], []] };
    expect(await look()).toMatchObject({ told: 2 });
    // The other booking is for a number without holidays.
    here.deps.holidays = (phone) => (phone === PHONE ? ['2026-12-25'] : []);
    expect(await look()).toMatchObject({ told: 1 });
    expect(await look()).toMatchObject({ told: 0 });
  });
});

describe('a booking that is open long after its budgets', () => {
  it('is told: its run is stuck', async () => {
    engine.runs.set(await another('bk_stuck001', '2026-11-19T12:00:00.000Z'), undefined).set(BOOKING, undefined);
    await look();
    expect(alarms).toEqual(['booking_overdue']);
  });
});

it('open bookings are counted by whose they are', async () => {
  await another('bk_other005');
  await here.deps.records.acceptBooking({ order: order({ id: 'bk_sandbox1' }), owner: 'o', simulated: true });
  expect(await here.deps.records.openByAccounts()).toEqual(
    expect.arrayContaining([
      { accounts: ACCOUNTS, sandbox: false, count: 2 },
      { accounts: undefined, sandbox: true, count: 1 },
    ]),
  );
});
