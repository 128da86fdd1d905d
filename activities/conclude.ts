import { messageOf, safeMessage } from '../providers/mask.ts';
import { collect } from './collect.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import type { BookingActivities, ConcludeInput } from './interface.ts';
import { saveSnapshot } from './records.ts';

async function conclude(deps: ActivityDependencies, { snapshot, talks, collect_until }: ConcludeInput): Promise<void> {
  await saveSnapshot(deps, snapshot);
  const late = clockOf(deps).now() >= Date.parse(collect_until);
  let missing: unknown;
  for (const talk of talks) {
    try {
      await collect(deps, talk);
    } catch (error) {
      missing = error;
    }
  }
  if (missing === undefined) return;
  if (!late) throw missing;
  const reason = safeMessage(messageOf(missing));
  deps.log.warn({ booking_id: snapshot.view.id, reason }, 'could not get transcript or recording: going on without');
}

/** The last activity of a booking: writes its outcome, then stores transcripts and recordings. */
export const concludeActivities = (deps: ActivityDependencies): Pick<BookingActivities, 'conclude'> => ({
  conclude: (input) => heartbeating(() => conclude(deps, input)),
});
