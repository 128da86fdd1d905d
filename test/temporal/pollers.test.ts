import { describe, expect, it } from '@jest/globals';
import type { Channel } from '../../domain/channels.ts';
import { neededQueues, queuesOf } from '../../temporal/pollers.ts';

const QUEUES = {
  taskQueue: 'q',
  callsQueue: 'q-calls',
  dialQueues: { twilio: 'q-twilio', elevenlabs: 'q-elevenlabs' },
};

describe('the task queues that bookings need', () => {
  it.each<[Channel[], string[]]>([
    [['simulation'], []],
    [['native', 'simulation'], ['q-elevenlabs']],
    [['bridge', 'registered'], ['q-twilio']],
    [
      ['native', 'bridge', 'simulation'],
      ['q-elevenlabs', 'q-twilio'],
    ],
  ])('over %j are those of their providers besides the common ones', (available, dials) => {
    const needed = neededQueues(QUEUES, available);
    expect(needed).toMatchObject({ taskQueue: 'q', callsQueue: 'q-calls' });
    expect(Object.values(needed.dialQueues)).toEqual(dials);
  });

  it('are of workflows and of activities, which are polled apart', () => {
    expect(queuesOf(QUEUES).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'q 1',
      'q 2',
      'q-calls 2',
      'q-twilio 2',
      'q-elevenlabs 2',
    ]);
  });
});
