import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CallOrder } from '../domain/call-order.ts';
import type { BridgeEvidence, ReportEvidence, SimulationResult } from '../domain/evidence.ts';
import type { BookingOrder } from '../domain/order.ts';

/** Reports call events to the workflow, one call per event. Rejects when Temporal is unreachable. */
export interface CallReporter {
  report(evidence: BridgeEvidence | ReportEvidence): Promise<{ accepted: boolean; error?: string }>;
}

/** The media plane: joins Twilio streams to agent sockets. All state of a call belongs to its socket. */
export interface Bridge {
  /** Opens the agent's socket while the phone still rings. Reports a failure as `agent_failed`. */
  prepare(callId: string, order: CallOrder): void;
  /** Takes an HTTP upgrade of `/ws/media-stream/{call_id}`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes everything that is open for a call whose leg is over. */
  release(callId: string): void;
  /** Ids of the known calls, live or not. */
  calls(): string[];
  /** Another bridge or another stream has taken over the call: a stream with an older epoch ends silently. */
  fence(callId: string, epoch: number): void;
  live(): number;
  /**
   * Ends all streams, after at most `graceMs` milliseconds for live talks to end by themselves. Resolves to the calls whose streams it
   * ended.
   */
  close(graceMs: number): Promise<string[]>;
}

/** Option C: two agent sockets joined to each other, recorded in stereo. */
export interface Duet {
  run(input: { order: BookingOrder; call_id: string; signal?: AbortSignal }): Promise<SimulationResult>;
}
