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

/** By which activity runs dial that began with queues of the channels. */
const EARLIER_DIALS = { native: 'dialNative', bridge: 'dialBridge' } as const satisfies Record<
  keyof EarlierDialQueues,
  string
>;

const isEarlier = (channel: string): channel is keyof EarlierDialQueues => channel in EARLIER_DIALS;

/** By which activity, and on which task queue, a run dials: one that began in an earlier build goes on as it began. */
export function dialOf(
  queues: DialQueues,
  channel: PhoneChannel,
): { taskQueue: string; activity: 'dial' | (typeof EARLIER_DIALS)[keyof EarlierDialQueues] } {
  if ('twilio' in queues) return { taskQueue: queues[PHONE[channel].dialedAt], activity: 'dial' };
  if (!isEarlier(channel)) throw new Error(`a run that began in an earlier build has no channel ${channel}`);
  return { taskQueue: queues[channel], activity: EARLIER_DIALS[channel] };
}
