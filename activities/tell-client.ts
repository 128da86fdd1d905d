import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { PostResult } from '../callbacks/post.ts';
import { iso } from '../domain/iso.ts';
import { messageBody } from '../domain/message.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import type { MessageActivities } from './interface.ts';

/** Seconds to the next try; then as the last. Long enough for a receiver that is being mended, tight at first. */
const PAUSES = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400];
/** The receiver says that it wants no more of this. */
const GONE = 410;

const pauseMs = (attempt: number): number => PAUSES[Math.min(attempt, PAUSES.length) - 1]! * 1000;

const isDelivered = (result: PostResult): boolean => 'status' in result && result.status >= 200 && result.status < 300;

/** Tells a client once; the engine repeats it until it is told, or its time is over. Every try is on record. */
export const tellClient = (deps: ActivityDependencies): MessageActivities => ({
  async tellClient({ message, until }) {
    const { records, callbacks, log } = deps;
    const booking = await records.booking(message.booking_id);
    const url = booking?.order.callback_url;
    // Erased meanwhile: there is nobody to tell any more.
    if (!url || !callbacks) return 'given_up';
    await records.putMessage(message);
    const result = await callbacks.post({ url, id: message.id, body: messageBody(message) });
    const now = clockOf(deps).now();
    const { attempt } = activityInfo();
    const asked = ('status' in result && result.retryAfterMs) || 0;
    const pause = Math.max(asked, pauseMs(attempt));
    const hopeless = ('status' in result && result.status === GONE) || now + pause > Date.parse(until);
    const state = isDelivered(result) ? 'delivered' : hopeless ? 'given_up' : 'pending';
    const answer = 'status' in result ? { status: result.status, error: null } : { status: null, error: result.error };
    await records.addDelivery({ message_id: message.id, at: iso(now), ...answer, state });
    log.info({ booking_id: message.booking_id, message: message.id, attempt, ...answer, state }, 'client told');
    if (state !== 'pending') return state;
    throw ApplicationFailure.create({
      type: 'NotDelivered',
      message: answer.error ?? `answered ${answer.status}`,
      category: ApplicationFailureCategory.BENIGN,
      nextRetryDelay: pause,
    });
  },
});
