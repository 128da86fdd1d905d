import type { BatchingMode } from './frame-batcher.ts';

/** Bounds of the media plane. Times in milliseconds, sizes in bytes. */
export interface BridgeLimits {
  /** From the upgrade to a `start` with a valid token. */
  startMs: number;
  /** Maximum of concurrent streams whose token is not checked yet. */
  waitingStreams: number;
  /** The same for one call: somebody who knows a call's id must not block other calls. */
  waitingPerCall: number;
  /** Maximum of streams of one call, one after the other. */
  streamsPerCall: number;
  /** Opens the agent's socket while the phone rings; time that it is kept after the ring time. */
  warmAgent: boolean;
  warmExtraMs: number;
  /** For the signed URL together with the handshake; then from the init message to the metadata event. */
  agentConnectMs: number;
  agentReadyMs: number;
  /** Audio of the callee that is kept until the agent is ready; older audio is dropped. */
  earlyAudioMs: number;
  /** Longest wait of the agent for the callee's hello, from the answer on, where the callee speaks first. */
  helloMs: number;
  /** Maximum of agent audio that waits at Twilio to be played. */
  playoutAheadMs: number;
  /** Maximum that waits in a socket that does not take it; more is dropped. */
  twilioBufferBytes: number;
  agentBufferBytes: number;
  /** Sends frames two at a time. */
  frameBatching: BatchingMode;
  /** Time for the goodbye's mark beyond the play-out clock; and the maximum in any case. */
  goodbyeMs: number;
  goodbyeMaxMs: number;
  /** Time for Twilio's answer to the hang-up before the stream is closed as well. */
  endCallMs: number;
  /** Time that a call without a stream waits for a new one. */
  resumeMs: number;
  /** Time that a call is remembered after its talk, so that no late stream starts it again. */
  doneMs: number;
  /** Interval of pings. A socket that is silent for two of them is closed. */
  heartbeatMs: number;
  /** Maximum of frames from one peer between two heartbeats. */
  framesPerHeartbeat: number;
  /** Time for the workflow to accept a report before the agent is asked to try again. */
  toolMs: number;
  /** Time for which events are retried while Temporal is unreachable. */
  reportRetryMs: number;
  /** Longest wait on hold. */
  holdMs: number;
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
  helloMs: 1500,
  playoutAheadMs: 120_000,
  twilioBufferBytes: 256 * 1024,
  agentBufferBytes: 64 * 1024,
  frameBatching: 'auto',
  goodbyeMs: 2500,
  goodbyeMaxMs: 30_000,
  endCallMs: 3000,
  resumeMs: 60_000,
  doneMs: 600_000,
  heartbeatMs: 10_000,
  framesPerHeartbeat: 10_000,
  toolMs: 5000,
  reportRetryMs: 300_000,
  holdMs: 180_000,
};
