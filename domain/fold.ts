import { isOpen, openTimeBetween } from './calling-window.ts';
import type { Channel, PhoneChannel } from './channels.ts';
import type { DialResult } from './evidence.ts';
import { foldEvidence } from './fold-evidence.ts';
import type { Happening } from './happening.ts';
import { callIdOf, parseCallId } from './ids.ts';
import { jitter } from './jitter.ts';
import { giveUpAt } from './leg.ts';
import { inARow, patience } from './patience.ts';
import type { Attempt, BookingState, NoRing } from './state.ts';

/** The wait before asking for a number again that another booking holds: up to 2 s, doubling up to 30 s, and no two alike. */
const LINE_RETRY_MS = 2_000;
const LINE_RETRY_MAX_MS = 30_000;

function newAttempt(state: BookingState, channel: Channel, now: number): Attempt {
  const n = state.attempts.length + 1;
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
            retry_at: now + patience(result.retry_after_ms, putOff),
          });
    case 'skipped':
      return overtaken
        ? attempt
        : noRing(attempt, 'skipped', {
            problem: { code: result.reason, message: 'not dialed' },
            ...(result.reason === 'outside_window' ? { retry_at: now + patience(CLOCK_RETRY_MS, putOff) } : {}),
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

function closeChannel(state: BookingState, channel: PhoneChannel, why: 'refused' | 'budget'): BookingState {
  const before = state.channels[channel];
  return { ...state, channels: { ...state.channels, [channel]: { ...before, closed: before.closed ?? why } } };
}

/** Ends a wait for the line: while it lasted, the budgets of the channels in use stood still. */
function endLineWait(state: BookingState, now: number): BookingState {
  const since = state.line.waiting_since;
  if (since === undefined) return state;
  const { settings, order } = state.input;
  const waited = openTimeBetween(settings.calling_window, order.zones, since, now);
  const channels = { ...state.channels };
  for (const channel of ['native', 'bridge'] as const) {
    const before = channels[channel];
    if (before.started_at !== undefined) channels[channel] = { ...before, paused_ms: before.paused_ms + waited };
  }
  return { ...state, channels, line: { ...state.line, waiting_since: undefined, retry_at: undefined, tries: 0 } };
}

function startDial(state: BookingState, channel: Channel, now: number): BookingState {
  const next = { ...state, attempts: [...state.attempts, newAttempt(state, channel, now)] };
  if (channel === 'simulation') return next;
  const before = next.channels[channel];
  return { ...next, channels: { ...next.channels, [channel]: { ...before, started_at: before.started_at ?? now } } };
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
    case 'dial_ended':
      return foldChannel(
        withAttempt(state, happening.n, (attempt) =>
          foldDialResult(attempt, happening.result, now, putOffBefore(state, happening.n)),
        ),
        happening.n,
      );
    case 'reconciled':
      return withAttempt(state, happening.n, (attempt) => {
        if (attempt.leg !== 'unknown') return attempt;
        const { result } = happening;
        if (result.verdict === 'absent') return noRing(attempt, 'transient', { heard_at: now });
        if (result.verdict === 'unreachable') {
          return { ...attempt, leg: 'over', ended_at: now, unreachable_provider: true, problem: result.problem };
        }
        return {
          ...attempt,
          leg: 'live',
          heard_at: now,
          problem: undefined,
          call_sid: attempt.call_sid ?? result.call_sid,
          conversation_id: attempt.conversation_id ?? result.conversation_id,
        };
      });
    case 'watch_failed':
      return withAttempt(state, happening.n, (attempt) => ({ ...attempt, heard_at: now, asked_at: now }));
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
      return { ...endLineWait(state, now), line: { held: true, tries: 0 } };
    case 'line_busy': {
      const { line } = state;
      const most = Math.min(LINE_RETRY_MS * 2 ** line.tries, LINE_RETRY_MAX_MS);
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

/** True when a business may be rung at `now`. */
export const mayRing = (state: BookingState, now: number): boolean =>
  isOpen(state.input.settings.calling_window, state.input.order.zones, now);
