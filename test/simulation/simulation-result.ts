import type { SimulationResult } from '../../domain/evidence.ts';
import type { Schedule } from './schedule.ts';

const SPOKEN = { agent_turns: 3, business_turns: 2, business_turns_after_greeting: 2 };
const NOBODY = { agent_turns: 2, business_turns: 0, business_turns_after_greeting: 0 };

/** How Option C goes in this schedule. */
export function simulationResult(how: Schedule['simulation']): SimulationResult {
  const ok = { ok: true, method: 'duet' } as const;
  const report = { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' } as const;
  if (how === 'fails') return { ok: false, problem: { code: 'simulation_failed', message: 'simulation failed' } };
  if (how === 'without_report') return { ...ok, transcript: SPOKEN };
  return { ...ok, report, transcript: how === 'works' ? SPOKEN : NOBODY };
}
