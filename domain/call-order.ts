import type { BookingOrder } from './order.ts';
import type { AttemptView } from './view.ts';

/** An order as one of its calls carries it out. */
export interface CallOrder extends BookingOrder {
  /** The business asked for this call. */
  callback?: true;
}

/** @param attempts of the booking, as its newest record shows them */
export const orderOfCall = (
  order: BookingOrder,
  attempts: readonly Pick<AttemptView, 'call_id' | 'callback'>[],
  callId: string,
): CallOrder =>
  attempts.some(({ call_id, callback }) => callback && call_id === callId) ? { ...order, callback: true } : order;
