import { isPhoneChannel } from '../domain/channels.ts';
import type { BookingView } from '../domain/view.ts';
import { isTracing, recordSpan } from '../tracing/span.ts';
import { storyOf, type TimedTurn } from '../tracing/story.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';

/** More than any booking has, apart from the turns of its talks. */
const EVENTS = 5_000;
/** Bookings whose spans were sent by this process: `conclude` is retried until transcripts and recordings are there. */
const MAX_SENT = 10_000;
const sent = new Set<string>();

/**
 * Adds the spans of a booking's durations to its trace, from what is recorded, once its outcome is stored. A repeat gives the same spans. A
 * fault here must not fail the write.
 * @param from when the outcome began to be written, ms since 1970
 */
export async function traceBooking(deps: ActivityDependencies, view: BookingView, from: number): Promise<void> {
  if (!isTracing() || sent.has(view.id)) return;
  try {
    await trace(deps, view, from);
    if (sent.size >= MAX_SENT) sent.clear();
    sent.add(view.id);
  } catch (error) {
    deps.log.warn({ booking_id: view.id, err: error }, 'could not trace a booking');
  }
}

async function trace(deps: ActivityDependencies, view: BookingView, from: number): Promise<void> {
  const { records } = deps;
  const events = (await records.eventsAfter(view.id, 0, EVENTS)).map(({ event }) => event);
  const evidence = await records.evidence(view.id);
  const turns = new Map<string, TimedTurn[]>();
  for (const { call_id, channel } of view.attempts) {
    if (isPhoneChannel(channel)) turns.set(call_id, await records.turnsOf(call_id));
  }
  for (const span of storyOf({ view, events, evidence, turns })) recordSpan(span);
  recordSpan({
    bookingId: view.id,
    name: 'concluded',
    from,
    to: clockOf(deps).now(),
    attributes: { 'vocero.result': view.outcome?.result ?? 'none', 'vocero.status': view.status },
  });
}
