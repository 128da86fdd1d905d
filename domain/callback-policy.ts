import type { BookingOrder, CallbackPolicy } from './order.ts';

export const CALLBACK_DEFAULTS: CallbackPolicy = { enabled: true, max_callbacks: 1, within_hours: 72 };

/** The only reader of an order's callbacks: a request that does not name them has the defaults. */
export const callbackPolicyOf = ({ escalation }: Pick<BookingOrder, 'escalation'>): CallbackPolicy =>
  escalation.callback ?? CALLBACK_DEFAULTS;
