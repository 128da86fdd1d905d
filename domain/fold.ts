import { openTimeBetween } from './calling-window.ts';
import { type Channel, PHONE_CHANNELS, type PhoneChannel } from './channels.ts';
import type { DialOnRecord, DialResult } from './evidence.ts';
import { foldEvidence } from './fold-evidence.ts';
import type { Happening } from './happening.ts';
import { callIdOf, parseCallId } from './ids.ts';
import { jitter } from './jitter.ts';
import { giveUpAt, mayHaveLeft } from './leg.ts';
import { inARow, patience } from './patience.ts';
import { neverTold, unknownTo } from './recall.ts';
import { type Attempt, type Barred, type BookingState, channelOf, type NoRing, windowOf } from './state.ts';

/**
 * A booking that waits for its number is told when it has got it. It looks by itself only in case that word was lost: after five minutes
 * at most, then twice as long each time up to half an hour, and no two alike.
 */
const LINE_LOOK_MS = 300_000;
const LINE_LOOK_MAX_MS = 1_800_000;

function newAttempt(state: BookingState, channel: Channel, now: number): Attempt {
  const n = (state.attempts.at(-1)?.n ?? 0) + 1;
  return {
    n,
    call_id: callIdOf(state.input.order.id, n),
    channel,
    dialed_at: now,
    leg: channel === 'simulation' ? 'none' : 'dialing',
    rang: false,
    machine: false,
    reports: [],
    stream_started: false,
    sessions: [],
    agent_failed: false,
    heard_at: now,
    ...(channel === 'simulation' ? { simulation: 'running' as const } : {}),
  };
}

function withAttempt(state: BookingState, n: number, change: (attempt: Attempt) => Attempt): BookingState {
  return { ...state, attempts: state.attempts.map((attempt) => (attempt.n === n ? change(attempt) : attempt)) };
}

const noRing = (attempt: Attempt, why: NoRing, more: Partial<Attempt> = {}): Attempt => ({
  ...attempt,
  leg: 'none',
  no_ring: why,
  ...more,
});

/** A worker whose clock differs finds the window closed when the engine's says that it is open. */
const CLOCK_RETRY_MS = 1_000;

/** The mode or the accounts that a booking waits for come with a start, so there is no hurry. */
const ACCOUNTS_RETRY_MS = 30_000;
const LINE_LOST_RETRY_MS = 2_000;
/** The dial has waited for minutes already. The pause releases the line, so that other bookings can use the number. */
const NOT_TAKEN_RETRY_MS = 30_000;

/** When a dial that did not leave may be asked for again; undefined: not by the clock. */
function retryAfterSkip({ reason }: DialResult & { proves: 'skipped' }, now: number, putOff: number): Partial<Attempt> {
  if (reason === 'outside_window') return { retry_at: now + patience(CLOCK_RETRY_MS, putOff) };
  // Another booking has the line under a name that the workflow does not know: an earlier version locked it otherwise.
  if (reason === 'line_lost') return { retry_at: now + patience(LINE_LOST_RETRY_MS, putOff) };
  if (reason === 'other_accounts') return { retry_at: now + patience(ACCOUNTS_RETRY_MS, putOff) };
  if (reason === 'not_taken') return { retry_at: now + patience(NOT_TAKEN_RETRY_MS, putOff) };
  return {};
}

