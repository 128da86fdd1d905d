import type { Channel } from '../../domain/channels.ts';
import type { RejectingSip } from '../../domain/rejecting-sip.ts';
import type { Usage } from '../../domain/usage.ts';

/** How calls from our numbers fare. Evidence of a rejected call is counted when it is stored, each call once. */
/** Sums of the calls from one of our numbers on one channel, of bookings that have their outcome. */
export interface CallUsage extends Usage {
  /** Undefined: calls of businesses to us, and simulations. */
  caller: string | undefined;
  channel: Channel;
  /** Calls that a provider took. */
  calls: number;
  /** Answered, and over in less than six seconds. */
  short: number;
}

export interface CallerRecords {
  /** Sums by number and channel, since the first one. They outlast the erasure of bookings. */
  callUsage(): Promise<CallUsage[]>;
  /**
   * The last calls from the number that this call came from, at most `limit`, the newest first: whether each was rejected. Undefined: the
   * number is not on record.
   */
  callsBeside(callId: string, limit: number): Promise<{ caller: string; rejected: boolean[] } | undefined>;
  /** Rejected calls by number and SIP answer, since the first one. They outlast the erasure of bookings. */
  rejectedCalls(): Promise<{ caller: string; sip: RejectingSip; count: number }[]>;
  /** True for one caller of this method in `pause_ms`, over all processes: the one who raises the alarm about the number. */
  takeCallerAlarm(caller: string, now_ms: number, pause_ms: number): Promise<boolean>;
}
