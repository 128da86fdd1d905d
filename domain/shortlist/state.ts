import { type CandidateResult, mayHaveBooked, meaningOf } from './meaning.ts';

/** How a candidate is asked: by the order's phone channels, by the call that it asked for, or in a simulation. */
export type Asking = 'call' | 'callback' | 'simulation';

/** End of a candidate's booking. Dates `YYYY-MM-DD`, times `HH:MM`. */
export interface Ending {
  booking_id: string;
  result: CandidateResult;
  confirmed_date: string | null;
  confirmed_time: string | null;
  simulated: boolean;
  /** The call that the business asked for, ms since 1970. */
  callback_at?: number | undefined;
  /** A person decided. */
  reviewed: boolean;
  /** A phone may have rung though the booking ended as `error`. */
  rang?: true | undefined;
  /** It was canceled before anything was tried. */
  untouched?: true | undefined;
}

/** A booking of the shortlist as the records have it. */
export interface RecordedBooking {
  booking_id: string;
  /** From 1. */
  candidate: number;
  as: Asking;
  ending?: Ending | undefined;
}

export interface Candidate {
  /** Its bookings, in their order. */
  booking_ids: string[];
  /** Result of the last booking; absent: none yet. A refusal to place it counts as `error` or `expired`. */
  ending?: Omit<Ending, 'booking_id'> | undefined;
  /** The booking of that result, if it is an earlier one: its business rang back. */
  ended_by?: string | undefined;
  /** Time of that result, ms since 1970. */
  ended_at?: number | undefined;
  /** Number of calls that it asked for and got. */
  callbacks: number;
}

/** The knowledge of the records about a shortlist. */
export interface Recorded {
  /** The oldest first. */
  bookings: RecordedBooking[];
  cancel_requested: boolean;
}

/** The input of the workflow `askShortlist`: nothing personal, because its history outlives an erasure. */
export interface ShortlistInput {
  id: string;
  /** Number of candidates. */
  candidates: number;
  /** ISO 8601, UTC. */
  created_at: string;
  decide_by?: string | undefined;
  /** A phone channel is on. */
  phones: boolean;
  /** Option C may run once all candidates are through. */
  simulation: boolean;
  callback: { enabled: boolean; max_callbacks: number; within_hours: number };
  /** The sandbox runs it. */
  sandbox: boolean;
}

/** When each candidate may be called next, ms since 1970; null: at no known time. */
export interface Openings {
  /** Time of the look. */
  at: number;
  opens: (number | null)[];
}

export interface ShortlistState {
  input: ShortlistInput;
  /** Grows with each fact. */
  revision: number;
  candidates: Candidate[];
  /** The candidate whose turn it is, from 1. Without `booking_id` its booking is being placed. There is one at most. */
  asking?:
    | { candidate: number; as: Asking; booking_id?: string | undefined; cancel_sent?: true | undefined }
    | undefined;
  openings?: Openings | undefined;
  /** A simulation was begun: there is one at most. */
  simulated?: true | undefined;
  cancel_requested: boolean;
}

export type Fact =
  | { type: 'turn'; candidate: number; as: Asking }
  | { type: 'placed'; booking_id: string }
  /** The booking could not be placed, for a reason that will not pass. */
  | { type: 'refused'; result: 'error' | 'expired' }
  | { type: 'ended'; ending: Ending }
  | { type: 'looked'; openings: Openings }
  | { type: 'cancel_requested' }
  | { type: 'cancel_sent' }
  /** The records know of more than this run. */
  | { type: 'recalled'; recorded: Recorded };

export const initialShortlist = (input: ShortlistInput): ShortlistState => ({
  input,
  revision: 0,
  candidates: Array.from({ length: input.candidates }, () => ({ booking_ids: [], callbacks: 0 })),
  cancel_requested: false,
});

const change = (state: ShortlistState, n: number, by: Partial<Candidate>): Candidate[] =>
  state.candidates.map((candidate, i) => (i === n - 1 ? { ...candidate, ...by } : candidate));

const mayBeAppointment = ({ ending }: Pick<Candidate, 'ending'>): boolean =>
  ending !== undefined && mayHaveBooked(ending.result);

