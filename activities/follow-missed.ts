import { isFollowUp } from '../domain/follow-up.ts';
import type { BookingView } from '../domain/view.ts';
import type { ActivityDependencies } from './dependencies.ts';

/**
 * Follows calls of the business that came while its booking ended: given to it before its outcome was written, and signaled to a run that had
 * decided. Called once the outcome is written: such a call that comes later starts its follow-up itself.
 * @throws when the database or Temporal does not answer
 */
export async function followMissed({ records, followUp }: ActivityDependencies, view: BookingView): Promise<void> {
  if (!followUp) return;
  const calls = await records.callsToUs(view.id);
  if (calls.every((call_id) => view.attempts.some((attempt) => attempt.call_id === call_id))) return;
  const evidence = await records.evidence(view.id);
  for (const one of evidence) if (one.kind === 'inbound' && isFollowUp(view, one)) await followUp('callStatus', one);
}
