import type { Accounts } from '../domain/accounts.ts';
import type { Media, PhoneChannel } from '../domain/channels.ts';
import type {
  DialOnRecord,
  DialResult,
  Evidence,
  HangUpResult,
  ReconcileResult,
  SimulationResult,
} from '../domain/evidence.ts';
import type { ClientMessage } from '../domain/message.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { BookingSnapshot } from '../domain/view.ts';

/** The lock on a business's number, and for how long from now on. */
export interface LineHold {
  id: string;
  hold_seconds: number;
}

/** To whom a call or a booking belongs: nobody else is asked about it. Absent `accounts`: the booking is older than that record. */
export interface Belongs {
  accounts?: Accounts | undefined;
  sandbox: boolean;
}

/**
 * Which dial it is. Who is rung, for how long, and whether this channel may be used at all is not said here: that is the accepted booking's
 * row, which the engine cannot have invented. Times ISO 8601, UTC.
 */
export interface DialInput {
  call_id: string;
  channel: PhoneChannel;
  /** Numbers of the attempts whose request left, or may have, as far as the workflow knows; this one included. */
  known: number[];
  /** A dial that waited past this moment is skipped as `too_late`. */
  not_after: string;
  /** Written before the request leaves: what the database knows of a call is never behind the call. */
  snapshot: BookingSnapshot;
}

export interface ReconcileInput {
  call_id: string;
  channel: PhoneChannel;
  belongs?: Belongs | undefined;
  phone: string;
  /** The number that it left from, where that is known. */
  caller?: string | undefined;
  /** When the request left. */
  dialed_at: string;
  /** Legs and conversations of this booking that belong to other attempts. */
  known_call_sids: string[];
  known_conversation_ids: string[];
  reconcile_seconds: number;
  /** When the provider's own cap plus a minute has passed: the end of asking. */
  give_up_at: string;
}

/** Reports on a live leg, or on a talk whose result is awaited, as soon as anything differs from what is known. */
export interface WatchInput {
  /** The last look: both providers must have answered, and what they have is all there will be, even if it is nothing. */
  once_more?: true;
  call_id: string;
  channel: PhoneChannel;
  /** Who carries the sound, where the channel alone does not tell. */
  media?: Media | undefined;
  belongs?: Belongs | undefined;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
  known: {
    call_status?: string | undefined;
    conversation_status?: string | undefined;
    /** The talk's words are known to be there, and nobody who knows the order has read them: its record counts though it is known. */
    unread?: true | undefined;
    /** The leg's end is proved: only the conversation is still of interest. */
    leg_ended: boolean;
    answered: boolean;
  };
}

export interface HangUpInput {
  call_id: string;
  belongs?: Belongs | undefined;
  call_sid: string;
  /** `cancel` spares a call that was answered meanwhile; `complete` ends it in any state. */
  mode: 'cancel' | 'complete';
  /** A person is on the line who did nothing to end the call: says a word of goodbye first. */
  goodbye?: { language?: string | undefined } | undefined;
}

export interface SimulateInput {
  order: BookingOrder;
  belongs?: Belongs | undefined;
  call_id: string;
}

/** One attempt whose transcript and recording outlive the call. */
export interface CollectInput {
  booking_id: string;
  belongs?: Belongs | undefined;
  call_id: string;
  channel: PhoneChannel;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
}

/** A booking's end. Safe to repeat. */
export interface ConcludeInput {
  /** With the outcome. */
  snapshot: BookingSnapshot;
  talks: CollectInput[];
  /** ISO 8601, UTC: what is not there by then is left out. */
  collect_until: string;
}

export interface MessageActivities {
  /**
   * Sends one message to the booking's `callback_url`. Fails, to be retried after a while, until it is delivered, the receiver
   * answers 410, or `until` (ISO 8601, UTC) is near.
   */
  tellClient(input: { message: ClientMessage; until: string }): Promise<'delivered' | 'given_up'>;
}

