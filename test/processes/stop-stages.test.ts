import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { stopInStages } from '../../processes/stop-stages.ts';

describe('stop stages', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('do not wait for one that takes longer than its share', async () => {
    const told: string[] = [];
    const done: string[] = [];
    const stopping = stopInStages(
      [
        { name: 'draining', limitMs: 9_000, run: () => new Promise(() => {}) },
        { name: 'closing', limitMs: 1_000, run: async () => void done.push('closed') },
      ],
      (line) => void told.push(line),
    );
    await jest.advanceTimersByTimeAsync(8_999);
    expect(done).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    await stopping;
    expect(done).toEqual(['closed']);
    expect(told).toEqual(['draining takes longer than 9 s; going on without it']);
  });
});
