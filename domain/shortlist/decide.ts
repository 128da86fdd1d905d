import { meaningOf } from './meaning.ts';
import type { Asking, Candidate, ShortlistState } from './state.ts';

export const SHORTLIST_RESULTS = ['confirmed', 'none_confirmed', 'expired', 'canceled', 'error'] as const;
const isResult = (value: unknown): boolean => (SHORTLIST_RESULTS as readonly unknown[]).includes(value);

/** True when the result of a run is a shortlist's end: Temporal returns any value that a run returned. */
export const isShortlistEnd = (value: unknown): value is ShortlistEnd => isResult(Object(value).result);

export type ShortlistResult = (typeof SHORTLIST_RESULTS)[number];

/** The end of a shortlist. `candidate` counts from 1; for `confirmed` the candidate that confirmed, else null. */
export interface ShortlistEnd {
  result: ShortlistResult;
  candidate: number | null;
  booking_id: string | null;
  confirmed_date: string | null;
  confirmed_time: string | null;
  simulated: boolean;
  /** A person's review gave the appointment: there is no proof. */
  reviewed: boolean;
}

/** The next step. Times in ms since 1970. */
export type Step =
  | { do: 'end'; end: ShortlistEnd }
  /** A booking that may be an appointment waits for a review. */
  | { do: 'halt'; booking_id: string }
  | { do: 'cancel'; booking_id: string }
  | { do: 'watch'; booking_id: string }
  /** `turn`: number of the candidate's booking, from 1. */
  | { do: 'place'; candidate: number; as: Asking; turn: number }
  | { do: 'take_turn'; candidate: number; as: Asking }
  /** Read from the records which bookings there are: another run of this shortlist may have placed some. */
  | { do: 'recall' }
  | { do: 'look' }
  | { do: 'wait'; until: number; why: 'hours' | 'callback' };

/** A look at the hours of the candidates serves for this long. */
const LOOK_MS = 60_000;
/** Pause before another look, when no candidate opens within weeks. */
const NEVER_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const decideBy = ({ input }: ShortlistState): number =>
  input.decide_by === undefined ? Number.POSITIVE_INFINITY : Date.parse(input.decide_by);

const meaning = ({ ending }: Candidate) => ending && meaningOf(ending.result, ending.callback_at);

/** The call that a candidate asked for; undefined: it asked for none, or gets none any more. */
function callbackAt({ input, simulated }: ShortlistState, candidate: Candidate, now: number): number | undefined {
  const { ending, ended_at = 0, callbacks } = candidate;
  const { enabled, max_callbacks, within_hours } = input.callback;
  // Nobody asked for a call in a simulation.
  if (simulated || meaning(candidate) !== 'later' || !enabled || callbacks >= max_callbacks) return undefined;
  const latest = ended_at + within_hours * HOUR_MS;
  const at = ending!.callback_at!;
  return at > latest || now > latest ? undefined : at;
}

/** The booking that gave the candidate's result. */
const decisiveOf = ({ ended_by, booking_ids }: Candidate): string | undefined => ended_by ?? booking_ids.at(-1);

function endOf(state: ShortlistState, result: ShortlistResult, of?: number): ShortlistEnd {
  const candidate = of === undefined ? undefined : state.candidates[of - 1];
  const asked = state.candidates.flatMap(({ ending }) => (ending && ending.result !== 'canceled' ? [ending] : []));
  const { ending } = candidate ?? {};
  return {
    result,
    candidate: of ?? null,
    booking_id: (candidate && decisiveOf(candidate)) ?? null,
    confirmed_date: ending?.confirmed_date ?? null,
    confirmed_time: ending?.confirmed_time ?? null,
    simulated:
      state.input.sandbox || (ending ? ending.simulated : asked.length > 0 && asked.every((one) => one.simulated)),
    reviewed: ending?.reviewed ?? false,
  };
}

/** Its phone may have rung, whatever its last result is: a call was canceled, or it asked for another one. */
const rangOnce = ({ ending, callbacks }: Candidate): boolean =>
  callbacks > 0 || ending?.rang === true || (ending?.result === 'canceled' && !ending.untouched);

