import type { PhonePolicy } from '../../../domain/channels.ts';
import type { CallbackPolicy, OpeningHours } from '../../../domain/order.ts';
import { NEVER, quietSchedule, type Schedule, type Span } from '../schedule.ts';

/** What becomes of one try of an activity. `late`: it counts as lost after a minute, and does its work long after that. */
export type Fate = 'none' | 'fails' | 'dies_before' | 'dies_after' | 'late';
/** How the start of a booking's workflow fares. */
export type StartFate = 'none' | 'refused' | 'answer_lost';
/** A signal to the shortlist's run. */
export type SignalFate = 'on_time' | 'lost' | 'late' | 'twice';

/** A person's decision about a booking in doubt, so long after the doubt. */
export interface ReviewPlan {
  after_ms: number;
  result: 'confirmed' | 'declined';
}

/** The business rings back after its booking's outcome, and says this. */
export interface RingBackPlan {
  after_ms: number;
  says: 'gives' | 'doubtful' | 'nothing';
}

export interface CandidatePlan {
  zone: string;
  opening_hours: OpeningHours[];
  /** How each of its bookings goes; the last holds for all further ones. */
  bookings: Schedule[];
  review?: ReviewPlan | undefined;
  ring_back?: RingBackPlan | undefined;
  /** Its booking is erased so long after its end. */
  erase_after_ms: number;
}

/** The run is set back, as with an older store of the engine: what was signaled since is gone. */
export interface SetBack {
  at_ms: number;
  back_ms: number;
}

/** Everything that is to happen to one shortlist. Times in ms after its acceptance. */
export interface ShortlistPlan {
  seed: number;
  starts_at_hour: number;
  window: { from_hour: number; to_hour: number };
  native: PhonePolicy;
  bridge: PhonePolicy;
  simulation: boolean;
  callback: CallbackPolicy;
  candidates: CandidatePlan[];
  decide_by_ms: number;
  /** The client cancels; `cancel_lost`: the first time Temporal does not answer. */
  cancel_at_ms: number;
  cancel_lost: boolean;
  /** The same request again. */
  repeated_at_ms: number;
  has_callback_url: boolean;
  /** How often the client's own server fails first. */
  client_fails: number;
  fates: Fate[];
  late_ms: number;
  starts: StartFate[];
  signals: SignalFate[];
  standstills: Span[];
  database_outages: Span[];
  gone_at_ms: number[];
  set_backs: SetBack[];
}

const HOUR = 3_600_000;

export const quietCandidate = (): CandidatePlan => ({
  zone: 'Etc/UTC',
  opening_hours: [],
  bookings: [quietSchedule()],
  review: { after_ms: HOUR, result: 'declined' },
  erase_after_ms: NEVER,
});

export function quietPlan(candidates = 2): ShortlistPlan {
  const { native, bridge, callback } = quietSchedule();
  return {
    seed: 0,
    starts_at_hour: 12,
    window: { from_hour: 0, to_hour: 24 },
    native,
    bridge,
    simulation: true,
    callback,
    candidates: Array.from({ length: candidates }, quietCandidate),
    decide_by_ms: NEVER,
    cancel_at_ms: NEVER,
    cancel_lost: false,
    repeated_at_ms: NEVER,
    has_callback_url: true,
    client_fails: 0,
    fates: [],
    late_ms: 600_000,
    starts: [],
    signals: [],
    standstills: [],
    database_outages: [],
    gone_at_ms: [],
    set_backs: [],
  };
}
