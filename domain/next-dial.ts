import { lastPutOff } from './admission.ts';
import { backoffMs, trailingCount } from './backoff.ts';
import { budgetEndsAt } from './budget.ts';
import { nextOpening } from './calling-window.ts';
import { type Channel, PHONE_CHANNELS, type PhoneChannel } from './channels.ts';
import { notAfter, notBefore } from './dial-times.ts';
import { automatonThatAnswered, callsOf, dialsOf, isInbound, machineOnly, phoneRang } from './leg.ts';
import { policyOf } from './policy.ts';
import { restsUntil } from './rejection.ts';
import type { Result } from './result.ts';
import { AFTER_RING_BACK_MS } from './ring-back.ts';
import { type Attempt, type Barred, type BookingState, type Call, channelOf, windowOf } from './state.ts';
import type { WaitReason } from './view.ts';
import { isTurn } from './waits.ts';

/** The next thing to try when nobody was reached and no leg may be alive. */
export type NextTry =
  | { do: 'dial'; channel: PhoneChannel; not_after: number }
  | { do: 'take_line'; channel: PhoneChannel }
  | { do: 'wait'; until: number; why: WaitReason; channel: PhoneChannel }
  | { do: 'simulate' }
  /** `channel`: the last one that was tried, when the outcome is based on no attempt. */
  | { do: 'give_up'; result: Result; attempt?: Attempt | undefined; channel?: Channel; notes?: string };

/** State of a channel after its last attempt. */
export type Standing =
  | { is: 'ready'; not_before: number; why: WaitReason }
  /** Nobody rang, and nobody will ring on this channel: the next channel follows. */
  | { is: 'spent' }
  /** It rang often enough: the booking ends here. */
  | { is: 'unreached' };

const phoneChannels = (state: BookingState): PhoneChannel[] =>
  PHONE_CHANNELS.filter(
    (channel) => policyOf(state.input.order, channel).enabled && state.input.settings.available.includes(channel),
  );

/** Number of transient failures in a row before the last call. A dial that was put off ends the row. */
function transientBefore({ put_off }: BookingState, calls: Call[]): number {
  const since = put_off.findLast(({ channel }) => channel === calls.at(-1)?.channel)?.n ?? 0;
  const before = calls.slice(0, -1).filter(({ n }) => n > since);
  return trailingCount(before, (call) => call.no_ring === 'transient');
}

/** Dials decided on after the time `after`, none before `from` or after `ends_at`: instead of the channel's own budget. */
export interface Stretch {
  after: number;
  from: number;
  ends_at: number;
}

export function standing(
  state: BookingState,
  channel: PhoneChannel,
  isLast: boolean,
  now: number,
  stretch?: Stretch,
): Standing {
  const policy = policyOf(state.input.order, channel);
  const { from = now } = stretch ?? {};
  const since = stretch?.after ?? -Infinity;
  const calls = dialsOf(state).filter((call) => call.channel === channel && call.dialed_at > since);
  const dials = calls.filter(({ leg }) => leg !== 'none').length;
  if (channelOf(state, channel).closed) return { is: 'spent' };
  const rest = restsUntil(state) ?? -Infinity;
  const ready = (moment: number, why: WaitReason): Standing => ({
    is: 'ready',
    not_before: Math.max(moment, rest),
    why,
  });
  const inTime = (moment: number, late: Standing, why: WaitReason): Standing => {
    const opening = nextOpening(windowOf(state), state.input.order.zones, Math.max(moment, rest));
    const open = opening !== undefined && opening < (stretch?.ends_at ?? budgetEndsAt(state, channel, now));
    return open ? ready(moment, why) : late;
  };

  const putOff = lastPutOff(state, channel);
  // A call that came to light after it, and ended, is what the next dial follows.
  if (putOff && putOff.dialed_at > since && !calls.some(({ ended_at = 0 }) => ended_at > putOff.put_off_at)) {
    const { waits_for, retry_at = now } = putOff;
    if (waits_for === 'calling_hours' && !stretch && retry_at >= rest) return ready(retry_at, waits_for);
    if (waits_for === 'calling_hours' && !stretch) return inTime(retry_at, { is: 'unreached' }, waits_for);
    const late = waits_for === 'other_accounts' && dials > 0 ? 'unreached' : 'spent';
    return inTime(retry_at, { is: late }, waits_for);
  }
  const last = calls.at(-1);
  if (!last) return ready(from, 'redial_delay');
  const delay = policy.redial_delay_seconds * 1000;
  const after = (last.ended_at ?? last.heard_at) + delay;
  switch (last.no_ring) {
    case 'channel_refused':
    case 'number_refused':
      return { is: 'spent' };
    case 'transient':
      if (!isLast) return { is: 'spent' };
      return inTime(last.heard_at + backoffMs(delay, transientBefore(state, calls)), { is: 'spent' }, 'redial_delay');
    case undefined:
      break;
  }
  if (last.hang_up?.why === 'budget_spent') return { is: 'spent' };
  if (last.agent_failed) {
    if (!isLast || dials >= policy.max_attempts) return { is: 'spent' };
    return inTime(after, { is: 'spent' }, 'redial_delay');
  }
  if (dials >= policy.max_attempts) return { is: 'unreached' };
  return inTime(after, { is: 'unreached' }, 'redial_delay');
}

/** True when the booking belongs to a mode or accounts that this installation does not have now. */
const isElsewhere = (state: BookingState): boolean => lastPutOff(state)?.waits_for === 'other_accounts';

