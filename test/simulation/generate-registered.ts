import { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** Numbers of their own: what a seed brings otherwise is what it brought before there were registered calls. */
const APART = 1_000_003;

/** In some bookings calls of ours that ElevenLabs is to carry, and what goes wrong with that. */
export function addRegisteredTo(schedule: Schedule, heat: number): void {
  const random = new Random(schedule.seed + APART);
  schedule.registered = {
    enabled: random.chance(0.3),
    budget_seconds: random.pick([10, 60, 300, 900, 7_200]),
    max_attempts: random.int(1, 2),
    redial_delay_seconds: random.pick([1, 5, 60, 600]),
    ring_seconds: random.pick([5, 20, 45]),
    max_call_seconds: random.pick([30, 60, 600]),
  };
  // Else most bookings would have come to their end before.
  if (schedule.registered.enabled && random.chance(0.5)) schedule.native = { ...schedule.native, enabled: false };
  for (const dial of schedule.dials) {
    dial.register_ms = random.int(50, 3_000);
    dial.register_names = random.chance(0.5);
    if (!random.chance(Math.max(heat, 0.3))) continue;
    dial.register = random.weighted({ none: 0, refuses: 2, late: 2, stream_refused: 2, asked_twice: 1 });
  }
}
