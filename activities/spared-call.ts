import { tellParent } from '../delivery/tell-parent.ts';
import type { AttemptView, BookingView } from '../domain/view.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Ringing counts as live. */
export const isLive = ({ ended_at, status }: AttemptView): boolean =>
  ended_at === null && ['dialing', 'unknown', 'ringing', 'in_progress'].includes(status);

/**
 * Tells a batch that is being canceled that a call which was spared is over without a result: its booking is canceled then. Called for each
 * write of a booking; a fault here must not fail the write, as the batch also looks by itself.
 */
export async function tellOfSparedCall(deps: ActivityDependencies, view: BookingView): Promise<void> {
  const { batch, outcome, cancel_requested, attempts } = view;
  if (!batch || outcome || cancel_requested || attempts.length === 0 || attempts.some(isLive)) return;
  try {
    if (await deps.records.isCanceling(batch.id)) await tellParent(view, deps);
  } catch (error) {
    deps.log.warn({ booking_id: view.id, err: error }, 'could not ask whether a batch is being canceled');
  }
}