const ELSEWHERE = 'the mode or the accounts that the booking belongs to were not available until its budget ended';
const EXPIRED = 'no phone was rung before not_after';
const NOT_TAKEN = 'no worker took the dial until its budget ended';

const BARRED: Record<Barred, { result: Result; notes: string }> = {
  stores_disagree: {
    result: 'needs_review',
    notes: 'the database knows of calls of this booking that its workflow did not know of',
  },
  not_on_record: { result: 'error', notes: 'no open booking is on record for this workflow, so nothing was dialed' },
  number_barred: { result: 'error', notes: 'the number may not be dialed by this installation any more' },
};

/** `voicemail` when the last answered leg was an answering machine or fax, else `unreachable`: a menu is not a machine that keeps a message. */
function unreached(state: BookingState): NextTry {
  const calls = dialsOf(state);
  const answered = calls.findLast((call) => call.answered_at !== undefined || machineOnly(call));
  const attempt = answered ?? calls.findLast(({ leg }) => leg !== 'none');
  const isVoicemail = answered && automatonThatAnswered(answered) === 'voicemail';
  return { do: 'give_up', result: isVoicemail ? 'voicemail' : 'unreachable', attempt };
}

/** The business called us just now, and nobody talked: it is not dialed at once. */
const afterRingBack = (state: BookingState): number =>
  Math.max(...callsOf(state).map((call) => (isInbound(call) ? (call.ended_at ?? 0) + AFTER_RING_BACK_MS : 0)), 0);

function dialOn(state: BookingState, channel: PhoneChannel, ready: Standing & { is: 'ready' }, now: number): NextTry {
  const { order } = state.input;
  const earliest = Math.max(now, ready.not_before, afterRingBack(state));
  const moment = Math.max(earliest, notBefore(state));
  const opening = nextOpening(windowOf(state), order.zones, moment);
  // The zones are too far apart to share an open hour: waiting would never end.
  if (opening === undefined) return { do: 'give_up', result: 'error' };
  const why = moment > earliest ? 'not_before' : ready.why;
  if (opening > now) return { do: 'wait', until: opening, why: opening > moment ? 'calling_hours' : why, channel };
  return dialNow(state, channel, Math.min(budgetEndsAt(state, channel, now), notAfter(state)), now);
}

const waitsFor = ({ for_place, for_dialing }: BookingState['line']): WaitReason => {
  if (for_dialing) return 'dialing';
  return for_place ? 'place' : 'line_busy';
};

/** Dials with the line of the number, or takes it first. `not_after`: last moment at which the dial may leave. */
export function dialNow(state: BookingState, channel: PhoneChannel, not_after: number, now: number): NextTry {
  if (state.line.held) return { do: 'dial', channel, not_after };
  const retry = state.line.retry_at;
  if (retry !== undefined && retry > now) return { do: 'wait', until: retry, why: waitsFor(state.line), channel };
  return { do: 'take_line', channel };
}

/** A call was placed, even if it failed before the phone rang. */
const wasCalled = (state: BookingState): boolean => callsOf(state).some(({ leg }) => leg !== 'none');

/** No dial may leave any more, because the client's last moment for one has passed. */
const expired = (state: BookingState): NextTry =>
  wasCalled(state)
    ? unreached(state)
    : { do: 'give_up', result: 'expired', channel: callsOf(state).at(-1)?.channel, notes: EXPIRED };

/**
 * The escalation policy with the client's last moment for a dial. Before it, a booking for which nobody was rung waits, even if no dial can
 * come in time: hours may be widened. One that was rung in vain ends as soon as no redial can come in time, as with a budget.
 */
export function nextTry(state: BookingState, now: number): NextTry {
  if (state.forbidden) return { do: 'give_up', result: 'do_not_call' };
  if (state.barred) return { do: 'give_up', ...BARRED[state.barred] };
  const end = notAfter(state);
  if (now >= end) return expired(state);
  const next = nextWithin(state, now);
  if (next.do !== 'wait' || next.until < end) return next;
  // A line or a place may become free at any time.
  const mayComeSoon = next.why !== undefined && isTurn(next.why);
  return wasCalled(state) && !mayComeSoon ? unreached(state) : { ...next, until: end };
}

/**
 * The escalation policy: the design's table "What follows what" for bookings in which nobody was reached so far. Channels are used in their
 * order, and none is used again after the next one.
 */
function nextWithin(state: BookingState, now: number): NextTry {
  const channels = phoneChannels(state);
  for (const [index, channel] of channels.entries()) {
    const stand = standing(state, channel, index === channels.length - 1, now);
    if (stand.is === 'ready') return dialOn(state, channel, stand, now);
    if (stand.is === 'unreached' && !isElsewhere(state)) return unreached(state);
    if (stand.is === 'unreached') break;
  }
  // The booking was not tried as it should have been: a simulation would not be honest.
  if (isElsewhere(state)) return { do: 'give_up', result: 'error', notes: ELSEWHERE };
  const wasNotTaken = channels.some((channel) => lastPutOff(state, channel)?.waits_for === 'no_worker');
  if (phoneRang(state)) return { ...unreached(state), ...(wasNotTaken ? { notes: NOT_TAKEN } : {}) };
  if (wasNotTaken) return { do: 'give_up', result: 'error', notes: NOT_TAKEN };
  const { simulation } = state.input.order.escalation;
  if (simulation.enabled && state.input.settings.available.includes('simulation')) return { do: 'simulate' };
  const putOff = lastPutOff(state);
  if (putOff) return { do: 'give_up', result: 'error', channel: putOff.channel };
  return { do: 'give_up', result: 'error', attempt: state.attempts.at(-1) };
}
