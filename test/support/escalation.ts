import {
  byPhoneChannel,
  PHONE,
  type PhoneChannel,
  type PhonePolicy,
  PROVIDERS,
  type Provider,
} from '../../domain/channels.ts';
import type { Escalation } from '../../domain/order.ts';

/** What a test changes of the usual policies. */
export type PolicyChanges = { [C in PhoneChannel]?: Partial<PhonePolicy> | undefined } & {
  simulation?: Partial<Escalation['simulation']> | undefined;
};

export type FullEscalation = Record<PhoneChannel, PhonePolicy> & Pick<Escalation, 'simulation'>;

/** A policy for every channel: the table's, with what is changed of all phone channels and of single ones. */
export const escalationOf = (changes: PolicyChanges = {}, ofAll: Partial<PhonePolicy> = {}): FullEscalation => ({
  ...byPhoneChannel((channel) => ({ ...PHONE[channel].defaults, ...ofAll, ...changes[channel] })),
  simulation: { enabled: true, ...changes.simulation },
});

/** One task queue for the dials of all providers. */
export const dialQueuesAt = (queue: string): Record<Provider, string> =>
  Object.fromEntries(PROVIDERS.map((provider) => [provider, queue])) as Record<Provider, string>;

export const DIAL_QUEUES: Record<Provider, string> = { twilio: 'bookings-twilio', elevenlabs: 'bookings-elevenlabs' };
