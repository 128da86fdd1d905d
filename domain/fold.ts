import { nextNumber, putOff, reasonOf, withoutOld } from './admission.ts';
import { openTimeBetween } from './calling-window.ts';
import { type Channel, isPhoneChannel, PHONE_CHANNELS, type PhoneChannel } from './channels.ts';
import type { DialOnRecord, DialResult, Evidence, Problem } from './evidence.ts';
import type { Fact } from './fact.ts';
import { foldEvidence, foldEvidenceOfCall } from './fold-evidence.ts';
import { HELD } from './held.ts';
import { callIdOf, parseCallId } from './ids.ts';
import { jitter } from './jitter.ts';
import { callsOf, giveUpAt, isPhone, mayBeAlive } from './leg.ts';
import { neverTold, unknownTo } from './recall.ts';
import { calledBy } from './ring-back.ts';
import {
  type Attempt,
  type Barred,
  type BookingState,
  type Call,
  channelOf,
  type NoRing,
  type PutOff,
  windowOf,
} from './state.ts';

/**
 * A booking that waits for its number is signaled when it gets the line. It looks by itself only in case that signal was lost: after at
 * most five minutes, then twice as long each time up to half an hour, with a spread.
 */
const LINE_LOOK_MS = 300_000;
const LINE_LOOK_MAX_MS = 1_800_000;

const newCall = (
  { input }: BookingState,
  { n, channel, dialed_at }: Pick<Call, 'n' | 'channel' | 'dialed_at'>,
): Call => ({
  n,
  call_id: callIdOf(input.order.id, n),
  channel,
  dialed_at,
  leg: 'dialing',
  rang: false,
  machine: false,
  reports: [],
  stream_started: false,
  sessions: [],
  agent_failed: false,
  heard_at: dialed_at,
});

const withAttempt = (state: BookingState, n: number, change: (attempt: Attempt) => Attempt): BookingState => ({
  ...state,
  attempts: state.attempts.map((attempt) => (attempt.n === n ? change(attempt) : attempt)),
});

const withCall = (state: BookingState, n: number, change: (call: Call) => Call): BookingState =>
  withAttempt(state, n, (attempt) => (isPhone(attempt) ? change(attempt) : attempt));

/** Adds a call that the workflow did not know, or that it took for one that never left. */
const withFoundCall = (state: BookingState, found: Call): BookingState => ({
  ...state,
  attempts: [...state.attempts.filter(({ n }) => n !== found.n), found].sort((a, b) => a.n - b.n),
  put_off: state.put_off.filter(({ n }) => n !== found.n),
});

const noRing = (call: Call, why: NoRing, problem?: Problem): Call => ({ ...call, leg: 'none', no_ring: why, problem });

type Ids = { [Id in 'call_sid' | 'conversation_id']?: string | undefined };

const withIds = (call: Call, { call_sid, conversation_id }: Ids): Call => ({
  ...call,
  call_sid: call.call_sid ?? call_sid,
  conversation_id: call.conversation_id ?? conversation_id,
});

function foldDialResult(before: Call, result: DialResult, now: number): Call {
  const call: Call = { ...before, heard_at: now, sent_at: before.sent_at ?? now };
  // A webhook, a report or the stream may have arrived before the dial's answer: their proof stays.
  const overtaken = call.leg !== 'dialing';
  if (result.proves === 'accepted') {
    return { ...withIds(call, result), leg: overtaken && call.leg !== 'unknown' ? call.leg : 'live' };
  }
  if (overtaken) return result.proves === 'unknown' ? withIds(call, result) : call;
  switch (result.proves) {
    case 'unknown':
      return { ...withIds(call, result), leg: 'unknown', problem: result.problem };
    case 'number_refused':
    case 'channel_refused':
      return noRing(call, result.proves, result.problem);
    case 'not_sent':
      return noRing(call, 'transient', result.problem);
    case 'deferred':
    case 'skipped':
      return call;
  }
}

const BARS: Partial<Record<string, Barred>> = { not_on_record: 'not_on_record', number_barred: 'number_barred' };

/**
 * Applies evidence of a dial that was put off. If its request left, it is a lost call. If it never left, the evidence may be of another
 * run's call with that number: without proof it stays with our records, which the booking reads before it dials again or ends.
 */