/** `putOff`: how many dials on this channel before this one never left, one after the other. */
function foldDialResult(before: Attempt, result: DialResult, now: number, putOff: number): Attempt {
  const attempt: Attempt = { ...before, heard_at: now, sent_at: before.sent_at ?? now };
  // A callback, a report or the stream itself may have overtaken the answer: what they proved stands.
  const overtaken = attempt.leg !== 'dialing';
  switch (result.proves) {
    case 'accepted': {
      const named: Attempt = {
        ...attempt,
        call_sid: attempt.call_sid ?? result.call_sid,
        conversation_id: attempt.conversation_id ?? result.conversation_id,
      };
      return overtaken && attempt.leg !== 'unknown' ? named : { ...named, leg: 'live' };
    }
    case 'unknown': {
      const named: Attempt = {
        ...attempt,
        call_sid: attempt.call_sid ?? result.call_sid,
        conversation_id: attempt.conversation_id ?? result.conversation_id,
      };
      return overtaken ? named : { ...named, leg: 'unknown', problem: result.problem };
    }
    case 'number_refused':
      return overtaken ? attempt : noRing(attempt, 'number_refused', { problem: result.problem });
    case 'channel_refused':
      return overtaken ? attempt : noRing(attempt, 'channel_refused', { problem: result.problem });
    case 'not_sent':
      return overtaken ? attempt : noRing(attempt, 'transient', { problem: result.problem });
    case 'deferred':
      return overtaken
        ? attempt
        : noRing(attempt, 'deferred', {
            problem: result.problem,
            left: result.left,
            retry_at: now + patience(result.retry_after_ms, putOff),
          });
    case 'skipped':
      return overtaken
        ? attempt
        : noRing(attempt, 'skipped', {
            problem: { code: result.reason, message: 'not dialed' },
            ...retryAfterSkip(result, now, putOff),
          });
  }
}

function putOffBefore(state: BookingState, n: number): number {
  const before = state.attempts.filter((attempt) => attempt.n < n);
  const { channel } = state.attempts.find((attempt) => attempt.n === n)!;
  return inARow(
    before,
    (attempt) => attempt.channel === channel && (attempt.no_ring === 'deferred' || attempt.no_ring === 'skipped'),
  );
}

/** What the dial's fate means for its channel. */
function foldChannel(state: BookingState, n: number): BookingState {
  const attempt = state.attempts.find((a) => a.n === n);
  if (!attempt || attempt.channel === 'simulation' || attempt.leg !== 'none') return state;
  const skippedLate = attempt.no_ring === 'skipped' && attempt.problem?.code === 'too_late';
  const closed = attempt.no_ring === 'channel_refused' ? 'refused' : skippedLate ? 'budget' : undefined;
  const line = attempt.problem?.code === 'line_lost' ? { held: false, tries: 0 } : state.line;
  const forbidden = state.forbidden || (attempt.no_ring === 'skipped' && attempt.problem?.code === 'do_not_call');
  return { ...(closed ? closeChannel(state, attempt.channel, closed) : state), forbidden, line };
}

const BARS: Partial<Record<string, Barred>> = { not_on_record: 'not_on_record', number_barred: 'number_barred' };

/** What a skipped dial says of the booking beyond its own attempt. */
function foldSkip(state: BookingState, result: DialResult): BookingState {
  if (result.proves !== 'skipped') return state;
  const { calling_window = state.calling_window, reason } = result;
  return { ...state, calling_window, barred: state.barred ?? BARS[reason] };
}

/**
 * The database has dials of this booking that the workflow does not know of: its run was reset, or the engine's store is older. Each
 * of them is found out about, and none follows. `n`: the dial that found them, of which nothing was sent.
 */
function adoptDials(
  state: BookingState,
  n: number | undefined,
  dialed: readonly DialOnRecord[],
  now: number,
): BookingState {
  const attempts = state.attempts.map((attempt) =>
    attempt.n === n && attempt.leg === 'dialing'
      ? noRing(attempt, 'skipped', { heard_at: now, problem: { code: 'stores_disagree', message: 'not dialed' } })
      : attempt,
  );
  for (const dial of dialed) {
    const number = parseCallId(dial.call_id)?.n;
    if (number === undefined) continue;
    const at = Date.parse(dial.at);
    const known = attempts.findIndex((attempt) => attempt.n === number);
    const before = attempts[known] ?? { ...newAttempt(state, dial.channel, at), n: number, call_id: dial.call_id };
    if (known >= 0 && before.leg !== 'none') continue;
    const lost: Attempt = {
      ...before,
      channel: dial.channel,
      leg: 'unknown',
      no_ring: undefined,
      retry_at: undefined,
      problem: undefined,
      dialed_at: at,
      sent_at: at,
      heard_at: now,
      caller: dial.caller,
      call_sid: before.call_sid ?? dial.call_sid,
      conversation_id: before.conversation_id ?? dial.conversation_id,
    };
    if (known >= 0) attempts[known] = lost;
    else attempts.push(lost);
  }
  attempts.sort((a, b) => a.n - b.n);
  return { ...state, attempts, barred: 'stores_disagree' };
}

