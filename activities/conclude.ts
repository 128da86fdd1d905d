import { tellParent } from '../delivery/tell-parent.ts';
import { traceBooking } from '../delivery/trace-booking.ts';
import { collectTalks } from './collect-talks.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { followMissed } from './follow-missed.ts';
import { heartbeating } from './heartbeating.ts';
import type { BookingActivities, ConcludeInput } from './interface.ts';
import { saveSnapshot } from './records.ts';

async function conclude(deps: ActivityDependencies, { snapshot, talks, collect_until }: ConcludeInput): Promise<void> {
  const from = clockOf(deps).now();
  await saveSnapshot(deps, snapshot);
  await traceBooking({ ...deps, clock: clockOf(deps) }, snapshot.view, from);
  await followMissed(deps, snapshot.view);
  await tellParent(snapshot.view, deps);
  await collectTalks(deps, snapshot.view.id, talks, collect_until);
}

/** The last activity of a booking: writes its outcome, then stores transcripts and recordings. */
export const concludeActivities = (deps: ActivityDependencies): Pick<BookingActivities, 'conclude'> => ({
  conclude: (input) => heartbeating(() => conclude(deps, input)),
});
