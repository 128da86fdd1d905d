import type { Accounts } from '../domain/accounts.ts';
import type { AlarmKind } from '../domain/alarm-kinds.ts';
import type { Media, PhoneChannel } from '../domain/channels.ts';
import type {
  DialOnRecord,
  DialResult,
  Evidence,
  HangUpResult,
  ReconcileResult,
  SimulationResult,
} from '../domain/evidence.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import type { ClientMessage } from '../domain/message.ts';
import type { BookingOrder, BookingSettings } from '../domain/order.ts';
import type { Asking, Ending, Openings, Recorded } from '../domain/shortlist/state.ts';
import type { ShortlistEvent, ShortlistProgress } from '../domain/shortlist/view.ts';
import type { BookingSnapshot } from '../domain/view.ts';

/** The lock on a business's number, and its duration from now. */
export interface LineHold {
  id: string;
  hold_seconds: number;
}

/** Mode and accounts of a call or a booking. Processes with others leave it alone. Absent `accounts`: older than that record. */
export interface Belongs {
  accounts?: Accounts | undefined;
  sandbox: boolean;
}

/**
 * Identifies a dial. Number, ring time and permission to use the channel are not part of it: they come from the accepted booking's row,
 * which nobody can forge through Temporal. Times are ISO 8601, UTC.
 */
export interface DialInput {
  call_id: string;
  channel: PhoneChannel;
  /** Numbers of all attempts whose request left or may have left, as far as the workflow knows, including this one. */
  known: number[];
  /** A dial that waits longer than this is skipped as `too_late`. */
  not_after: string;
  /** Written before the request leaves, so that the database never knows less than the provider does. */
  snapshot: BookingSnapshot;
}

export interface ReconcileInput {
  call_id: string;
  channel: PhoneChannel;
  belongs?: Belongs | undefined;
  phone: string;
  /** The number that the call came from, if known. */
  caller?: string | undefined;
  /** Time of the workflow's decision to dial. The request left at this time or later. */
  dialed_at: string;
  /** Legs and conversations of this booking's other attempts. */
  known_call_sids: string[];
  known_conversation_ids: string[];
  reconcile_seconds: number;
  /** One minute after the provider's cap. Reconciliation ends then. */
  give_up_at: string;
}

/** Waits for changes of a live leg, or of a talk whose result is missing. Returns as soon as anything differs from the known state. */
export interface WatchInput {
  /** The last look: both providers must answer, and their answers are final, even if they have nothing. */
  once_more?: true;
  call_id: string;
  channel: PhoneChannel;
  /** The side that carries the audio, where the channel alone does not decide it. */
  media?: Media | undefined;
  belongs?: Belongs | undefined;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
  /** The cap of a call of the business; absent: the call is ours, and has its cap from its dial. */
  max_call_seconds?: number | undefined;
  known: {
    call_status?: string | undefined;
    conversation_status?: string | undefined;
    /** The transcript exists, but was not read in the light of the order: the conversation's record counts although it is known. */
    unread?: true | undefined;
    /** The leg's end is proved: only the conversation still matters. */
    leg_ended: boolean;
    answered: boolean;
    /** The agent waits on hold. */
    on_hold?: true | undefined;
  };
}

export interface HangUpInput {
  call_id: string;
  belongs?: Belongs | undefined;
  call_sid: string;
  /** `cancel` leaves an answered call alone; `complete` ends a call in any state. */
  mode: 'cancel' | 'complete';
  /** Speaks a goodbye before it hangs up, for a person who did not cause the end. */
  goodbye?: { language?: string | undefined } | undefined;
}

export interface SimulateInput {
  order: BookingOrder;
  belongs?: Belongs | undefined;
  call_id: string;
}

/** One attempt whose transcript and recording are stored. */
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
  /** The snapshot contains the outcome. */
  snapshot: BookingSnapshot;
  talks: CollectInput[];
  /** ISO 8601, UTC. Parts that are missing then are left out. */
  collect_until: string;
}

export interface MessageActivities {
  /**
   * Sends one message to the booking's `callback_url`. Fails, and is retried after a pause, until it is delivered, the receiver answers
   * 410, or `until` (ISO 8601, UTC) is near.
   */
  tellClient(input: { message: ClientMessage; until: string }): Promise<'delivered' | 'given_up'>;
}

/** A call of the business after the booking's outcome, and everything that its run needs. */
export interface FollowUpBegun {
  order: BookingOrder;
  settings: BookingSettings;
  /** When the business called; ISO 8601, UTC. */
  at: string;
  /** Recorded evidence of the call. */
  evidence: Evidence[];
}

/** Activities of a follow-up. Each is safe to repeat. */
export interface FollowUpActivities {
  /** Notes the call beside the outcome. Undefined: there is no such call, or its booking is erased. */
  beginFollowUp(input: { call_id: string }): Promise<FollowUpBegun | undefined>;
  /** Writes the result, releases the line, and notifies the client. */
  concludeFollowUp(input: {
    call_id: string;
    line_id: string;
    /** Evidence that was polled and is not recorded yet. */
    heard: Evidence[];
    follow_up: FollowUp;
  }): Promise<void>;
  /** Stores transcript and recording, as `conclude` does. */
  collectFollowUp(input: { call_id: string } & Pick<ConcludeInput, 'talks' | 'collect_until'>): Promise<void>;
}

