import { PHONE, type PhoneChannel, type Provider } from './channels.ts';

/** Task queues of the dials by channel, as inputs before 0.2 have them. */
export interface EarlierDialQueues {
  native: string;
  bridge: string;
}

/** Task queues of the dials as a run's input has them: it is never rewritten, so one that began before 0.2 has no provider's. */
export type DialQueues = Record<Provider, string> | EarlierDialQueues;

/** For a new run's input. A worker of an earlier build may be the one that takes it up, and reads the queues of the channels. */
export const dialQueuesForAll = (queues: Record<Provider, string>): Record<Provider, string> & EarlierDialQueues => ({
  ...queues,
  native: queues[PHONE.native.dialedAt],
  bridge: queues[PHONE.bridge.dialedAt],
});

/** Where a run has its dials done. */
export const dialQueueOf = (queues: DialQueues, channel: PhoneChannel): string =>
  'twilio' in queues ? queues[PHONE[channel].dialedAt] : queues[channel];
