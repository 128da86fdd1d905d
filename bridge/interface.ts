import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { BridgeEvidence, ReportEvidence, SimulationResult } from '../domain/evidence.ts';
import type { BookingOrder } from '../domain/order.ts';

/** What the bridge tells the workflow: one call per call event. Rejects when Temporal is out of reach. */
export interface CallReporter {
  report(evidence: BridgeEvidence | ReportEvidence): Promise<{ accepted: boolean; error?: string }>;
}

/** The media plane: Twilio stream <-> agent socket. State of a call lives with its socket. */
export interface Bridge {
  /** Opens the agent's socket while the phone still rings; a failure is reported as `agent_failed`. */
  prepare(callId: string, order: BookingOrder): void;
  /** HTTP upgrade of `/ws/media-stream/{call_id}`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends what is still open for a call whose leg is over. */
  release(callId: string): void;
  /** Calls that it knows, live or not. */
  calls(): string[];
  /** Another bridge, or another stream, has got the call: whoever has an older epoch ends quietly. */
  fence(callId: string, epoch: number): void;
  live(): number;
  /** Live talks get so long to end by themselves, in milliseconds. Resolves to the calls whose streams it ended then. */
  close(graceMs: number): Promise<string[]>;
}

/** Option C: two agent sockets joined to each other, recorded in stereo. */
export interface Duet {
  run(input: { order: BookingOrder; call_id: string; signal?: AbortSignal }): Promise<SimulationResult>;
}
