import type { BookingState } from './state.ts';

type Ordered = Pick<BookingState, 'input' | 'not_after'>;

/** The moment before which the booking is not dialed, ms since 1970; -Infinity without one. */
export const notBefore = ({ input: { order } }: Ordered): number =>
  order.not_before === undefined ? -Infinity : Date.parse(order.not_before);

/** The moment from which on the booking is not dialed, ms since 1970; Infinity without one. */
export const notAfter = ({ input: { order }, not_after = order.not_after ?? null }: Ordered): number =>
  not_after === null ? Infinity : Date.parse(not_after);
