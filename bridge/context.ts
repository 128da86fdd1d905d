import type { IncomingMessage } from 'node:http';
import type { ElevenLabsAgents } from '../providers/interface.ts';
import type { Artifacts } from '../records/interface.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { CallRecords } from '../records/ports/calls.ts';
import type { EventRecords } from '../records/ports/events.ts';
import type { Clock } from './clock.ts';
import type { BridgeCounters } from './counters.ts';
import type { EventReporter } from './event-reporter.ts';
import type { FirstSpeaker } from './first-words.ts';
import type { FrameBatcher } from './frame-batcher.ts';
import type { CallReporter } from './interface.ts';
import type { BridgeLimits } from './limits.ts';
import type { BridgeLog } from './log.ts';

/** Check of Twilio's signature on a stream's upgrade. Always computed; enforced only in mode `require`. */
interface StreamSignature {
  mode: 'log' | 'require';
  /** `matched`: the spelling of the URL that fits the signature. */
  verify(request: IncomingMessage): { ok: boolean; matched?: string | undefined };
}

type BridgeRecords = Pick<BookingRecords, 'booking'> &
  Pick<CallRecords, 'takeStreamToken' | 'streamEpoch' | 'keepOpening' | 'openingHeard'> &
  Pick<EventRecords, 'addTurn' | 'turnsOf' | 'putRecording' | 'recording' | 'linkAttempt'>;

export interface BridgeDeps {
  records: BridgeRecords;
  artifacts: Pick<Artifacts, 'create' | 'extend'>;
  reporter: CallReporter;
  agents: Pick<ElevenLabsAgents, 'signedUrl' | 'conversationInit'>;
  /** The caller agent. */
  agentId: string;
  /** Ends the phone call through Twilio. Succeeds for a call that has ended already. */
  endCall(callSid: string): Promise<void>;
  signature: StreamSignature;
  log: BridgeLog;
  /** Records both directions as a stereo WAV; default true. */
  recording?: boolean;
  /** True when the agent permits an override of its first message, by the start-up check; default false. */
  firstMessageOverride?: boolean;
  /** `callee`: the agent lets it say hello first; default `agent`. */
  firstWords?: FirstSpeaker;
  limits?: Partial<BridgeLimits>;
  clock?: Clock;
}

/** Shared by all calls of one bridge. */
export interface BridgeContext
  extends Pick<BridgeDeps, 'records' | 'artifacts' | 'agents' | 'agentId' | 'endCall' | 'log'> {
  events: EventReporter;
  frameBatching: FrameBatcher;
  counters: BridgeCounters;
  limits: BridgeLimits;
  clock: Clock;
  recording: boolean;
  firstMessageOverride: boolean;
  firstWords: FirstSpeaker;
}
