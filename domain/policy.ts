import { PHONE, PHONE_CHANNELS, type PhoneChannel, type PhonePolicy } from './channels.ts';
import type { BookingOrder } from './order.ts';

/** For orders that were accepted before a channel existed, and those that do not name a channel that is off by default. */
const off = (channel: PhoneChannel): PhonePolicy => ({ ...PHONE[channel].defaults, enabled: false });

/** A booking's policy for one phone channel. The only reader of an order's phone policies. */
export const policyOf = ({ escalation }: Pick<BookingOrder, 'escalation'>, channel: PhoneChannel): PhonePolicy =>
  escalation[channel] ?? off(channel);

/** True when the order names the channel, even if it turns it off. */
export const isNamed = ({ escalation }: Pick<BookingOrder, 'escalation'>, channel: PhoneChannel): boolean =>
  escalation[channel] !== undefined;

/** Longest ring time, in seconds, for which the agent's socket may be open in advance. */
export const warmRingSeconds = (order: Pick<BookingOrder, 'escalation'>): number =>
  Math.max(
    ...PHONE_CHANNELS.filter((channel) => PHONE[channel].warmsAgent).map(
      (channel) => policyOf(order, channel).ring_seconds,
    ),
  );
