import type { ElevenLabsAgents } from '../providers/interface.ts';
import type { Artifacts } from '../records/interface.ts';
import type { EventRecords } from '../records/ports/events.ts';
import type { Clock } from './clock.ts';
import type { BridgeLog } from './log.ts';

/** Bounds of a duet, in milliseconds. */
export interface DuetLimits {
  /** From the receptionist's first word to the end, at most. */
  capMs: number;
  /** Nobody says anything for so long: it is over. */
  idleMs: number;
  /** From the report to the end, if the caller does not hang up. */
  afterReportMs: number;
  /** How long the caller waits for the receptionist's greeting to begin, and to end. */
  greetingStartMs: number;
  greetingEndMs: number;
  /** How long one side is still heard after the other one hung up. */
  hangUpMs: number;
  agentConnectMs: number;
  agentReadyMs: number;
}

export interface DuetDeps {
  records: Pick<EventRecords, 'addTurn' | 'putTranscript' | 'putRecording' | 'noteConversation'>;
  artifacts: Pick<Artifacts, 'create'>;
  agents: Pick<ElevenLabsAgents, 'signedUrl' | 'conversationInit' | 'receptionistInit'>;
  /** Vocero. */
  agentId: string;
  /** Recepcionista; undefined: the caller agent with a receptionist's prompt. */
  receptionistAgentId?: string | undefined;
  log: BridgeLog;
  /** Default true. */
  recording?: boolean;
  limits?: Partial<DuetLimits>;
  clock?: Clock;
}
