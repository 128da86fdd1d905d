import { PHONE, type PhoneChannel, type Provider } from './channels.ts';

/** Task queues of the dials by channel, as in inputs before 0.2. */
export interface EarlierDialQueues {
  native: string;
  bridge: string;
}

/** Task queues of the dials in a run's input. Inputs are never rewritten, so those from before 0.2 have queues by channel. */
export type DialQueues = Record<Provider, string> | EarlierDialQueues;

/** Queues for a new run's input. A worker of an earlier build may execute the run, and reads the queues by channel. */
export const dialQueuesForAll = (queues: Record<Provider, string>): Record<Provider, string> & EarlierDialQueues => ({
  ...queues,
  native: queues[PHONE.native.dialedAt],
  bridge: queues[PHONE.bridge.dialedAt],
});

/** The activity that dials in runs with queues by channel. */
const EARLIER_DIALS = { native: 'dialNative', bridge: 'dialBridge' } as const satisfies Record<
  keyof EarlierDialQueues,
  string
>;

const isEarlier = (channel: string): channel is keyof EarlierDialQueues => channel in EARLIER_DIALS;

/** Activity and task queue of a run's dials: a run of an earlier build continues as it began. */
export function dialOf(
  queues: DialQueues,
  channel: PhoneChannel,
): { taskQueue: string; activity: 'dial' | (typeof EARLIER_DIALS)[keyof EarlierDialQueues] } {
  if ('twilio' in queues) return { taskQueue: queues[PHONE[channel].dialedAt], activity: 'dial' };
  if (!isEarlier(channel)) throw new Error(`a run that began in an earlier build has no channel ${channel}`);
  return { taskQueue: queues[channel], activity: EARLIER_DIALS[channel] };
}
