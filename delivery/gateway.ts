import type { Evidence } from '../domain/evidence.ts';
import type { RunStanding } from '../domain/lost-run.ts';
import type { ClientMessage } from '../domain/message.ts';
import type { BookingInput } from '../domain/order.ts';
import type { ShortlistInput } from '../domain/shortlist/state.ts';
import type { BookingView } from '../domain/view.ts';
import type { ShortlistRuns } from './resume-shortlist.ts';

export type SignalName = 'reportResult' | 'callStatus' | 'postCall' | 'bridgeEvent';

/** Temporal was unreachable or did not answer in time. It may or may not have done what it was asked. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The database is unreachable, and only it knows the answer. The message names the missing information. */
export class RecordsUnavailable extends Unavailable {}

/** Whether new bookings would make progress. */
export interface Health {
  /** Temporal answers. */
  temporal: boolean;
  /** A worker that gets new bookings polls every task queue that they need. */
  worker: boolean;
  /** Names of the task queues that no such worker polls. */
  unpolled: string[];
}

/**
 * Temporal, as far as HTTP requests and events of a call need it. Each method answers within seconds or throws `Unavailable`, unless it
 * says otherwise.
 */
export interface BookingGateway {
  /** Starts the booking's workflow. One that exists already, running or closed, counts as started. */
  start(input: BookingInput): Promise<void>;
  /** Signals the workflow of the evidence's booking. `closed`: it has ended, or Temporal has deleted it. */
  signal(name: SignalName, evidence: Evidence): Promise<'delivered' | 'closed'>;
  /**
   * Signals the run of a call that came after its booking's outcome, and starts that run if need be. One that has ended takes no more:
   * `closed`.
   */
  followUp(name: SignalName, evidence: Evidence): Promise<'delivered' | 'closed'>;
  /** Starts the workflow of a shortlist. One that exists already counts as started. */
  startShortlist(input: ShortlistInput): Promise<void>;
  /** Runs of shortlists, for one whose run is gone. */
  shortlistRuns: ShortlistRuns;
  /** Asks for the cancel of a shortlist: Temporal keeps the request until a worker takes it. */
  cancelShortlist(id: string): Promise<'accepted' | 'not_found'>;
  /** Signals a parent's workflow that one of its bookings has its outcome, or a review. A parent that has ended needs no signal. */
  childEnded(parentId: string, bookingId: string): Promise<void>;
  /** `accepted` without a view: no worker answered, and Temporal keeps the request until there is one. */
  cancel(
    bookingId: string,
  ): Promise<{ answer: 'accepted'; view?: BookingView | undefined } | { answer: 'final' | 'not_found' }>;
  /** Sends a message to the client again, now. If a run of it pauses between its tries, that run ends. */
  tell(message: ClientMessage): Promise<void>;
  /** Starts the run that erases a booking marked for erasure. A run that exists already is left alone. */
  erase(bookingId: string): Promise<void>;
  /** The booking as its workflow knows it. Undefined when the workflow did not answer. Never throws. */
  state(bookingId: string): Promise<BookingView | undefined>;
  /** State of the newest run of a booking. Throws when Temporal does not answer. */
  standing(bookingId: string): Promise<RunStanding>;
  /** Never throws. */
  health(): Promise<Health>;
}