function revive(state: BookingState, dial: PutOff, evidence: Evidence, now: number): BookingState {
  const before: Call = { ...newCall(state, dial), leg: dial.left ? 'unknown' : 'none', sent_at: dial.put_off_at };
  const call = foldEvidenceOfCall(before, evidence, now);
  return call.leg === 'none' ? { ...state } : withFoundCall(state, call);
}

/** Applies the finding of our check that stopped a dial. */
function foldSkip(state: BookingState, call: Call, result: DialResult & { proves: 'skipped' }): BookingState {
  const { calling_window = state.calling_window, reason } = result;
  const next = { ...state, calling_window, barred: state.barred ?? BARS[reason] };
  if (call.leg !== 'dialing') return next;
  if (reason === 'too_late') return closeChannel(next, call.channel, 'budget');
  if (reason === 'line_lost') return { ...next, line: { held: false, tries: 0 } };
  return reason === 'do_not_call' ? { ...next, forbidden: true } : next;
}

/** The booking takes the line anew and waits there while dialing is held: its budgets stand still. */
const whileHeld = (state: BookingState, result: DialResult): BookingState =>
  result.proves === 'deferred' && result.problem.code === HELD ? { ...state, line: { held: false, tries: 0 } } : state;

/** There is evidence of the call, but none that proves it. */
const isHeardOf = ({ reports, agent_failed, conversation_over_at }: Call): boolean =>
  reports.length > 0 || agent_failed || conversation_over_at !== undefined;

/** Applies the end of a dial. */
function endDial(state: BookingState, n: number, result: DialResult, now: number): BookingState {
  const call = callsOf(state).find((one) => one.n === n);
  if (!call) return state;
  const dialing = call.leg === 'dialing';
  const next = result.proves === 'skipped' ? foldSkip(state, call, result) : dialing ? whileHeld(state, result) : state;
  if (dialing && (result.proves === 'skipped' || result.proves === 'deferred')) {
    const reason = reasonOf(result);
    // Its request left: that it was not processed cannot be.
    if (reason.left && isHeardOf(call)) return withCall(next, n, (one) => ({ ...one, leg: 'unknown', sent_at: now }));
    return putOff(next, call, reason, now);
  }
  const refused = dialing && result.proves === 'channel_refused';
  return withCall(refused ? closeChannel(next, call.channel, 'refused') : next, n, (one) =>
    foldDialResult(one, result, now),
  );
}

/**
 * The database has dials of this booking that the workflow does not know: its run was reset, or Temporal's database is older. Each of them
 * is reconciled, and no further dial leaves. `n`: the dial that found them; nothing of it was sent.
 */
function adoptDials(
  state: BookingState,
  n: number | undefined,
  dialed: readonly DialOnRecord[],
  now: number,
): BookingState {
  const own = callsOf(state).find((call) => call.n === n && call.leg === 'dialing');
  const found = dialed.reduce((next, dial) => {
    const number = parseCallId(dial.call_id)?.n;
    const known = next.attempts.find((attempt) => attempt.n === number);
    if (number === undefined || (known && known !== own)) return next;
    const dialed_at = Date.parse(dial.at);
    const call = own && known ? own : newCall(next, { n: number, channel: dial.channel, dialed_at });
    const { channel, caller } = dial;
    const lost: Call = { ...withIds(call, dial), channel, caller, leg: 'unknown', heard_at: now };
    return withFoundCall(next, { ...lost, dialed_at, sent_at: dialed_at });
  }, state);
  const unsent = own && found.attempts.includes(own);
  const kept = unsent ? putOff(found, own, { why: 'stores_disagree', waits_for: 'calling_hours' }, now) : found;
  return { ...kept, barred: 'stores_disagree' };
}

function closeChannel(state: BookingState, channel: PhoneChannel, why: 'refused' | 'budget'): BookingState {
  const before = channelOf(state, channel);
  return { ...state, channels: { ...state.channels, [channel]: { ...before, closed: before.closed ?? why } } };
}

