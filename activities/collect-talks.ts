import { messageOf, safeMessage } from '../providers/mask.ts';
import { collect } from './collect.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import type { CollectInput } from './interface.ts';

/**
 * Stores transcripts and recordings.
 * @throws when parts are missing and it is not yet `until` (ISO 8601, UTC); after that they are left out
 */
export async function collectTalks(
  deps: ActivityDependencies,
  booking_id: string,
  talks: readonly CollectInput[],
  until: string,
): Promise<void> {
  const late = clockOf(deps).now() >= Date.parse(until);
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
  deps.log.warn({ booking_id, reason }, 'could not get transcript or recording: going on without');
}
