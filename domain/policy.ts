import { PHONE, PHONE_CHANNELS, type PhoneChannel, type PhonePolicy } from './channels.ts';
import type { BookingOrder } from './order.ts';

/** Orders that were accepted before a channel existed, and those that do not name one that is off by default. */
const off = (channel: PhoneChannel): PhonePolicy => ({ ...PHONE[channel].defaults, enabled: false });

/** How a booking may use one phone channel. The only reader of an order's phone policies. */
export const policyOf = ({ escalation }: Pick<BookingOrder, 'escalation'>, channel: PhoneChannel): PhonePolicy =>
  escalation[channel] ?? off(channel);

/** The order says something of the channel, if only that it is off. */
export const isNamed = ({ escalation }: Pick<BookingOrder, 'escalation'>, channel: PhoneChannel): boolean =>
  escalation[channel] !== undefined;

/** How long at most a phone may ring, in seconds, for which the agent's socket is open already. */
export const warmRingSeconds = (order: Pick<BookingOrder, 'escalation'>): number =>
  Math.max(
    ...PHONE_CHANNELS.filter((channel) => PHONE[channel].warmsAgent).map(
      (channel) => policyOf(order, channel).ring_seconds,
    ),
  );