/** Counts a wait for the line that ends now: while it lasted, the budgets of the started channels stood still. */
function endLineWait(state: BookingState, now: number): BookingState {
  const since = state.line.waiting_since;
  if (since === undefined) return state;
  const waited = openTimeBetween(windowOf(state), state.input.order.zones, since, now);
  const channels = { ...state.channels };
  for (const channel of PHONE_CHANNELS) {
    const before = channelOf(state, channel);
    if (before.started_at !== undefined) channels[channel] = { ...before, paused_ms: before.paused_ms + waited };
  }
  return { ...state, channels };
}

function startDial(state: BookingState, channel: Channel, now: number): BookingState {
  const n = nextNumber(state);
  const put_off = withoutOld(state.put_off);
  if (!isPhoneChannel(channel)) {
    const begun = { n, call_id: callIdOf(state.input.order.id, n), dialed_at: now, heard_at: now, reports: [] };
    return { ...state, put_off, attempts: [...state.attempts, { ...begun, channel, simulation: 'running' }] };
  }
  const before = channelOf(state, channel);
  return {
    ...state,
    put_off,
    attempts: [...state.attempts, newCall(state, { n, channel, dialed_at: now })],
    recalled: undefined,
    channels: { ...state.channels, [channel]: { ...before, started_at: before.started_at ?? now } },
  };
}

/** The business calls us. The line was taken for its call when this booking got it. */
const ringBack = (state: BookingState, call: Call, now: number): BookingState => ({
  ...endLineWait(state, now),
  line: { held: true, tries: 0 },
  attempts: [...state.attempts, call],
});

/** The provider's cap and one minute have passed without proof of the leg's end. */
const isLost = (state: BookingState, call: Call, now: number): boolean =>
  call.leg === 'live' && now >= giveUpAt(state, call);

