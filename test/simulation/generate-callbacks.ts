import { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Businesses that ask to be called at a time. With chance of its own, so that a seed's other disasters stay what they were. */
export function addCallbacksTo(schedule: Schedule): void {
  const random = new Random(schedule.seed ^ 0x0ca1_1bac);
  schedule.callback = {
    enabled: random.chance(0.85),
    max_callbacks: random.pick([0, 1, 1, 1, 1, 2, 2]),
    within_hours: random.pick([1, 24, 72]),
  };
  // Else hardly anybody would live to be called again.
  const often = random.chance(0.25);
  for (const [index, dial] of schedule.dials.entries()) {
    if (often && random.chance(0.6)) dial.callee = 'talks';
    if (often && random.chance(index === 0 ? 0.9 : 0.4)) dial.report = 'callback_requested';
    dial.call_me_dated = random.chance(0.5);
    if (random.chance(0.9)) {
      dial.call_me_in_ms = random.pick([MINUTE, 5 * MINUTE, HOUR, 5 * HOUR, 20 * HOUR]) + random.int(0, MINUTE);
    }
    if (dial.call_me_dated && random.chance(0.2)) dial.call_me_in_ms += 24 * HOUR * random.int(1, 3);
  }
}
