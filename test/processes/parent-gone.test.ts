import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { onParentGone } from '../../processes/parent-gone.ts';

describe('the parent process', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is told of once when it is gone, and not while it is there', () => {
    let parent = 100;
    let told = 0;
    onParentGone(
      () => {
        told += 1;
      },
      () => parent,
    );
    jest.advanceTimersByTime(60_000);
    expect(told).toBe(0);
    parent = 1;
    jest.advanceTimersByTime(60_000);
    expect(told).toBe(1);
  });
});
