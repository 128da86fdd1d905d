import { budgetEndsAt } from './budget.ts';
import { nextOpening } from './calling-window.ts';
import { PHONE_CHANNELS, type PhoneChannel } from './channels.ts';
import type { SkipReason } from './evidence.ts';
import { machineOnly, phoneRang } from './leg.ts';
import { inARow, patience } from './patience.ts';
import { policyOf } from './policy.ts';
import type { Result } from './result.ts';
import { type Attempt, type Barred, type BookingState, channelOf, windowOf } from './state.ts';
import type { Waiting } from './view.ts';

export type WaitReason = Waiting['waiting_for'];

/** What to try now that nobody was reached and no leg may be alive. */
export type NextTry =
  | { do: 'dial'; channel: PhoneChannel; not_after: number }
  | { do: 'take_line'; channel: PhoneChannel }
  | { do: 'wait'; until: number; why: WaitReason; channel: PhoneChannel }
  | { do: 'simulate' }
  | { do: 'give_up'; result: Result; attempt: Attempt | undefined; notes?: string | undefined };

/** Where a channel stands after its last attempt. */
type Standing =
  | { is: 'ready'; not_before: number; why: WaitReason }
  /** Nobody rang, and it will not (or no longer) ring here: the next channel's turn. */
  | { is: 'spent' }
  /** It rang, and rang enough: the booking ends here. */
  | { is: 'unreached' };

const phoneChannels = (state: BookingState): PhoneChannel[] =>
  PHONE_CHANNELS.filter(
    (channel) => policyOf(state.input.order, channel).enabled && state.input.settings.available.includes(channel),
  );

/** How many transient failures came one after the other before the last attempt. */
const transientBefore = (attempts: Attempt[]): number =>
  inARow(attempts.slice(0, -1), (attempt) => attempt.no_ring === 'transient');

function standing(state: BookingState, channel: PhoneChannel, isLast: boolean, now: number): Standing {
  const policy = policyOf(state.input.order, channel);
  const attempts = state.attempts.filter((attempt) => attempt.channel === channel);
  const last = attempts.at(-1);
  if (channelOf(state, channel).closed) return { is: 'spent' };
  if (!last) return { is: 'ready', not_before: now, why: 'redial_delay' };

  const delay = policy.redial_delay_seconds * 1000;
  const after = (last.ended_at ?? last.heard_at) + delay;
  const dials = attempts.filter((attempt) => attempt.leg !== 'none').length;
  const inTime = (moment: number, late: Standing, why: WaitReason): Standing => {
    const opening = nextOpening(windowOf(state), state.input.order.zones, moment);
    const open = opening !== undefined && opening < budgetEndsAt(state, channel, now);
    return open ? { is: 'ready', not_before: moment, why } : late;
  };

  switch (last.no_ring) {
    case 'channel_refused':
    case 'number_refused':
      return { is: 'spent' };
    case 'deferred':
      return inTime(last.retry_at ?? now, { is: 'spent' }, 'rate_limit');
    case 'skipped':
      if (isElsewhere(last)) {
        return inTime(last.retry_at ?? now, { is: dials > 0 ? 'unreached' : 'spent' }, 'other_accounts');
      }
      if (wasNotTaken(last)) return inTime(last.retry_at ?? now, { is: 'spent' }, 'no_worker');
      return { is: 'ready', not_before: last.retry_at ?? now, why: 'calling_hours' };
    case 'transient':
      if (!isLast) return { is: 'spent' };
      return inTime(last.heard_at + patience(delay, transientBefore(attempts)), { is: 'spent' }, 'redial_delay');
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

const wasSkipped = (attempt: Attempt | undefined, reason: SkipReason): boolean =>
  attempt?.no_ring === 'skipped' && attempt.problem?.code === reason;

/** The booking belongs to a mode or accounts that this installation does not work with now. */
const isElsewhere = (attempt: Attempt | undefined): boolean => wasSkipped(attempt, 'other_accounts');

/** No worker took the dial from its provider's task queue before it timed out. */
const wasNotTaken = (attempt: Attempt | undefined): boolean => wasSkipped(attempt, 'not_taken');

const ELSEWHERE = 'the mode or the accounts that the booking belongs to were not there until its budget ended';
const NOT_TAKEN = 'no worker took the dial until its budget ended';

const BARRED: Record<Barred, { result: Result; notes: string }> = {
  stores_disagree: {
    result: 'needs_review',
    notes: 'the database knows of calls of this booking that its workflow did not know of',
  },
  not_on_record: { result: 'error', notes: 'no open booking is on record for this workflow, so nothing was dialed' },
  number_barred: { result: 'error', notes: 'the number may not be dialed by this installation any more' },
};

/** `voicemail` when the last answered leg was a machine, else `unreachable`. */
function unreached(state: BookingState): NextTry {
  const answered = state.attempts.findLast((attempt) => attempt.answered_at !== undefined || machineOnly(attempt));
  const attempt = answered ?? state.attempts.findLast((one) => one.leg !== 'none');
  return { do: 'give_up', result: answered && machineOnly(answered) ? 'voicemail' : 'unreachable', attempt };
}

function dialOn(state: BookingState, channel: PhoneChannel, ready: Standing & { is: 'ready' }, now: number): NextTry {
  const { order } = state.input;
  const moment = Math.max(now, ready.not_before);
  const opening = nextOpening(windowOf(state), order.zones, moment);
  // Zones too far apart to share an hour: waiting would never end.
  if (opening === undefined) return { do: 'give_up', result: 'error', attempt: undefined };
  if (opening > now)
    return { do: 'wait', until: opening, why: opening > moment ? 'calling_hours' : ready.why, channel };
  if (state.line.held) return { do: 'dial', channel, not_after: budgetEndsAt(state, channel, now) };
  const retry = state.line.retry_at;
  if (retry !== undefined && retry > now) return { do: 'wait', until: retry, why: 'line_busy', channel };
  return { do: 'take_line', channel };
}

/**
 * The escalation policy: the design's table "What follows what" for bookings in which nobody was reached so far.
 * Channels are used in their order and never again once left.
 */
export function nextTry(state: BookingState, now: number): NextTry {
  if (state.forbidden) return { do: 'give_up', result: 'do_not_call', attempt: undefined };
  if (state.barred) return { do: 'give_up', ...BARRED[state.barred], attempt: undefined };
  const channels = phoneChannels(state);
  for (const [index, channel] of channels.entries()) {
    const stand = standing(state, channel, index === channels.length - 1, now);
    if (stand.is === 'ready') return dialOn(state, channel, stand, now);
    if (stand.is === 'unreached' && !isElsewhere(state.attempts.at(-1))) return unreached(state);
    if (stand.is === 'unreached') break;
  }
  // It was not tried as it should have been: neither `unreachable` nor a simulation would be honest.
  const untried = (notes: string): NextTry => ({ do: 'give_up', result: 'error', attempt: undefined, notes });
  if (isElsewhere(state.attempts.at(-1))) return untried(ELSEWHERE);
  if (wasNotTaken(state.attempts.at(-1))) return untried(NOT_TAKEN);
  if (phoneRang(state)) return unreached(state);
  const { simulation } = state.input.order.escalation;
  if (simulation.enabled && state.input.settings.available.includes('simulation')) return { do: 'simulate' };
  return { do: 'give_up', result: 'error', attempt: state.attempts.at(-1) };
}
