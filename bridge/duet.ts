import type { SimulationResult } from '../domain/evidence.ts';
import type { ElevenLabsAgents } from '../providers/interface.ts';
import type { Artifacts } from '../records/interface.ts';
import type { EventRecords } from '../records/ports/events.ts';
import { type Clock, systemClock } from './clock.ts';
import { DuetRun } from './duet-run.ts';
import type { Duet } from './interface.ts';
import { DEFAULT_LIMITS } from './limits.ts';
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

const LIMITS: DuetLimits = {
  capMs: 180_000,
  idleMs: 25_000,
  afterReportMs: 20_000,
  greetingStartMs: 2500,
  greetingEndMs: 8000,
  hangUpMs: 5000,
  agentConnectMs: DEFAULT_LIMITS.agentConnectMs,
  agentReadyMs: DEFAULT_LIMITS.agentReadyMs,
};

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

/** Option C: Vocero and a receptionist talk to each other over the same agent sockets that the phone bridge uses. */
export function createDuet(deps: DuetDeps): Duet {
  const clock = deps.clock ?? systemClock;
  const limits = { ...LIMITS, ...deps.limits };
  return {
    async run({ order, call_id, signal }): Promise<SimulationResult> {
      const receptionistInit = await deps.agents.receptionistInit(order);
      return new DuetRun({ ...deps, clock, limits, order, callId: call_id, receptionistInit, signal }).result();
    },
  };
}
