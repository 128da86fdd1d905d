import type { PhoneChannel } from '../../domain/channels.ts';
import type { Contradiction } from '../../domain/contradiction.ts';
import type { DialResult, Evidence } from '../../domain/evidence.ts';
import type { FollowUp } from '../../domain/follow-up.ts';
import { callsOf } from '../../domain/leg.ts';
import type { BookingInput } from '../../domain/order.ts';
import type { Outcome } from '../../domain/result.ts';
import type { BookingState, Call } from '../../domain/state.ts';
import type { Schedule } from './schedule.ts';
import type { World } from './world.ts';

/** One thing that our side did, and when. */
export interface Act {
  at: number;
  word: string;
}

/** One booking played to its end, at whatever level: all that checks and coverage look at. */
export interface Run {
  schedule: Schedule;
  input: BookingInput;
  start: number;
  world: World;
  acts: Act[];
  /** Each dial that was decided on, when its workflow said last that it may leave, and what became of it. */
  dials: { n: number; channel: PhoneChannel; decided_at: number; asked_at?: number; result?: DialResult }[];
  simulations: number[];
  /** When the line was asked for in vain, and when it was had again. */
  line_waits: { from: number; to: number }[];
  reconciled: string[];
  /** When the client’s cancel was acknowledged: from then on the engine has it, whether or not a process of ours runs. */
  cancel_at?: number;
  /** Points in time that the engine's store was set back to, and when. */
  resets: { at: number; to: number }[];
  /** Nothing takes time that is not played: what is forbidden counts in that very moment. */
  exact: boolean;
  /** When the run was terminated. */
  gone_at?: number;
  outcome: Outcome | null;
  /** What the audit found in the providers' lists after the outcome. */
  audited: Contradiction[];
  /** How many outcomes were published. */
  outcomes: number;
  /** When the outcome stood. */
  ended_at?: number;
  /** How many pieces of evidence had been handed over then. */
  heard?: number;
  /** The booking's own view at the end, for the coverage of the design's table; never used to check a guarantee. */
  state?: BookingState;
  /** What was noted of calls of the business after the outcome, where they are followed: the last word on each. */
  followed?: FollowUp[];
  /** What did not work at all: a loop without end, a wait for nothing, an exception. */
  broke?: string;
}

export const callsIn = ({ state }: Run): Call[] => (state ? callsOf(state) : []);

/** Evidence that had been handed over before the outcome stood. */
export const heardInTime = (run: Run): Evidence[] =>
  run.world.delivered.slice(0, run.heard ?? Infinity).map((one) => one.evidence);
