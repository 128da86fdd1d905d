import type { SimulationResult } from '../../domain/evidence.ts';
import type { Schedule } from './schedule.ts';
import { dayOf, spokenWords, TIME } from './words.ts';

const NOBODY = { agent_turns: 2, business_turns: 0, business_turns_after_greeting: 0 };

/** How Option C goes in this schedule, in a world that began at `start` (Unix ms). */
export function simulationResult(how: Schedule['simulation'], start: number): SimulationResult {
  const ok = { ok: true, method: 'duet' } as const;
  const report = { result: 'confirmed', confirmed_date: dayOf(start), confirmed_time: TIME } as const;
  if (how === 'fails') return { ok: false, problem: { code: 'simulation_failed', message: 'simulation failed' } };
  if (how === 'without_report') return { ...ok, transcript: spokenWords('gives', start) };
  if (how === 'without_a_talk') return { ...ok, report, transcript: NOBODY };
  return { ...ok, report, transcript: spokenWords(how === 'hedges' ? 'hedges' : 'gives', start) };
}
