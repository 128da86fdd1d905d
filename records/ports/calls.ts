import type { Accounts } from '../../domain/accounts.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { DialOnRecord } from '../../domain/evidence.ts';

/** Calls: the dials that left, which may be live, and the bridges that carry their sound. */
export interface CallRecords {
  /**
   * The last step before a dial's request leaves: writes it down, on disk when this resolves, in one transaction with the look at what
   * forbids it. `known`: numbers of the attempts that left, or may have, as far as the workflow knows. `dialed`: the database has dials of this booking that the
   * workflow cannot know of, or this very one; nothing was written. `not_on_record`: no such booking, or its outcome stands, or it is being
   * erased. Throws when the database cannot be used: then nothing may leave.
   */
  claimDial(dial: {
    call_id: string;
    run_id: string;
    channel: PhoneChannel;
    caller: string | null;
    /** ISO 8601, UTC. */
    at: string;
    known: readonly number[];
    /** Hashes by which the number may stand in the do-not-call list. */
    phone_hashes: readonly string[];
  }): Promise<
    { how: 'claimed' } | { how: 'dialed'; dials: DialOnRecord[] } | { how: 'forbidden' } | { how: 'not_on_record' }
  >;
  /** Takes back a claim whose request did not leave after all. */
  unclaimDial(callId: string, runId: string): Promise<void>;
  /** The dials of a booking, in their order. */
  dialsOf(bookingId: string): Promise<DialOnRecord[]>;
  /** The legs of open bookings that may ring or talk, as far as is known here; one that Twilio has not named yet is not among them. */
  liveLegs(): Promise<
    { call_id: string; booking_id: string; call_sid: string; accounts: Accounts | undefined; sandbox: boolean }[]
  >;
  /** The call's leg has ended. */
  callOver(callId: string): Promise<void>;
  /**
   * Stream tokens: `take` succeeds once per token, before it expires, for the CallSid it was issued to, unless a stream has
   * come with a newer one. It gives the call's epoch, which grows with each stream: who has an older one has lost the call.
   */
  issueStreamToken(token: { hash: string; call_id: string; call_sid: string; expires_at: string }): Promise<void>;
  takeStreamToken(hash: string, callId: string, callSid: string, now: string): Promise<number | undefined>;
  /** Of the newest stream that was let in; 0 without one. */
  streamEpoch(callId: string): Promise<number>;
  /**
   * A bridge process says that it is there, with the calls it knows; it hears which calls it is to host, and how each of its
   * own stands: whether its leg is over, and the epoch of its newest stream.
   */
  beatBridge(bridge: {
    id: string;
    url: string;
    live: number;
    draining: boolean;
    now: string;
    calls: string[];
  }): Promise<{ prepare: string[]; calls: { call_id: string; over: boolean; epoch: number }[] }>;
  leaveBridge(id: string): Promise<void>;
  /** Some bridge process could host a call now. */
  hasBridge(now: string): Promise<boolean>;
  /**
   * The bridge process for a call's next stream: the one that hosts it, or, where it has none or `again` says that it lost
   * the stream, the best one there is. `here`: the caller's own bridge, which it tells itself. `is_new`: it has not been this call's until
   * now, and the call goes on. Undefined: there is none.
   */
  hostCall(call: {
    call_id: string;
    now: string;
    again: boolean;
    here?: string | undefined;
  }): Promise<{ bridge_id: string; url: string; is_new: boolean } | undefined>;
  /** The callee has heard the agent's first words, and with them the disclosure, to their end. */
  keepOpening(callId: string): Promise<void>;
  openingHeard(callId: string): Promise<boolean>;
}