/** The end of a booking, or a later change of it by a review or by a business that rang back. */
function ended(state: ShortlistState, { booking_id, ...ending }: Ending, now: number): Partial<ShortlistState> {
  const { asking } = state;
  const n = state.candidates.findIndex(({ booking_ids }) => booking_ids.includes(booking_id)) + 1;
  if (n === 0) return {};
  const candidate = state.candidates[n - 1]!;
  const ofTurn = asking?.booking_id === booking_id;
  const turn = ofTurn ? { asking: undefined, openings: undefined } : {};
  if (candidate.booking_ids.at(-1) !== booking_id) {
    // The result of an earlier booking counts only as an appointment, and as its review.
    if (!mayHaveBooked(ending.result) && candidate.ended_by !== booking_id) return {};
    return { candidates: change(state, n, { ending, ended_by: booking_id, ended_at: now }) };
  }
  // The appointment by an earlier booking of this candidate stands.
  if (candidate.ended_by && mayBeAppointment(candidate) && meaningOf(ending.result) !== 'settles') return turn;
  // Canceled for the sake of a doubt about another candidate: its turn may come again.
  const again = ofTurn && asking.cancel_sent && ending.untouched && !state.cancel_requested;
  return { candidates: change(state, n, again ? {} : { ending, ended_by: undefined, ended_at: now }), ...turn };
}

/** The state, with the bookings that only the records know. */
function recalled(
  state: ShortlistState,
  { bookings, cancel_requested }: Recorded,
  now: number,
): Partial<ShortlistState> {
  const candidates = state.candidates.map((known, i): Candidate => {
    const own = bookings.filter(({ candidate }) => candidate === i + 1);
    const unknown = own.filter(({ booking_id }) => !known.booking_ids.includes(booking_id));
    const booking_ids = [...known.booking_ids, ...unknown.map(({ booking_id }) => booking_id)];
    const callbacks = Math.max(known.callbacks, own.filter(({ as }) => as === 'callback').length);
    const last = own.find(({ booking_id }) => booking_id === booking_ids.at(-1));
    const found = own.findLast(mayBeAppointment) ?? last;
    if (!found) return { ...known, callbacks };
    if (!found.ending) return { booking_ids, callbacks };
    const { booking_id, ...ending } = found.ending;
    const earlier = booking_id === booking_ids.at(-1) ? {} : { ended_by: booking_id };
    return { booking_ids, callbacks, ending, ...earlier, ended_at: known.ended_at ?? now };
  });
  const open = bookings.findLast(({ ending }) => !ending);
  const { candidate, as, booking_id } = open ?? {};
  const sent = booking_id !== undefined && state.asking?.booking_id === booking_id && state.asking.cancel_sent;
  return {
    candidates,
    asking: open && { candidate: candidate!, as: as!, booking_id, ...(sent && { cancel_sent: true as const }) },
    openings: undefined,
    ...(bookings.some((one) => one.as === 'simulation') && { simulated: true as const }),
    cancel_requested: state.cancel_requested || cancel_requested,
  };
}

function folded(state: ShortlistState, fact: Fact, now: number): Partial<ShortlistState> {
  const { asking } = state;
  switch (fact.type) {
    case 'turn': {
      const { candidate, as } = fact;
      const { callbacks } = state.candidates[candidate - 1]!;
      const counted = as === 'callback' ? { callbacks: callbacks + 1 } : {};
      return {
        asking: { candidate, as },
        candidates: change(state, candidate, counted),
        openings: undefined,
        ...(as === 'simulation' ? { simulated: true as const } : {}),
      };
    }
    case 'placed': {
      if (!asking) return {};
      const { booking_id } = fact;
      const { booking_ids } = state.candidates[asking.candidate - 1]!;
      return {
        asking: { ...asking, booking_id },
        candidates: change(state, asking.candidate, { booking_ids: [...booking_ids, booking_id] }),
      };
    }
    case 'refused': {
      if (!asking) return {};
      const ending = {
        result: fact.result,
        confirmed_date: null,
        confirmed_time: null,
        simulated: asking.as === 'simulation',
        reviewed: false,
      };
      return { asking: undefined, candidates: change(state, asking.candidate, { ending, ended_at: now }) };
    }
    case 'ended':
      return ended(state, fact.ending, now);
    case 'looked':
      return { openings: fact.openings };
    case 'cancel_requested':
      return { cancel_requested: true };
    case 'cancel_sent':
      return asking ? { asking: { ...asking, cancel_sent: true } } : {};
    case 'recalled':
      return recalled(state, fact.recorded, now);
  }
}

/** Takes a fact in. `now` in ms since 1970. */
export const foldShortlist = (state: ShortlistState, fact: Fact, now: number): ShortlistState => ({
  ...state,
  ...folded(state, fact, now),
  revision: state.revision + 1,
});
