import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { audit } from '../../activities/audit.ts';
import { dialBehind } from '../../activities/audit-calls.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import type { Result } from '../../domain/result.ts';
import { endingOf } from '../../domain/shortlist/ending.ts';
import type { AttemptView } from '../../domain/view.ts';
import type { DialTo } from '../../records/ports/look.ts';
import { BOOKING, CALL, CALL_SID, order, PHONE } from '../providers/samples.ts';
import { attemptOf, viewOf } from '../records/samples.ts';
import {
  ACCOUNTS,
  alarmsIn,
  call,
  conversation,
  down,
  elevenlabs,
  environment,
  START,
  twilio,
  type World,
  world,
} from './world.ts';

const FIRST_MS = 300_000;
const DAY_MS = 86_400_000;

let here: World;
let alarms: string[];
const hungUp: string[] = [];

beforeEach(async () => {
  hungUp.length = 0;
  alarms = [];
  here = await world();
  here.deps.alarms = alarmsIn(here.logged, alarms);
});
afterEach(() => here.end());

/** The booking has ended; its dial is on record. */
async function final(result: Result, attempt: Partial<AttemptView>, evidence: Evidence[] = []): Promise<void> {
  const { records } = here.deps;
  await dialed(CALL);
  const view = viewOf(order(), {
    attempts: [attemptOf(BOOKING, 1, attempt)],
    status: 'failed',
    outcome: {
      result,
      channel: 'native',
      simulated: false,
      confirmed_date: null,
      confirmed_time: null,
      notes: null,
      evidence: [],
      proof: null,
      offers: [],
      callback_at: null,
    },
    updated_at: iso(START),
  });
  const events = evidence.map((item) => ({
    key: item.id,
    event: { type: 'evidence' as const, at: iso(START), evidence: item },
  }));
  await records.saveSnapshot({ version: 5, view, events });
}

const dialed = (call_id: string, at = START - 60_000) =>
  here.deps.records.claimDial({
    call_id,
    run_id: 'r',
    channel: 'native',
    caller: ACCOUNTS.caller,
    at: iso(at),
    known: [1],
    phone_hashes: ['none'],
  });

function lists(calls: Parameters<typeof call>[0][], conversations: Parameters<typeof conversation>[0][] = []): void {
  here.deps.twilio = twilio({
    callsTo: async () => calls.map((one) => call({ created_at: iso(START - 59_000), ...one })),
    hangUp: async (sid) => {
      hungUp.push(sid);
      return { done: 'ended' };
    },
  });
  const found = conversations.map(conversation);
  here.deps.elevenlabs = elevenlabs({
    conversationIdsOf: async () => found.map(({ conversation_id }) => conversation_id),
    conversation: async (id) => found.find(({ conversation_id }) => conversation_id === id),
  });
}

const pass = (ms: number) => here.clock.sleep(ms);
const auditDue = () => environment().run(() => audit(here.deps).auditDue({ first_ms: FIRST_MS }));
const nothingDue = expect.objectContaining({ type: 'NothingDue' });
const shown = async () => (await here.deps.records.booking(BOOKING))!.view.contradictions;

