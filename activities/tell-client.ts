import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { CallbackPoster, PostResult } from '../callbacks/post.ts';
import { iso } from '../domain/iso.ts';
import type { ClientMessage } from '../domain/message.ts';
import { messageBody } from '../domain/message-body.ts';
import { recordSpan } from '../tracing/span.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import type { MessageActivities } from './interface.ts';

/** Seconds before each retry; the last value repeats. Short at first, then long enough to repair a receiver. */
const PAUSES = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400];
/** The receiver wants no further messages. */
const GONE = 410;

const pauseMs = (attempt: number): number => PAUSES[Math.min(attempt, PAUSES.length) - 1]! * 1000;

const isDelivered = (result: PostResult): boolean => 'status' in result && result.status >= 200 && result.status < 300;

/** One delivery of a message: its answer, and the state of the message after it. */
export interface Delivery {
  at: string;
  status: number | null;
  error: string | null;
  state: 'pending' | 'delivered' | 'given_up';
  /** Before the next one, in ms. */
  pause: number;
}

/** Posts a message once. `until` (ISO 8601, UTC): no try starts later. */
export async function deliver(
  deps: ActivityDependencies,
  callbacks: CallbackPoster,
  { until, ...message }: { url: string; id: string; body: string; until: string },
): Promise<Delivery> {
  const result = await callbacks.post(message);
  const now = clockOf(deps).now();
  const asked = ('status' in result && result.retryAfterMs) || 0;
  const pause = Math.max(asked, pauseMs(activityInfo().attempt));
  const hopeless = ('status' in result && result.status === GONE) || now + pause > Date.parse(until);
  const state = isDelivered(result) ? 'delivered' : hopeless ? 'given_up' : 'pending';
  const answer = 'status' in result ? { status: result.status, error: null } : { status: null, error: result.error };
  return { at: iso(now), ...answer, state, pause };
}

/** The final state of a delivered message, or a failure that Temporal retries after the pause. */
export function stateOrRetry({ state, error, status, pause }: Delivery): 'delivered' | 'given_up' {
  if (state !== 'pending') return state;
  throw ApplicationFailure.create({
    type: 'NotDelivered',
    message: error ?? `answered ${status}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: pause,
  });
}

function traceDelivery(
  { id, booking_id, type }: ClientMessage,
  attempt: number,
  from: number,
  { at, state, status }: Delivery,
): void {
  recordSpan({
    bookingId: booking_id,
    name: 'told',
    key: `${id}/${attempt}`,
    from,
    to: Date.parse(at),
    attributes: {
      'vocero.message.id': id,
      'vocero.message.type': type,
      'vocero.message.state': state,
      'vocero.message.try': attempt,
      ...(status !== null && { 'http.response.status_code': status }),
    },
    failed: state === 'delivered' ? undefined : (status?.toString() ?? 'no_answer'),
    request: true,
  });
}

async function tell(
  deps: ActivityDependencies,
  { message, until }: Parameters<MessageActivities['tellClient']>[0],
): ReturnType<MessageActivities['tellClient']> {
  const { records, callbacks, log } = deps;
  const booking = await records.booking(message.booking_id);
  const url = booking?.order.callback_url;
  // The booking was erased meanwhile: there is no client to notify.
  if (!url || !callbacks) return 'given_up';
  await records.putMessage(message);
  const from = clockOf(deps).now();
  const delivery = await deliver(deps, callbacks, { url, id: message.id, body: messageBody(message), until });
  const { pause: _, ...answer } = delivery;
  const { attempt } = activityInfo();
  traceDelivery(message, attempt, from, delivery);
  await records.addDelivery({ message_id: message.id, ...answer });
  const fields = { booking_id: message.booking_id, message: message.id, attempt, ...answer };
  log.info(fields, 'client notified');
  return stateOrRetry(delivery);
}

/** Sends a message once and records the attempt. Temporal retries it until it is delivered or its time is over. */
export const tellClient = (deps: ActivityDependencies): MessageActivities => ({
  tellClient: (of) => heartbeating(() => tell(deps, of)),
});