/** Erasing bookings: each is safe to repeat, and is repeated until it has done all of its part. */
export interface ErasureActivities {
  /** Deletes the booking's runs in Temporal, its rows, and its files. */
  forgetBooking(input: { booking_id: string }): Promise<void>;
  /** Has the providers delete the booking's calls and conversations. Fails while one of them still has any. */
  eraseAtProviders(input: { booking_id: string }): Promise<void>;
  finishErasure(input: { booking_id: string }): Promise<void>;
  /**
   * Begins the erasure of bookings that have been final for longer than `retention_days` (null: of none) and returns them, at most
   * `limit`; and those whose erasure was asked for and never started.
   */
  beginDueErasures(input: { retention_days: number | null; limit: number }): Promise<string[]>;
  /** Removes files that no booking knows, and evidence that nobody claims, once they are old enough. */
  tidyUp(): Promise<void>;
}

/** Looking at what has gone out of sight. */
export interface LookActivities {
  /** Holds the database's open bookings and the engine's open runs against each other. Heartbeats; safe to repeat. */
  lookOver(): Promise<void>;
  /**
   * Holds outcomes that came `first_ms` ago (and again a day later) against the providers' lists: one batch of those that are due.
   * While none is due it fails, to be retried when one is. Heartbeats; safe to repeat.
   */
  auditDue(input: { first_ms: number }): Promise<void>;
}

export interface DialActivities {
  /** Rings a phone over any channel. One attempt, never retried. Heartbeats, so that a dead worker is noticed at once. */
  dial(input: DialInput): Promise<DialResult>;
}

/** What runs of earlier builds dial by, one for each channel that there was. Served until 1.0. */
export interface EarlierDialActivities {
  dialNative(input: Omit<DialInput, 'channel'>): Promise<DialResult>;
  dialBridge(input: Omit<DialInput, 'channel'>): Promise<DialResult>;
}

export interface BookingActivities {
  /** Asks both providers until the dial is found, proved absent, or asking must end. Heartbeats; safe to retry. */
  reconcileDial(input: ReconcileInput): Promise<ReconcileResult>;
  /**
   * Asks the providers once. Returns what is new; throws a retryable failure with the next delay when nothing is, so
   * that polling costs no history. The last look (`once_more`) returns nothing then, and fails only while a provider is out of
   * reach or still at work on the talk.
   */
  watchLeg(input: WatchInput): Promise<Evidence[]>;
  hangUp(input: HangUpInput): Promise<HangUpResult>;
  simulate(input: SimulateInput): Promise<SimulationResult>;
  /**
   * Writes the outcome at once; then transcripts and recordings, which come later: until all are there, or their time is
   * over, it fails and is retried.
   */
  conclude(input: ConcludeInput): Promise<void>;
  /** Tells the operators about a thing that will not mend itself. */
  alarm(input: { booking_id: string; kind: string; message: string }): Promise<void>;
}

/** Run as local activities: each is one short write to the database. */
export interface RecordActivities {
  /** Writes the read model; older versions than the stored one change nothing. */
  saveSnapshot(snapshot: BookingSnapshot): Promise<void>;
  /**
   * Takes the lock on a business's number for `hold_seconds`; while another booking has it, this one is entered among the waiters and
   * signalled `lineHanded` when it is its turn. `of_key`: lines that its API key holds now. Safe to repeat.
   */
  takeLine(input: {
    booking_id: string;
    line: LineHold;
  }): Promise<{ taken: boolean; of_key: number; over?: boolean | undefined }>;
  /** `asked_at` (ISO 8601, UTC): a line that was taken later stays. */
  releaseLine(input: { booking_id: string; line_id: string; asked_at: string }): Promise<void>;
  /** Puts the number on the do-not-call list; once for each call in which that was asked for, so that a lifting stands. */
  forbidNumber(input: { booking_id: string; call_id: string; phone: string }): Promise<void>;
  /** The reports and conversations on record of an attempt, with what is kept for its ids and nobody has claimed. */
  heardSoFar(input: {
    call_id: string;
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<Evidence[]>;
  /** Every dial of the booking that ever left, whichever run asked for it, and what is on record of them. */
  recall(input: { booking_id: string }): Promise<{ dials: DialOnRecord[]; evidence: Evidence[] }>;
}
