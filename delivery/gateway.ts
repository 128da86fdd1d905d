import type { Evidence } from '../domain/evidence.ts';
import type { RunStanding } from '../domain/lost-run.ts';
import type { ClientMessage } from '../domain/message.ts';
import type { BookingInput } from '../domain/order.ts';
import type { BookingView } from '../domain/view.ts';

export type SignalName = 'reportResult' | 'callStatus' | 'postCall' | 'bridgeEvent';

/** Temporal could not be asked or did not answer in time: nothing is known of what it did. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The same of the database, for something that only it knows; the message names what could not be asked. */
export class RecordsUnavailable extends Unavailable {}

/** The engine, as far as what comes in over HTTP or from a call needs it. Everything answers within seconds or throws `Unavailable`. */
export interface BookingGateway {
  /** Starts the booking's workflow; one that exists already, running or closed, counts as started. */
  start(input: BookingInput): Promise<void>;
  /** Tells the workflow of the evidence's booking; `closed`: it is over, or the engine has forgotten it. */
  signal(name: SignalName, evidence: Evidence): Promise<'delivered' | 'closed'>;
  /** `accepted` without a view: no worker answered, and the wish is kept until one is there. */
  cancel(
    bookingId: string,
  ): Promise<{ answer: 'accepted'; view?: BookingView | undefined } | { answer: 'final' | 'not_found' }>;
  /** Sends a message to the client again, now: a run of it that pauses between its tries ends for this one. */
  tell(message: ClientMessage): Promise<void>;
  /** Starts the run that erases a booking whose erasure has begun; one that is under way is left alone. */
  erase(bookingId: string): Promise<void>;
  /** The booking as its workflow knows it; undefined when it could not be asked. Never throws. */
  state(bookingId: string): Promise<BookingView | undefined>;
  /** How the newest run of a booking stands; throws when the engine does not say. */
  standing(bookingId: string): Promise<RunStanding>;
  /** Never throws. */
  health(): Promise<{ temporal: boolean; worker: boolean }>;
}
