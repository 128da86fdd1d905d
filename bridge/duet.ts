import type { SimulationResult } from '../domain/evidence.ts';
import { systemClock } from './clock.ts';
import { DuetRun } from './duet-run.ts';
import type { DuetDeps, DuetLimits } from './duet-setup.ts';
import type { Duet } from './interface.ts';
import { DEFAULT_LIMITS } from './limits.ts';

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

/** Option C: the caller agent and a receptionist talk to each other over the same agent sockets that the phone bridge uses. */
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
