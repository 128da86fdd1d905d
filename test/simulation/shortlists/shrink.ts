import { quietSchedule } from '../schedule.ts';
import { smallestOf } from '../smallest.ts';
import { quietCandidate, quietPlan, type ShortlistPlan } from './plan.ts';

/** Every plan that is one step closer to the quiet one, the big steps first. */
function* simpler(plan: ShortlistPlan): Generator<ShortlistPlan> {
  const { candidates } = plan;
  for (let i = 0; i < candidates.length && candidates.length > 1; i++)
    yield { ...plan, candidates: candidates.toSpliced(i, 1) };
  const calm = quietPlan();
  for (const key of Object.keys(calm) as (keyof ShortlistPlan)[]) {
    if (key === 'seed' || key === 'candidates' || JSON.stringify(plan[key]) === JSON.stringify(calm[key])) continue;
    yield { ...plan, [key]: calm[key] };
  }
  for (const [n, fate] of plan.fates.entries())
    if (fate !== 'none') yield { ...plan, fates: plan.fates.with(n, 'none') };
  for (const [i, one] of candidates.entries()) {
    const still = quietCandidate();
    const bookings = one.bookings.map((booking) => ({ ...quietSchedule(), dials: booking.dials.slice(0, 1) }));
    const steps = [
      { bookings },
      { review: still.review },
      { ring_back: undefined },
      { opening_hours: [] },
      { zone: still.zone },
      { erase_after_ms: still.erase_after_ms },
    ];
    for (const step of steps) {
      const next = { ...one, ...step };
      if (JSON.stringify(next) !== JSON.stringify(one)) yield { ...plan, candidates: candidates.with(i, next) };
    }
  }
}

/** The plan without all that it fails without. */
export const shrinkPlan = (
  plan: ShortlistPlan,
  fails: (plan: ShortlistPlan) => Promise<boolean>,
): Promise<ShortlistPlan> => smallestOf(plan, simpler, fails);