function apply(state: BookingState, fact: Fact, now: number): BookingState {
  switch (fact.type) {
    case 'evidence': {
      const named = parseCallId(fact.evidence.call_id);
      if (named?.bookingId !== state.input.order.id) return state;
      const { n } = named;
      const dial = state.put_off.find((one) => one.n === n);
      if (dial) return revive(state, dial, fact.evidence, now);
      const begun = state.attempts.some((one) => one.n === n) ? undefined : calledBy(fact.evidence, now);
      if (begun) return withAttempt(ringBack(state, begun, now), n, (one) => foldEvidence(one, fact.evidence, now));
      return withAttempt(state, n, (attempt) => foldEvidence(attempt, fact.evidence, now));
    }
    case 'dial_started':
      return startDial(state, fact.channel, now);
    case 'dial_ended': {
      const { n, result } = fact;
      if (result.proves === 'unknown' && result.dialed) return adoptDials(state, n, result.dialed, now);
      const ended = endDial(state, n, result, now);
      const inbound = (result.proves === 'skipped' && result.inbound) || [];
      return inbound.reduce((next, evidence) => apply(next, { type: 'evidence', evidence }, now), ended);
    }
    case 'recalled': {
      const unknown = unknownTo(state, fact.dials);
      const found = unknown.length > 0 ? adoptDials(state, undefined, unknown, now) : state;
      const told = neverTold(state, found, fact.evidence);
      const next = told.reduce((each, evidence) => apply(each, { type: 'evidence', evidence }, now), found);
      // The booking goes on with a call that this brought to light: before its end the database may have more.
      const known = callsOf(state).filter(mayBeAlive);
      const isNew = ({ n }: Call): boolean => known.every((call) => call.n !== n);
      return { ...next, recalled: callsOf(next).filter(mayBeAlive).some(isNew) ? undefined : true };
    }
    case 'reconciled': {
      const { result } = fact;
      const evidence = result.verdict === 'found' ? (result.evidence ?? []) : [];
      const found = withCall(state, fact.n, (attempt) => {
        if (attempt.leg !== 'unknown') return attempt;
        if (result.verdict === 'absent') return { ...noRing(attempt, 'transient', attempt.problem), heard_at: now };
        if (result.verdict === 'unreachable') {
          return { ...attempt, leg: 'over', ended_at: now, unreachable_provider: true, problem: result.problem };
        }
        // Another run dialed it long ago, and it still exists: it is reconciled, or hung up, before it counts as over.
        const sent_at = now >= giveUpAt(state, attempt) ? now : attempt.sent_at;
        return { ...withIds(attempt, result), leg: 'live', sent_at, heard_at: now, problem: undefined };
      });
      return evidence.reduce((next, item) => apply(next, { type: 'evidence', evidence: item }, now), found);
    }
    case 'watch_failed':
      return withCall(state, fact.n, (attempt) => ({ ...attempt, heard_at: now, asked_at: now }));
    case 'asked_once_more':
      return withCall(state, fact.n, (attempt) => ({ ...attempt, asked_once_more_at: now }));
    case 'records_away':
      return state.records.away_since === undefined ? { ...state, records: { away_since: now } } : state;
    case 'records_back':
      return state.records.away_since === undefined ? state : { ...state, records: { back_at: now } };
    case 'hang_up_started':
      return withCall(state, fact.n, (attempt) => ({
        ...attempt,
        hang_up: {
          why: fact.why,
          mode: fact.mode,
          asked_at: now,
          pending: true,
          tries: (attempt.hang_up?.tries ?? 0) + 1,
        },
      }));
    case 'hang_up_ended':
      // The answer is no proof; the leg's own evidence is. The number that ElevenLabs calls from may belong to another Twilio account,
      // which has the call and sends us nothing.
      return withCall(state, fact.n, (attempt) => ({
        ...attempt,
        hang_up: attempt.hang_up && { ...attempt.hang_up, pending: false },
      }));
    case 'line_taken':
      return { ...endLineWait(state, now), line: { held: true, tries: 0, of_key: fact.of_key } };
    case 'line_busy': {
      if (fact.over) return { ...state, barred: state.barred ?? 'not_on_record' };
      const { line } = state;
      const most = Math.min(LINE_LOOK_MS * 2 ** line.tries, LINE_LOOK_MAX_MS);
      const wait = Math.round(most * jitter(`${state.input.order.id} ${line.tries}`));
      const waiting_since = line.waiting_since ?? now;
      const waits = { held: false, tries: line.tries + 1, waiting_since, retry_at: now + wait };
      switch (fact.waits_for) {
        case 'place':
          return { ...state, line: { ...waits, for_place: true } };
        case 'dialing':
          return { ...state, line: { ...waits, for_dialing: true } };
        default:
          return { ...state, line: waits };
      }
    }
    case 'line_released':
      return { ...state, line: { held: false, tries: 0 } };
    case 'simulated':
      return withAttempt(state, fact.n, (attempt) => {
        const { result } = fact;
        if (isPhone(attempt)) return attempt;
        if (!result.ok) return { ...attempt, simulation: 'failed', ended_at: now, problem: result.problem };
        return {
          ...attempt,
          simulation: 'done',
          ended_at: now,
          conversation_id: result.conversation_id ?? attempt.conversation_id,
          transcript: { digest: result.transcript, source: 'bridge' },
          reports: result.report ? [{ report: result.report, at: now, in_call: true }] : attempt.reports,
        };
      });
    case 'window_changed':
      return { ...state, calling_window: fact.calling_window };
    case 'not_after_changed':
      return { ...state, not_after: fact.not_after };
    case 'cancel_requested':
      return { ...state, cancel_requested_at: state.cancel_requested_at ?? now };
    case 'time_passed':
      return callsOf(state)
        .filter((call) => isLost(state, call, now))
        .reduce((next, { n }) => withCall(next, n, (call) => ({ ...call, leg: 'over', ended_at: now })), state);
    case 'settled':
      return { ...state, outcome: state.outcome ?? fact.outcome };
  }
}

/**
 * Applies one fact to the booking. Pure. A final booking ignores everything: later evidence is stored in the records, and changes nothing
 * here.
 * @param now milliseconds since 1970; never goes back
 * @example
 * ```ts
 * let state = initialState({ order, settings });
 * state = fold(state, { type: 'line_taken' }, Date.now());
 * state = fold(state, { type: 'dial_started', channel: 'bridge' }, Date.now());
 * state = fold(state, { type: 'dial_ended', n: 1, result: { proves: 'accepted', call_sid: 'CA…' } }, Date.now());
 * ```
 */
export function fold(state: BookingState, fact: Fact, now: number): BookingState {
  if (state.outcome !== null) return state;
  const next = apply(state, fact, now);
  return next === state ? state : { ...next, updated_at: now, revision: state.revision + 1 };
}
