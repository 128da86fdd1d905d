import type { ElevenLabsAgents } from '../providers/interface.ts';
import type { Artifacts } from '../records/interface.ts';
import type { EventRecords } from '../records/ports/events.ts';
import type { Clock } from './clock.ts';
import type { BridgeLog } from './log.ts';

/** Bounds of a duet, in milliseconds. */
export interface DuetLimits {
  /** Longest time from the receptionist's first word to the end. */
  capMs: number;
  /** Silence of both sides after which the duet ends. */
  idleMs: number;
  /** Time from the report to the end, unless the caller hangs up before. */
  afterReportMs: number;
  /** Time that the caller waits for the receptionist's greeting to begin, and to end. */
  greetingStartMs: number;
  greetingEndMs: number;
  /** Time for which one side is still heard after the other hung up. */
  hangUpMs: number;
  agentConnectMs: number;
  agentReadyMs: number;
}

export interface DuetDeps {
  records: Pick<EventRecords, 'addTurn' | 'putTranscript' | 'putRecording' | 'noteConversation'>;
  artifacts: Pick<Artifacts, 'create'>;
  agents: Pick<ElevenLabsAgents, 'signedUrl' | 'conversationInit' | 'receptionistInit'>;
  /** Agent id of the caller. */
  agentId: string;
  /** Agent id of the receptionist; undefined: the caller agent with a receptionist's prompt. */
  receptionistAgentId?: string | undefined;
  log: BridgeLog;
  /** Records the duet; default true. */
  recording?: boolean;
  limits?: Partial<DuetLimits>;
  clock?: Clock;
}