/** The end when nobody is left to ask. */
function whenThrough(state: ShortlistState, now: number): Step {
  const { candidates, input } = state;
  const asked = candidates.flatMap(({ ending }) => (ending && ending.result !== 'canceled' ? [ending.result] : []));
  const untried = asked.every((result) => result === 'error') && (asked.length > 0 || !input.phones);
  const mayHaveRung = candidates.some(rangOnce);
  // No phone could ring. A single booking would be simulated now, too; after its last moment for a dial it would not.
  if (untried && !mayHaveRung && input.simulation && !state.simulated && now < decideBy(state)) {
    const first = candidates.findIndex(({ ending }) => ending?.result !== 'canceled');
    return { do: 'take_turn', candidate: first + 1, as: 'simulation' };
  }
  if (untried) return { do: 'end', end: endOf(state, 'error') };
  const late = now >= decideBy(state) && asked.includes('expired');
  return { do: 'end', end: endOf(state, late ? 'expired' : 'none_confirmed') };
}

/** The next candidate, or the time at which one is open or wants its call. */
function nextTurn(state: ShortlistState, now: number): Step {
  const { candidates, input, openings } = state;
  const calls = candidates.flatMap((one, i) => {
    const at = callbackAt(state, one, now);
    return at === undefined ? [] : [{ candidate: i + 1, at }];
  });
  const left = input.phones ? candidates.flatMap(({ ending }, i) => (ending ? [] : [i])) : [];
  if (left.length === 0 && calls.length === 0) return whenThrough(state, now);
  if (now >= decideBy(state)) return { do: 'end', end: endOf(state, 'expired') };
  if (left.length > 0 && (!openings || now - openings.at >= LOOK_MS)) return { do: 'look' };
  const opens = left.map((i) => openings?.opens[i] ?? now + NEVER_MS);
  const open = left.find((_, k) => opens[k]! <= now);
  if (open !== undefined) return { do: 'take_turn', candidate: open + 1, as: 'call' };
  const [due] = calls.toSorted((a, b) => a.at - b.at);
  if (due && due.at <= now) return { do: 'take_turn', candidate: due.candidate, as: 'callback' };
  const opening = Math.min(...opens);
  const until = Math.min(opening, due?.at ?? Number.POSITIVE_INFINITY);
  return { do: 'wait', until: Math.min(until, decideBy(state)), why: until === opening ? 'hours' : 'callback' };
}

/**
 * The whole policy of a shortlist: its next step. One candidate is asked at a time. An appointment ends it, and a possible one halts it,
 * whatever else it could do.
 * @param now milliseconds since 1970
 */
export function decideShortlist(state: ShortlistState, now: number): Step {
  const { asking, candidates } = state;
  const settled = candidates.findIndex((one) => meaning(one) === 'settles') + 1;
  const halting = candidates.find((one) => meaning(one) === 'halts');
  // Another business may have rung back with an appointment since it was asked.
  const unwanted = state.cancel_requested || settled > 0 || halting !== undefined;
  if (asking && !asking.booking_id) {
    if (unwanted) return { do: 'recall' };
    const { candidate, as } = asking;
    return { do: 'place', candidate, as, turn: candidates[candidate - 1]!.booking_ids.length + 1 };
  }
  if (asking?.booking_id) {
    const { booking_id } = asking;
    return unwanted && !asking.cancel_sent ? { do: 'cancel', booking_id } : { do: 'watch', booking_id };
  }
  if (settled > 0) return { do: 'end', end: endOf(state, 'confirmed', settled) };
  if (state.cancel_requested) return { do: 'end', end: endOf(state, 'canceled') };
  // Nobody can review a booking that is erased, and nobody else may be called.
  if (halting?.ending?.result === 'lost') return { do: 'end', end: endOf(state, 'canceled') };
  if (halting) return { do: 'halt', booking_id: decisiveOf(halting)! };
  return nextTurn(state, now);
}
