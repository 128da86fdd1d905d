import type { Accounts } from '../../domain/accounts.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { InboundEvidence } from '../../domain/evidence.ts';
import type { FollowUp } from '../../domain/follow-up.ts';
import type { StoredBooking } from './bookings.ts';
import type { LineHanded } from './places.ts';

/** A call to our number. Times are ISO 8601, UTC. */
export interface InboundCall {
  call_sid: string;
  /** All hashes under which the caller's number may be stored, and the number in a form that names nobody. */
  phone_hashes: readonly string[];
  phone_masked: string;
  line_id: string;
  channel: PhoneChannel;
  at: string;
  /** Bookings that rang the number since then are asked for. */
  since: string;
  /** Whether this process may act for bookings of these accounts. */
  mayAct(accounts: Accounts | undefined, sandbox: boolean): boolean;
  /** The id that a stranger's talk gets; undefined: a stranger gets no talk. */
  stranger_call_id?: string | undefined;
}

/**
 * Whose call it is. `known`: this CallSid was given away before, at `at`, and nothing was changed.
 * - `talk`: a booking's. `follow_up`: the booking has its outcome. `outbound`: a leg of ours to the same number may be alive: it `rings`,
 * or somebody `talks` in it.
 * - `engaged`: another caller of the number talks to us.
 * - `stranger`: nobody's.
 */
export type InboundTaken = { known: boolean; at: string } & (
  | {
      is: 'talk';
      call_id: string;
      booking: StoredBooking;
      follow_up: boolean;
      evidence: InboundEvidence;
      outbound: 'rings' | 'talks' | undefined;
    }
  | { is: 'engaged' }
  | { is: 'stranger'; call_id: string | undefined }
);

/** Calls of businesses to our number. */
export interface InboundRecords {
  /**
   * Gives a call to the newest booking that rang its caller's number, or to the one that rings it now. In one transaction with the number's
   * line and with the evidence of the call: from then on no dial to the number can be claimed until the call is over.
   */
  takeInbound(call: InboundCall): Promise<InboundTaken>;
  /** The stranger of a talk; undefined: there is none of this id. */
  strangerOf(
    callId: string,
  ): Promise<{ call_sid: string; phone_hash: string; phone_masked: string; at: string } | undefined>;
  /** A call that was given to a booking; undefined: there is none of this id. */
  inboundCall(
    callId: string,
  ): Promise<
    { call_id: string; call_sid: string; booking_id: string; follow_up: boolean; over: boolean; at: string } | undefined
  >;
  /** Ids of the calls of the business that were given to a booking. */
  callsToUs(bookingId: string): Promise<string[]>;
  /** The call is over: the number is free for others. Returns the bookings that may dial now. */
  inboundOver(callId: string, lineId: string): Promise<LineHanded[]>;
  /** Notes a call after the outcome, or what came of it. Returns false when it is noted so already, or the booking is gone. */
  noteFollowUp(bookingId: string, followUp: FollowUp): Promise<boolean>;
}
