import { describe, expect, it } from '@jest/globals';
import { dialQueueOf, dialQueuesForAll } from '../../domain/earlier.ts';

const QUEUES = { twilio: 'q-twilio', elevenlabs: 'q-elevenlabs' };
const BEFORE = { native: 'q-elevenlabs', bridge: 'q-twilio' };

describe('the queues of the dials', () => {
  it('belong to the provider that is asked to dial', () => {
    expect(dialQueueOf(QUEUES, 'native')).toBe('q-elevenlabs');
    expect(dialQueueOf(QUEUES, 'bridge')).toBe('q-twilio');
  });

  it('are given to new runs in the form of earlier builds as well', () => {
    expect(dialQueuesForAll(QUEUES)).toEqual({ ...QUEUES, ...BEFORE });
    expect(dialQueueOf(dialQueuesForAll(QUEUES), 'native')).toBe('q-elevenlabs');
  });

  it('are those of its channels for a run that began with them', () => {
    expect(dialQueueOf(BEFORE, 'native')).toBe('q-elevenlabs');
    expect(dialQueueOf(BEFORE, 'bridge')).toBe('q-twilio');
  });
});
