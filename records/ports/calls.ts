import type { Accounts } from '../../domain/accounts.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { DialOnRecord, Evidence } from '../../domain/evidence.ts';

/** Calls: dials that left, legs that may be live, and bridges that host them. */
export interface CallRecords {
  /**
   * The last step before a dial's request leaves: stores the dial, on disk when this resolves, and checks in the same transaction for
   * obstacles. `known`: numbers of the attempts that left, or may have left, as far as the workflow knows. `dialed`: the database has dials
   * of this booking that the workflow cannot know, or this very one; nothing was stored. `not_on_record`: no such booking, or it has its
   * outcome, or it is being erased. `rung_back`: the business called meanwhile, and its call was given to this booking, with this evidence; `line_lost`: to another
   * one. `held`: dialing is held. Rejects when the database cannot be used: then no dial may leave.
   */
  claimDial(dial: {
    call_id: string;
    run_id: string;
    channel: PhoneChannel;
    caller: string | null;
    /** ISO 8601, UTC. */
    at: string;
    known: readonly number[];
    /** Hashes under which the number may be in the do-not-call list. */
    phone_hashes: readonly string[];
    /** The number's line. Undefined: nobody asks whether the booking still holds it. */
    line_id?: string | undefined;
  }): Promise<
    | { how: 'claimed' }
    | { how: 'dialed'; dials: DialOnRecord[] }
    | { how: 'rung_back'; inbound: Evidence[] }
    | { how: 'line_lost' }
    | { how: 'held' }
    | { how: 'forbidden' }
    | { how: 'not_on_record' }
  >;
  /** Removes a claim whose request did not leave after all. */
  unclaimDial(callId: string, runId: string): Promise<void>;
  /** Dials of a booking, in their order. */
  dialsOf(bookingId: string): Promise<DialOnRecord[]>;
  /**
   * Legs that may ring or talk, as far as is known here, without those that have no id at Twilio yet. A `follow_up`, a call of the business
   * after the outcome, counts until its report is settled, which is later than its end.
   */
  liveLegs(): Promise<
    {
      call_id: string;
      booking_id: string;
      call_sid: string;
      follow_up: boolean;
      accounts: Accounts | undefined;
      sandbox: boolean;
    }[]
  >;
  /** Stores that the call's leg has ended. */
  callOver(callId: string): Promise<void>;
  /**
   * Stream tokens. `take` succeeds once per token, before it expires, for the CallSid of its issue, unless a stream with a newer token has
   * come. It returns the call's epoch, which grows with each stream: a bridge with an older epoch has lost the call.
   */
  issueStreamToken(token: { hash: string; call_id: string; call_sid: string; expires_at: string }): Promise<void>;
  takeStreamToken(hash: string, callId: string, callSid: string, now: string): Promise<number | undefined>;
  /** Epoch of the newest admitted stream; 0 without one. */
  streamEpoch(callId: string): Promise<number>;
  /**
   * Beat of a bridge process with the calls it knows. Returns the calls that it is to host, and for each call that it knows whether the
   * leg is over, and the epoch of the newest stream.
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
  /** True when a bridge process could host a call now. */
  hasBridge(now: string): Promise<boolean>;
  /**
   * The bridge process for a call's next stream: the current host or, without one or with `again` (it lost the stream), the best available
   * one. `here`: the caller's own bridge, which needs no notice through the database. `is_new`: it becomes the host of a call that
   * continues. Undefined: there is no bridge.
   */
  hostCall(call: {
    call_id: string;
    now: string;
    again: boolean;
    here?: string | undefined;
  }): Promise<{ bridge_id: string; url: string; is_new: boolean } | undefined>;
  /** Stores that the callee has heard the agent's first words, and with them the disclosure, to their end. */
  keepOpening(callId: string): Promise<void>;
  openingHeard(callId: string): Promise<boolean>;
}
