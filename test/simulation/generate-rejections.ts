import { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** Numbers of their own: what a seed brings otherwise is what it brought before calls were rejected. */
const APART = 603_607_608;

/** Some calls that would have come to nothing are declined or blocked, with a SIP answer that says so. */
export function addRejectionsTo(schedule: Schedule): void {
  const random = new Random(schedule.seed ^ APART);
  for (const dial of schedule.dials) {
    const rejects = random.weighted({ 603: 2, 607: 1, 608: 1 });
    if (['declines_the_call', 'network_failure'].includes(dial.callee) && random.chance(0.6))
      dial.rejects = Number(rejects);
    dial.rejected_as = random.pick(['busy', 'failed']);
  }
  // Else no budget would reach the next day, but for bookings that come in shortly before midnight.
  if (!schedule.dials.slice(0, 3).some(({ rejects }) => rejects > 0) || !random.chance(0.3)) return;
  schedule.native = { ...schedule.native, budget_seconds: 2 * 86_400 };
  schedule.bridge = { ...schedule.bridge, budget_seconds: 2 * 86_400 };
}