/** Activities of an erasure. Each is safe to repeat, and is repeated until its part is done. */
export interface ErasureActivities {
  /** Deletes the booking's runs in Temporal, its rows, and its files. */
  forgetBooking(input: { booking_id: string }): Promise<void>;
  /** Deletes the booking's calls and conversations at the providers. Fails while one of them still has any. */
  eraseAtProviders(input: { booking_id: string }): Promise<void>;
  finishErasure(input: { booking_id: string }): Promise<void>;
  /**
   * Begins the erasure of bookings that have been final for longer than `retention_days` (null: of no booking). Returns them, at most
   * `limit`, together with erasures that were requested but never started.
   */
  beginDueErasures(input: { retention_days: number | null; limit: number }): Promise<string[]>;
  /** Removes old files without a booking, and old evidence without a call. */
  tidyUp(): Promise<void>;
}

/** Comparisons that find lost runs and wrong outcomes. */
export interface LookActivities {
  /** Compares the database's open bookings with Temporal's open runs. Heartbeats; safe to repeat. */
  lookOver(): Promise<void>;
  /**
   * Compares outcomes with the providers' lists `first_ms` after they came, and again a day later: one batch of those that are due. While
   * none is due it fails, and is retried when one is. Heartbeats; safe to repeat.
   */
  auditDue(input: { first_ms: number }): Promise<void>;
}

export interface DialActivities {
  /** Places a call on any channel. One attempt, never retried. Heartbeats, so that a dead worker is noticed at once. */
  dial(input: DialInput): Promise<DialResult>;
}

/** Names of the dial in runs of earlier builds, one for each earlier channel. Served until 1.0. */
export interface EarlierDialActivities {
  dialNative(input: Omit<DialInput, 'channel'>): Promise<DialResult>;
  dialBridge(input: Omit<DialInput, 'channel'>): Promise<DialResult>;
}

export interface BookingActivities {
  /** Asks both providers until the dial is found, is proved absent, or the time is over. Heartbeats; safe to retry. */
  reconcileDial(input: ReconcileInput): Promise<ReconcileResult>;
  /**
   * Asks the providers once and returns new evidence. Without any it throws a retryable failure with the next delay, so that polling costs
   * no history. The last look (`once_more`) returns an empty list instead, and fails only while a provider is unreachable or still
   * processes the talk.
   */
  watchLeg(input: WatchInput): Promise<Evidence[]>;
  hangUp(input: HangUpInput): Promise<HangUpResult>;
  simulate(input: SimulateInput): Promise<SimulationResult>;
  /**
   * Writes the outcome at once, then stores transcripts and recordings, which appear later: until all are there or their time is over, it
   * fails and is retried.
   */
  conclude(input: ConcludeInput): Promise<void>;
  /** Notifies the operators of a fault that somebody must repair. */
  alarm(input: { booking_id: string; kind: AlarmKind; message: string }): Promise<void>;
}

/** Activities of a shortlist. Each is safe to repeat. Nothing personal passes through them: it stays in the records. */
export interface ShortlistActivities {
  /** When each candidate may be called next. */
  candidateHours(input: { id: string }): Promise<Openings>;
  /**
   * Places the booking of a candidate; the same candidate and turn are one booking. `overtaken`: the records know of another booking that is
   * open or may be an appointment, or of a cancel.
   */
  placeCandidate(input: {
    id: string;
    candidate: number;
    as: Asking;
    turn: number;
  }): Promise<
    { how: 'placed'; booking_id: string } | { how: 'refused'; result: 'error' | 'expired' } | { how: 'overtaken' }
  >;
  /** The knowledge of the records about the shortlist. Drops bookings that were never started. */
  recallShortlist(input: { id: string }): Promise<Recorded>;
  /** Undefined: the booking has no outcome yet. A review counts in place of `needs_review`. */
  candidateEnding(input: { booking_id: string }): Promise<Ending | undefined>;
  /** Asks for the cancel of a booking; its outcome comes later. */
  cancelCandidate(input: { booking_id: string }): Promise<void>;
  /** Writes the progress, and with the outcome its proof and the client's message. */
  saveShortlist(input: {
    id: string;
    version: number;
    progress: ShortlistProgress;
    events: ShortlistEvent[];
  }): Promise<void>;
  /** Sends the message about the outcome, as `tellClient` does. */
  tellShortlistClient(input: { id: string; until: string }): Promise<'delivered' | 'given_up'>;
}

/** Run as local activities: each is one short write to the database. */
export interface RecordActivities {
  /** Writes the read model. A version older than the stored one changes nothing. */
  saveSnapshot(snapshot: BookingSnapshot): Promise<void>;
  /**
   * Takes the lock on a business's number for `hold_seconds`, with the places of the next call. While another booking holds the number, or no
   * place is free, this booking becomes a waiter and is signaled `lineHanded` at its turn. `of_key`: number of lines that its API key holds
   * now. Safe to repeat. `next`: absent in workflows of earlier builds, whose dials take their places themselves.
   */
  takeLine(input: {
    booking_id: string;
    line: LineHold;
    next?: { call_id: string; channel: PhoneChannel; batch?: string | undefined } | undefined;
  }): Promise<{
    taken: boolean;
    of_key: number;
    over?: boolean | undefined;
    waits_for?: 'number' | 'place' | 'dialing' | undefined;
  }>;
  /** `asked_at` (ISO 8601, UTC): a line that was taken later stays. */
  releaseLine(input: { booking_id: string; line_id: string; asked_at: string }): Promise<void>;
  /** Adds the number to the do-not-call list, once for each call with such a request, so that a removal stands. */
  forbidNumber(input: { booking_id: string; call_id: string; phone: string }): Promise<void>;
  /** Recorded reports and conversations of an attempt, including unclaimed ones for its ids. */
  heardSoFar(input: {
    call_id: string;
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<Evidence[]>;
  /** Every dial of the booking that ever left, from any run, and the recorded evidence of those dials. */
  recall(input: { booking_id: string }): Promise<{ dials: DialOnRecord[]; evidence: Evidence[] }>;
}
