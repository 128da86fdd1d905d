import { isPhoneChannel } from '../domain/channels.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import type { BookingView } from '../domain/view.ts';
import type { Records } from '../records/interface.ts';
import { storyOfFollowUp } from '../tracing/follow-up-story.ts';
import { isTracing, recordSpan } from '../tracing/span.ts';
import { storyOf, type TimedTurn } from '../tracing/story.ts';

/** More than any booking has, apart from the turns of its talks. */
const EVENTS = 5_000;
/** Bookings whose spans were sent by this process: `conclude` is retried until transcripts and recordings are there. */
const MAX_SENT = 10_000;
const sent = new Set<string>();

export interface TraceDependencies {
  records: Pick<Records, 'eventsAfter' | 'evidence' | 'turnsOf'>;
  log: { warn(fields: object, message: string): void };
  /** Milliseconds since 1970. */
  clock: { now(): number };
}

/** Spans are worth less than the work that they tell of: a fault of theirs must not fail it. */
async function quietly(log: TraceDependencies['log'], booking_id: string, work: () => Promise<void>): Promise<void> {
  if (!isTracing()) return;
  try {
    await work();
  } catch (error) {
    log.warn({ booking_id, err: error }, 'could not trace a booking');
  }
}

/**
 * Adds the spans of a booking's durations to its trace, from the records, once its outcome is stored. A repeat gives the same spans.
 * @param from when the outcome began to be written, ms since 1970
 */
export const traceBooking = (deps: TraceDependencies, view: BookingView, from: number): Promise<void> =>
  quietly(deps.log, view.id, async () => {
    if (sent.has(view.id)) return;
    await trace(deps, view, from);
    if (sent.size >= MAX_SENT) sent.clear();
    sent.add(view.id);
  });

async function trace({ records, clock }: TraceDependencies, view: BookingView, from: number): Promise<void> {
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
    to: clock.now(),
    attributes: { 'vocero.result': view.outcome?.result ?? 'none', 'vocero.status': view.status },
  });
}

/** Adds a call of the business after the outcome to its booking's trace, once the call is over and stored. */
export const traceFollowUp = (deps: TraceDependencies, bookingId: string, followUp: FollowUp): Promise<void> =>
  quietly(deps.log, bookingId, async () => {
    const { call_id } = followUp;
    const evidence = (await deps.records.evidence(bookingId)).filter((one) => one.call_id === call_id);
    const turns = await deps.records.turnsOf(call_id);
    for (const span of storyOfFollowUp({ bookingId, followUp, evidence, turns, over: deps.clock.now() }))
      recordSpan(span);
  });
