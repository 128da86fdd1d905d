import type { Evidence } from '../../domain/evidence.ts';
import type { LineAct } from '../../domain/line-acts.ts';
import type { BookingEvent } from '../../domain/view.ts';

export interface StoredEvent {
  /** Grows by one per booking, in the order of commit. */
  seq: number;
  event: BookingEvent;
}

export interface StoredTurn extends LineAct {
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

/** Evidence, turns, transcripts and recordings of calls, and the ids that assign them to attempts. */
export interface EventRecords {
  /**
   * Stores evidence; false when this evidence id is stored already. `artifact` is the path of the stored body. A request never to be called
   * again (from a phone call) puts the booking's number on the do-not-call list in the same transaction.
   */
  addEvidence(evidence: Evidence, artifact?: string): Promise<boolean>;
  evidence(bookingId: string): Promise<Evidence[]>;
  eventsAfter(bookingId: string, seq: number, limit: number): Promise<StoredEvent[]>;
  /** Stores one live turn of the bridge. It also becomes an event. */
  addTurn(callId: string, turn: StoredTurn & { index: number; at: string }): Promise<void>;
  /**
   * Stores the transcript of one attempt, once. `of: 'attempt'`: the whole talk, which replaces the live turns. `'conversation'`: the
   * provider's record of one conversation, which may be a part of the talk; live turns take precedence.
   */
  putTranscript(callId: string, turns: StoredTurn[], of: 'attempt' | 'conversation'): Promise<void>;
  /** Turns of the last attempt that has any. */
  transcript(bookingId: string): Promise<{ call_id: string; turns: StoredTurn[] } | undefined>;
  turnsOf(callId: string): Promise<StoredTurn[]>;
  putRecording(recording: StoredRecording): Promise<void>;
  /** The recording of one call, or of the last attempt that has one. */
  recording(bookingId: string, callId?: string): Promise<StoredRecording | undefined>;
  /** Links the providers' ids to an attempt as soon as they are known, before the workflow's own write. */
  linkAttempt(
    callId: string,
    ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
  ): Promise<void>;
  findAttempt(ids: {
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<string | undefined>;
  /** Stores a conversation for its erasure only: no attempt is found by it. */
  noteConversation(callId: string, conversationId: string): Promise<void>;
  /** Stores evidence without a known attempt (its ids may belong to a dial whose answer is lost). */
  addUnclaimed(item: {
    call_sid?: string;
    conversation_id?: string;
    phone?: string;
    at: string;
    evidence: Omit<Evidence, 'call_id'>;
  }): Promise<void>;
  /**
   * Assigns the evidence that is kept for these ids to an attempt: all of it, in the order of arrival, or none.
   * @throws UnknownBooking
   */
  claimFor(
    callId: string,
    ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
  ): Promise<Evidence[]>;
  /** Removes and returns the evidence that is kept for these ids. */
  claim(ids: {
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<Omit<Evidence, 'call_id'>[]>;
  /** Deletes evidence that was not claimed for two days. */
  forgetUnclaimed(): Promise<void>;
}