describe('the audit after an outcome', () => {
  it('comes some minutes after it, once more a day later, and then no more', async () => {
    await final('unreachable', { status: 'no_answer', call_sid: CALL_SID, ended_at: iso(START) });
    lists([{ status: 'no-answer' }]);
    await expect(auditDue()).rejects.toMatchObject({ type: 'NothingDue', nextRetryDelay: 60_000 });
    await pass(FIRST_MS - 5_000);
    await expect(auditDue()).rejects.toMatchObject({ type: 'NothingDue', nextRetryDelay: 5_000 });
    await pass(5_000);
    await auditDue();
    await expect(auditDue()).rejects.toEqual(nothingDue);
    await pass(DAY_MS);
    await auditDue();
    await pass(DAY_MS);
    await expect(auditDue()).rejects.toEqual(nothingDue);
    expect(alarms).toEqual([]);
    expect(await shown()).toBeUndefined();
  });

  it('tells the shortlist of a contradicted booking, once, and the booking may then be an appointment', async () => {
    const told: string[][] = [];
    await here.end();
    here = await world({}, { shortlist: { id: 'sl_asked', candidate: 1 } });
    here.deps.alarms = alarmsIn(here.logged, alarms);
    here.deps.childEnded = async (...ids) => void told.push(ids);
    await final('unreachable', { status: 'no_answer', call_sid: CALL_SID, ended_at: iso(START) });
    lists([{ status: 'completed', ended_at: iso(START) }]);
    await pass(FIRST_MS);
    await auditDue();
    await pass(DAY_MS);
    await auditDue();
    expect(alarms).toEqual(['outcome_contradicted']);
    expect(told).toEqual([['sl_asked', BOOKING]]);
    const { view } = (await here.deps.records.booking(BOOKING))!;
    expect(endingOf(view)).toMatchObject({ result: 'needs_review' });
  });

  it('finds a call that nobody knew of: alarm once, evidence, shown, and known to an erasure', async () => {
    await final('error', { status: 'failed', error: { code: 'reset', message: '' } });
    lists([{ status: 'no-answer' }]);
    await pass(FIRST_MS);
    await auditDue();
    expect(alarms).toEqual(['outcome_contradicted']);
    expect(await shown()).toEqual([
      { kind: 'unknown_call', call_id: CALL, call_sid: CALL_SID, at: iso(START + FIRST_MS) },
    ]);
    expect(await here.deps.records.evidence(BOOKING)).toMatchObject([
      { call_id: CALL, status: 'no-answer', source: 'poll' },
    ]);
    expect(await here.deps.records.findAttempt({ call_sid: CALL_SID })).toBe(CALL);
    await pass(DAY_MS);
    await auditDue();
    expect(alarms).toHaveLength(1);
  });

  it('hangs up a call that outlived its booking, and looks again soon', async () => {
    await final('canceled', { status: 'canceled', call_sid: CALL_SID, ended_at: iso(START) });
    lists([{ status: 'in-progress' }]);
    await pass(FIRST_MS);
    await auditDue();
    expect(hungUp).toEqual([CALL_SID]);
    expect(alarms).toEqual(['outcome_contradicted']);
    lists([{ status: 'completed' }]);
    await expect(auditDue()).rejects.toMatchObject({ nextRetryDelay: 60_000 });
    await pass(60_000);
    await auditDue();
    expect(hungUp).toHaveLength(1);
    expect(alarms).toHaveLength(1);
  });

  it('finds a result that came to nothing: in a list, or in a report that came too late', async () => {
    await final('needs_review', { status: 'completed', call_sid: CALL_SID, ended_at: iso(START) });
    lists([{ status: 'completed' }], [{}]);
    await pass(FIRST_MS);
    await auditDue();
    expect(await shown()).toMatchObject([{ kind: 'result_unheard', call_id: CALL, conversation_id: 'conv_1' }]);
    expect(await here.deps.records.turnsOf(CALL)).toHaveLength(2);

    await here.end();
    here = await world();
    here.deps.alarms = alarmsIn(here.logged, alarms);
    await final('needs_review', { status: 'completed', call_sid: CALL_SID, ended_at: iso(START) });
    const late: Evidence = {
      kind: 'report',
      source: 'tool',
      id: 'late',
      call_id: CALL,
      at: iso(START + 10_000),
      report: { result: 'declined' },
    };
    await here.deps.records.addEvidence(late);
    lists([{ status: 'completed' }]);
    await pass(FIRST_MS);
    await auditDue();
    expect(await shown()).toMatchObject([{ kind: 'result_unheard', call_id: CALL }]);
  });

  it('finds nothing in a result that the booking took in', async () => {
    const heard: Evidence = {
      kind: 'report',
      source: 'tool',
      id: 'heard',
      call_id: CALL,
      at: iso(START),
      report: { result: 'declined' },
    };
    await final('needs_review', { status: 'completed', call_sid: CALL_SID, ended_at: iso(START) }, [heard]);
    lists([{ status: 'completed' }], [{}]);
    await pass(FIRST_MS);
    await auditDue();
    expect(await shown()).toBeUndefined();
  });

  it('is made later when a provider cannot be asked, and never lost', async () => {
    await final('unreachable', { status: 'no_answer', call_sid: CALL_SID, ended_at: iso(START) });
    lists([]);
    here.deps.twilio = twilio({ callsTo: down });
    await pass(FIRST_MS);
    await auditDue();
    await expect(auditDue()).rejects.toMatchObject({ nextRetryDelay: 60_000 });
    lists([{ status: 'completed' }]);
    await pass(60_000);
    await auditDue();
    expect(await shown()).toMatchObject([{ kind: 'answered' }]);
  });

  it('asks nobody about bookings of other accounts, but waits for those', async () => {
    await final('unreachable', { status: 'no_answer', call_sid: CALL_SID, ended_at: iso(START) });
    here.deps.accounts = { ...ACCOUNTS, twilio: 'AC_other' };
    await pass(FIRST_MS);
    await auditDue();
    await expect(auditDue()).rejects.toEqual(nothingDue);
    here.deps.accounts = ACCOUNTS;
    lists([{ status: 'completed' }]);
    await pass(3_600_000);
    await auditDue();
    expect(await shown()).toHaveLength(1);
  });

  it('leaves calls of other bookings alone, also those that are just being dialed', async () => {
    await final('error', { status: 'failed', error: { code: 'reset', message: '' } });
    const other = 'bk_other001';
    await here.deps.records.acceptBooking({
      order: order({ id: other }),
      owner: 'owner',
      phone_hash: `hash-of-${PHONE}`,
      accounts: ACCOUNTS,
    });
    await dialed(`${other}.1`, START + FIRST_MS - 1_000);
    lists([{ call_sid: 'CA_other', status: 'ringing', created_at: iso(START + FIRST_MS - 1_500) }]);
    await pass(FIRST_MS);
    await auditDue();
    expect(hungUp).toEqual([]);
    expect(await shown()).toBeUndefined();
  });

  it('leaves out what was erased, and what never dialed', async () => {
    await final('unreachable', { status: 'no_answer', call_sid: CALL_SID, ended_at: iso(START) });
    await here.deps.records.beginErasure(BOOKING, { at: iso(START) });
    await pass(FIRST_MS);
    await expect(auditDue()).rejects.toEqual(nothingDue);
  });
});

describe('whose call it is that nobody knows', () => {
  const dial = (booking_id: string, seconds: number, named = false): DialTo => ({
    booking_id,
    call_id: `${booking_id}.1`,
    channel: 'bridge',
    at: iso(START + seconds * 1000),
    caller: undefined,
    named,
  });
  const began = call({ created_at: iso(START) });

  it.each([
    ['the last dial before it', [dial('a', -60), dial('b', -30)], 'b'],
    ['a dial without a call, before one that has its own', [dial('a', -60), dial('b', -30, true)], 'a'],
    ['a dial that our clock has a little later', [dial('a', -60, true), dial('b', 10)], 'b'],
    ['one that has a call already, where all have', [dial('a', -60, true), dial('b', 90)], 'a'],
    ['nobody’s, long after every dial', [dial('a', -3_600)], undefined],
    ['nobody’s, before every dial', [dial('a', 90)], undefined],
  ])('is of %s', (_, dials, whose) => {
    expect(dialBehind(began, dials)?.booking_id).toBe(whose);
  });
});
