import { type Callback, callbackOf, decisiveAttempts, isAskedForBy } from './callback.ts';
import { nextOpening } from './calling-window.ts';
import { callsOf, isPhone, personReport, reachedSomebody } from './leg.ts';
import { dialNow, type NextTry, type Standing, standing } from './next-dial.ts';
import type { Outcome } from './result.ts';
import { type BookingState, windowOf } from './state.ts';

const TRIED = 'called again at the time that the business asked for, and nobody answered';
const NOT_POSSIBLE = 'could not be called again at the time that the business asked for';

/** The request for a call that no call has answered yet, and the time of the last call that reached somebody. */
interface Due extends Callback {
  after: number;
}

/** Everybody who was reached must have asked for the next call: the one who wants it last is waited for. */
function dueCallback(state: BookingState, now: number): Due | undefined {
  const reached = decisiveAttempts(state, now, () => -Infinity)
    .filter(isPhone)
    .filter((call) => reachedSomebody(call) || personReport(call) !== undefined);
  const callbacks = reached.map((call) => callbackOf(state, call)).filter((callback) => callback !== undefined);
  if (callbacks.length === 0 || callbacks.length < reached.length) return undefined;
  const last = callbacks.reduce((one, other) => (other.at >= one.at ? other : one));
  return { ...last, after: Math.max(...reached.map(({ dialed_at }) => dialed_at)) };
}

/** The outcome stands, with what became of the request. */
function inVain(state: BookingState, { asked }: Callback, { notes }: Outcome): NextTry {
  const rang = callsOf(state).some((call) => call.leg !== 'none' && isAskedForBy(state, call, asked));
  const tried = rang ? TRIED : NOT_POSSIBLE;
  return { do: 'give_up', result: 'callback_requested', attempt: asked, notes: notes ? `${notes} (${tried})` : tried };
}

/**
 * The next step of a booking whose business asked to be called at a time that was understood; undefined: the outcome stands, nobody is
 * called again. The call is made on the channel on which the business was reached, never before its time, and repeated by the channel's rules
 * until it reaches somebody or its own time is over.
 * @param outcome of the calls so far
 */
export function nextCallback(state: BookingState, outcome: Outcome, now: number): NextTry | undefined {
  const callback = outcome.result === 'callback_requested' ? dueCallback(state, now) : undefined;
  if (!callback) return undefined;
  const { asked, at, until, after } = callback;
  const { channel } = asked;
  if (state.forbidden) return { do: 'give_up', result: 'do_not_call', attempt: asked };
  const canceled = state.cancel_requested_at;
  // A result that came before the cancel stands; a booking that only waited for its call is canceled.
  if (canceled !== undefined) {
    return canceled > (asked.ended_at ?? canceled) ? { do: 'give_up', result: 'canceled', attempt: asked } : undefined;
  }
  if (state.barred) return inVain(state, callback, outcome);
  const stand = standing(state, channel, true, now, { after, from: at, ends_at: until });
  return readyAt(state, stand, callback, now) ?? inVain(state, callback, outcome);
}

function readyAt(
  state: BookingState,
  stand: Standing,
  { asked, at, until }: Callback,
  now: number,
): NextTry | undefined {
  if (stand.is !== 'ready') return undefined;
  const { zones } = state.input.order;
  const opening = nextOpening(windowOf(state), zones, Math.max(now, at, stand.not_before));
  if (opening === undefined || opening > until) return undefined;
  const { channel } = asked;
  const why = stand.why === 'redial_delay' ? 'callback' : stand.why;
  if (opening > now) return { do: 'wait', until: opening, why, channel };
  const next = dialNow(state, channel, until, now);
  // The time for this call does not stand still while another booking holds the line.
  return next.do === 'wait' ? { ...next, until: Math.min(next.until, until + 1) } : next;
}
