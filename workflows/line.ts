import { proxyLocalActivities } from '@temporalio/workflow';
import type { LineHold, RecordActivities } from '../activities/interface.ts';
import { nextNumber } from '../domain/admission.ts';
import type { PhoneChannel } from '../domain/channels.ts';
import { callIdOf } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { mostSecondsOf } from '../domain/leg.ts';
import { policyOf } from '../domain/policy.ts';
import type { BookingState } from '../domain/state.ts';
import { ON_RECORDS } from './local-activities.ts';
import { retryForever } from './retry-forever.ts';

const activities = proxyLocalActivities<RecordActivities>(ON_RECORDS);

/** Longest wait of a dial in its provider's task queue, for the rate limit or for a worker. The line is held for this long as well. */
export const QUEUE_SECONDS = 600;

/** The line as one dial needs it: until the leg must be over. */
export const lineFor = ({ input }: BookingState, channel: PhoneChannel): LineHold => ({
  id: input.settings.line_id,
  hold_seconds: mostSecondsOf(policyOf(input.order, channel)),
});

/** Takes the line of the business's number and the places of the next call, or begins to wait for them. */
export async function takeLine(state: BookingState, channel: PhoneChannel): ReturnType<RecordActivities['takeLine']> {
  const { id, hold_seconds } = lineFor(state, channel);
  const line = { id, hold_seconds: hold_seconds + QUEUE_SECONDS };
  const { id: booking_id, batch } = state.input.order;
  const next = { call_id: callIdOf(booking_id, nextNumber(state)), channel, batch: batch?.id };
  const answer = await retryForever(() => activities.takeLine({ booking_id, line, next }));
  // The activity of an earlier build returns a boolean.
  return typeof answer === 'boolean' ? { taken: answer, of_key: 0 } : answer;
}

/** Releases the line before the booking's end. The outcome releases it as well. */
export function releaseLine({ input }: BookingState): Promise<void> {
  // A late release, after the database was down, must not release a line that was taken after this time.
  const asked_at = iso(Date.now());
  const line = { booking_id: input.order.id, line_id: input.settings.line_id, asked_at };
  return retryForever(() => activities.releaseLine(line));
}
