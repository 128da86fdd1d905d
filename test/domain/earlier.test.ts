import { describe, expect, it } from '@jest/globals';
import { dialOf, dialQueuesForAll } from '../../domain/earlier.ts';

const QUEUES = { twilio: 'q-twilio', elevenlabs: 'q-elevenlabs' };
const BEFORE = { native: 'q-elevenlabs', bridge: 'q-twilio' };

describe('a run dials', () => {
  it('by one activity, on the queue of the provider that is asked', () => {
    expect(dialOf(QUEUES, 'native')).toEqual({ taskQueue: 'q-elevenlabs', activity: 'dial' });
    expect(dialOf(QUEUES, 'bridge')).toEqual({ taskQueue: 'q-twilio', activity: 'dial' });
  });

  it('by its channel’s activity and queue if it began with those', () => {
    expect(dialOf(BEFORE, 'native')).toEqual({ taskQueue: 'q-elevenlabs', activity: 'dialNative' });
    expect(dialOf(BEFORE, 'bridge')).toEqual({ taskQueue: 'q-twilio', activity: 'dialBridge' });
  });

  it('as builds of both kinds can, if it begins now', () => {
    expect(dialQueuesForAll(QUEUES)).toEqual({ ...QUEUES, ...BEFORE });
    expect(dialOf(dialQueuesForAll(QUEUES), 'native').activity).toBe('dial');
  });
});
