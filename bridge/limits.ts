import type { EconomyMode } from './economy.ts';

/** Bounds of the media plane. Times in milliseconds, sizes in bytes. */
export interface BridgeLimits {
  /** From the upgrade to a believed `start`. */
  startMs: number;
  /** Streams whose token is not checked yet, at one time. */
  waitingStreams: number;
  /** Of one call: who knows a call's id must not keep the others out. */
  waitingPerCall: number;
  /** Streams that one call may have, one after the other. */
  streamsPerCall: number;
  /** Whether the agent's socket is opened while the phone rings, and how long after the ring time it is kept. */
  warmAgent: boolean;
  warmExtraMs: number;
  /** For the signed URL and the handshake together; then from the init message to the metadata event. */
  agentConnectMs: number;
  agentReadyMs: number;
  /** The callee's audio kept while the agent is not ready; older audio is dropped. */
  earlyAudioMs: number;
  /** How much agent audio may wait at Twilio to be played. */
  playoutAheadMs: number;
  /** What may wait in a socket that does not take it; more is dropped. */
  twilioBufferBytes: number;
  agentBufferBytes: number;
  /** Whether frames are sent two at a time. */
  economy: EconomyMode;
  /** Beyond the play-out clock, how long the goodbye's mark is awaited; and the most in any case. */
  goodbyeMs: number;
  goodbyeMaxMs: number;
  /** How long Twilio's answer to the hang-up is awaited before the stream is closed as well. */
  endCallMs: number;
  /** How long a call without a stream is kept for a new one. */
  resumeMs: number;
  /** How long a call whose talk is over is remembered, so that no late stream starts it again. */
  doneMs: number;
  /** How often sockets are asked whether they live; one that said nothing for two rounds is ended. */
  heartbeatMs: number;
  /** Frames of one peer between two heartbeats. */
  framesPerHeartbeat: number;
  /** How long the workflow may take to accept a report before the agent is told to try again. */
  toolMs: number;
  /** How long events are offered again to a Temporal that is out of reach. */
  reportRetryMs: number;
}

export const DEFAULT_LIMITS: BridgeLimits = {
  startMs: 5000,
  waitingStreams: 200,
  waitingPerCall: 20,
  streamsPerCall: 6,
  warmAgent: true,
  warmExtraMs: 10_000,
  agentConnectMs: 10_000,
  agentReadyMs: 10_000,
  earlyAudioMs: 3000,
  playoutAheadMs: 120_000,
  twilioBufferBytes: 256 * 1024,
  agentBufferBytes: 64 * 1024,
  economy: 'auto',
  goodbyeMs: 2500,
  goodbyeMaxMs: 30_000,
  endCallMs: 3000,
  resumeMs: 60_000,
  doneMs: 600_000,
  heartbeatMs: 10_000,
  framesPerHeartbeat: 10_000,
  toolMs: 5000,
  reportRetryMs: 300_000,
};