function closeChannel(state: BookingState, channel: PhoneChannel, why: 'refused' | 'budget'): BookingState {
  const before = channelOf(state, channel);
  return { ...state, channels: { ...state.channels, [channel]: { ...before, closed: before.closed ?? why } } };
}

/** Ends a wait for the line: while it lasted, the budgets of the channels in use stood still. */
function endLineWait(state: BookingState, now: number): BookingState {
  const since = state.line.waiting_since;
  if (since === undefined) return state;
  const waited = openTimeBetween(windowOf(state), state.input.order.zones, since, now);
  const channels = { ...state.channels };
  for (const channel of PHONE_CHANNELS) {
    const before = channelOf(state, channel);
    if (before.started_at !== undefined) channels[channel] = { ...before, paused_ms: before.paused_ms + waited };
  }
  return { ...state, channels, line: { ...state.line, waiting_since: undefined, retry_at: undefined, tries: 0 } };
}

/** Enough to tell how the pause between them has grown. */
const MAX_PUT_OFF = 12;

/** Dials that our own look kept say nothing later: a booking that waits for days must not grow by each of them. */
function withoutOldPutOffs(attempts: Attempt[]): Attempt[] {
  const putOff = attempts.filter((attempt) => !mayHaveLeft(attempt));
  const old = new Set(putOff.slice(0, Math.max(putOff.length - MAX_PUT_OFF, 0)));
  return old.size === 0 ? attempts : attempts.filter((attempt) => !old.has(attempt));
}

function startDial(state: BookingState, channel: Channel, now: number): BookingState {
  const next = { ...state, attempts: [...withoutOldPutOffs(state.attempts), newAttempt(state, channel, now)] };
  if (channel === 'simulation') return next;
  const before = channelOf(next, channel);
  return {
    ...next,
    recalled: undefined,
    channels: { ...next.channels, [channel]: { ...before, started_at: before.started_at ?? now } },
  };
}

/** The provider's own cap and a minute have passed without proof of the leg's end. */
const isLost = (state: BookingState, attempt: Attempt, now: number): boolean =>
  attempt.leg === 'live' && now >= giveUpAt(state, attempt);

