import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { PostResult } from '../callbacks/post.ts';
import { iso } from '../domain/iso.ts';
import { messageBody } from '../domain/message.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import type { MessageActivities } from './interface.ts';

/** Seconds before each retry; the last value repeats. Short at first, then long enough to repair a receiver. */
const PAUSES = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400];
/** The receiver wants no further messages. */
const GONE = 410;

const pauseMs = (attempt: number): number => PAUSES[Math.min(attempt, PAUSES.length) - 1]! * 1000;

const isDelivered = (result: PostResult): boolean => 'status' in result && result.status >= 200 && result.status < 300;

/** What an answer means for a message: delivered, given up, or tried again after `pause` ms. `now` in ms since 1970, `until` ISO 8601. */
export function judged(result: PostResult, attempt: number, now: number, until: string) {
  const asked = ('status' in result && result.retryAfterMs) || 0;
  const pause = Math.max(asked, pauseMs(attempt));
  const hopeless = ('status' in result && result.status === GONE) || now + pause > Date.parse(until);
  const state = isDelivered(result) ? 'delivered' : hopeless ? 'given_up' : 'pending';
  const answer = 'status' in result ? { status: result.status, error: null } : { status: null, error: result.error };
  return { state, pause, answer } as const;
}

/** Sends a message once and records the attempt. Temporal retries it until it is delivered or its time is over. */
export const tellClient = (deps: ActivityDependencies): MessageActivities => ({
  async tellClient({ message, until }) {
    const { records, callbacks, log } = deps;
    const booking = await records.booking(message.booking_id);
    const url = booking?.order.callback_url;
    // The booking was erased meanwhile: there is no client to notify.
    if (!url || !callbacks) return 'given_up';
    await records.putMessage(message);
    const result = await callbacks.post({ url, id: message.id, body: messageBody(message) });
    const now = clockOf(deps).now();
    const { attempt } = activityInfo();
    const { state, pause, answer } = judged(result, attempt, now, until);
    await records.addDelivery({ message_id: message.id, at: iso(now), ...answer, state });
    log.info({ booking_id: message.booking_id, message: message.id, attempt, ...answer, state }, 'client notified');
    if (state !== 'pending') return state;
    throw ApplicationFailure.create({
      type: 'NotDelivered',
      message: answer.error ?? `answered ${answer.status}`,
      category: ApplicationFailureCategory.BENIGN,
      nextRetryDelay: pause,
    });
  },
});
