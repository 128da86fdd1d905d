import type { Evidence } from '../../domain/evidence.ts';
import type { BookingEvent } from '../../domain/view.ts';

export interface StoredEvent {
  /** Grows by one per booking, in the order of commit. */
  seq: number;
  event: BookingEvent;
}

export interface StoredTurn {
  role: 'agent' | 'business';
  message: string;
  at_seconds: number;
}

export interface StoredRecording {
  call_id: string;
  /** Path below the artifact folder. */
  path: string;
  content_type: string;
  bytes: number;
}

/** What has come in of calls: evidence, turns, transcripts, recordings, and the ids by which it is known whose it is. */
export interface EventRecords {
  /**
   * Evidence as it arrived; false when this evidence id is already stored. `artifact` is the stored body's path. Word of a wish
   * never to be called again (from a phone call) puts the booking's number on the do-not-call list in the same transaction.
   */
  addEvidence(evidence: Evidence, artifact?: string): Promise<boolean>;
  evidence(bookingId: string): Promise<Evidence[]>;
  eventsAfter(bookingId: string, seq: number, limit: number): Promise<StoredEvent[]>;
  /** One live turn, as the bridge heard it; also becomes an event. */
  addTurn(callId: string, turn: StoredTurn & { index: number; at: string }): Promise<void>;
  /**
   * A transcript of one attempt, once. `of: 'attempt'`: it is the whole talk, and replaces what was kept live. `'conversation'`:
   * the provider's record of one conversation, which may be a part of the talk; what was kept live says more.
   */
  putTranscript(callId: string, turns: StoredTurn[], of: 'attempt' | 'conversation'): Promise<void>;
  /** The turns of the last attempt that has any. */
  transcript(bookingId: string): Promise<{ call_id: string; turns: StoredTurn[] } | undefined>;
  turnsOf(callId: string): Promise<StoredTurn[]>;
  putRecording(recording: StoredRecording): Promise<void>;
  recording(bookingId: string): Promise<StoredRecording | undefined>;
  /** Ties the providers' ids to an attempt as soon as they are known, before the workflow's own write. */
  linkAttempt(
    callId: string,
    ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
  ): Promise<void>;
  findAttempt(ids: {
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<string | undefined>;
  /** A conversation that only its erasure needs to know: nobody looks an attempt up by it. */
  noteConversation(callId: string, conversationId: string): Promise<void>;
  /** Evidence whose attempt is not known yet (its ids may belong to a dial whose answer is lost). */
  addUnclaimed(item: {
    call_sid?: string;
    conversation_id?: string;
    phone?: string;
    at: string;
    evidence: Omit<Evidence, 'call_id'>;
  }): Promise<void>;
  /** Gives an attempt what is kept for these ids: all of it becomes its evidence, in the order of arrival, or none. Throws `UnknownBooking`. */
  claimFor(
    callId: string,
    ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
  ): Promise<Evidence[]>;
  /** Removes and returns what is kept for these ids. */
  claim(ids: {
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<Omit<Evidence, 'call_id'>[]>;
  /** Forgets evidence that nobody has claimed for two days. */
  forgetUnclaimed(): Promise<void>;
}