function apply(state: BookingState, happening: Happening, now: number): BookingState {
  switch (happening.type) {
    case 'evidence': {
      const named = parseCallId(happening.evidence.call_id);
      if (named?.bookingId !== state.input.order.id) return state;
      return withAttempt(state, named.n, (attempt) => foldEvidence(attempt, happening.evidence, now));
    }
    case 'dial_started':
      return startDial(state, happening.channel, now);
    case 'dial_ended': {
      const { n, result } = happening;
      if (result.proves === 'unknown' && result.dialed) return adoptDials(state, n, result.dialed, now);
      const dialed = withAttempt(state, n, (attempt) => foldDialResult(attempt, result, now, putOffBefore(state, n)));
      return foldSkip(foldChannel(dialed, n), result);
    }
    case 'recalled': {
      const unknown = unknownTo(state, happening.dials);
      const found = unknown.length > 0 ? adoptDials(state, undefined, unknown, now) : state;
      const told = neverTold(state, found, happening.evidence);
      const next = told.reduce((each, evidence) => apply(each, { type: 'evidence', evidence }, now), found);
      return { ...next, recalled: true };
    }
    case 'reconciled': {
      const { result } = happening;
      const evidence = result.verdict === 'found' ? (result.evidence ?? []) : [];
      const found = withAttempt(state, happening.n, (attempt) => {
        if (attempt.leg !== 'unknown') return attempt;
        if (result.verdict === 'absent') return noRing(attempt, 'transient', { heard_at: now });
        if (result.verdict === 'unreachable') {
          return { ...attempt, leg: 'over', ended_at: now, unreachable_provider: true, problem: result.problem };
        }
        // One that another run dialed long ago, and that is there all the same: it is asked about, or hung up, before it counts as over.
        const sent_at = now >= giveUpAt(state, attempt) ? now : attempt.sent_at;
        return {
          ...attempt,
          leg: 'live',
          sent_at,
          heard_at: now,
          problem: undefined,
          call_sid: attempt.call_sid ?? result.call_sid,
          conversation_id: attempt.conversation_id ?? result.conversation_id,
        };
      });
      return evidence.reduce((next, item) => apply(next, { type: 'evidence', evidence: item }, now), found);
    }
    case 'watch_failed':
      return withAttempt(state, happening.n, (attempt) => ({ ...attempt, heard_at: now, asked_at: now }));
    case 'asked_once_more':
      return withAttempt(state, happening.n, (attempt) => ({ ...attempt, asked_once_more_at: now }));
    case 'records_away':
      return state.records.away_since === undefined ? { ...state, records: { away_since: now } } : state;
    case 'records_back':
      return state.records.away_since === undefined ? state : { ...state, records: { back_at: now } };
    case 'hang_up_started':
      return withAttempt(state, happening.n, (attempt) => ({
        ...attempt,
        hang_up: {
          why: happening.why,
          mode: happening.mode,
          asked_at: now,
          pending: true,
          tries: (attempt.hang_up?.tries ?? 0) + 1,
        },
      }));
    case 'hang_up_ended':
      // Whatever it was answered, it is no proof: the leg's own evidence is. A number that ElevenLabs rings from may belong to
      // another Twilio account, which has the call and does not tell us.
      return withAttempt(state, happening.n, (attempt) => ({
        ...attempt,
        hang_up: attempt.hang_up && { ...attempt.hang_up, pending: false },
      }));
    case 'line_taken':
      return { ...endLineWait(state, now), line: { held: true, tries: 0, of_key: happening.of_key } };
    case 'line_busy': {
      if (happening.over) return { ...state, barred: state.barred ?? 'not_on_record' };
      const { line } = state;
      const most = Math.min(LINE_LOOK_MS * 2 ** line.tries, LINE_LOOK_MAX_MS);
      const wait = Math.round(most * jitter(`${state.input.order.id} ${line.tries}`));
      const waiting_since = line.waiting_since ?? now;
      return { ...state, line: { held: false, tries: line.tries + 1, waiting_since, retry_at: now + wait } };
    }
    case 'line_released':
      return { ...state, line: { held: false, tries: 0 } };
    case 'simulated':
      return withAttempt(state, happening.n, (attempt) => {
        const { result } = happening;
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
      return { ...state, calling_window: happening.calling_window };
    case 'cancel_requested':
      return { ...state, cancel_requested_at: state.cancel_requested_at ?? now };
    case 'time_passed':
      return state.attempts.some((attempt) => isLost(state, attempt, now))
        ? {
            ...state,
            attempts: state.attempts.map((attempt) =>
              isLost(state, attempt, now) ? { ...attempt, leg: 'over', ended_at: now } : attempt,
            ),
          }
        : state;
    case 'settled':
      return { ...state, outcome: state.outcome ?? happening.outcome };
  }
}

/**
 * Folds one happening into the booking. Pure; `now` in Unix ms never goes back. A settled booking absorbs everything:
 * later evidence is kept by the records, and changes nothing here.
 */
export function fold(state: BookingState, happening: Happening, now: number): BookingState {
  if (state.outcome !== null) return state;
  const next = apply(state, happening, now);
  return next === state ? state : { ...next, updated_at: now, revision: state.revision + 1 };
}
