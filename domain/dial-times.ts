import type { BookingState } from './state.ts';

type Ordered = Pick<BookingState, 'input'>;

/** The moment before which the booking is not dialed, ms since 1970; -Infinity without one. */
export const notBefore = ({ input: { order } }: Ordered): number =>
  order.not_before === undefined ? -Infinity : Date.parse(order.not_before);

/** The moment from which on the booking is not dialed, ms since 1970; Infinity without one. */
export const notAfter = ({ input: { order } }: Ordered): number =>
  order.not_after === undefined ? Infinity : Date.parse(order.not_after);
