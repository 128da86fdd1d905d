import { describe, expect, it } from '@jest/globals';
import {
  type BatchCommand,
  type BatchLife,
  commanded,
  failsTooOften,
  fits,
  isFinalBatch,
  openRows,
  placesOf,
  proceeded,
} from '../../domain/batch/lifecycle.ts';
import {
  BATCH_STATUSES,
  type BatchStatus,
  countsOf,
  noRows,
  type RowStatus,
  resultsOf,
  rowStatusOf,
} from '../../domain/batch/statuses.ts';

const NOW = 1_000_000;
const rows = (...statuses: RowStatus[]) => countsOf(statuses.map((status) => ({ status })));
const batch = (status: BatchStatus, more: Partial<BatchLife> = {}): BatchLife => ({
  status,
  paused_because: null,
  live_calls: null,
  counts: rows('waiting', 'in_progress'),
  first_due_ms: undefined,
  ...more,
});
const DONE = rows('completed', 'invalid');

describe('the commands of a batch', () => {
  it.each<[BatchCommand, string]>([
    ['start', 'held'],
    ['pause', 'scheduled running'],
    ['resume', 'paused'],
    ['cancel', 'held scheduled running paused canceling'],
    ['append', 'held scheduled running paused completed'],
    ['change', 'held scheduled running paused'],
    ['erase', 'held completed canceled'],
  ])('%s is possible only while it is %s', (command, statuses) => {
    expect(BATCH_STATUSES.filter((status) => fits(command, status)).join(' ')).toBe(statuses);
  });

  it('change nothing where they do not fit', () => {
    expect(commanded(batch('completed'), 'pause', NOW)).toBeUndefined();
    expect(commanded(batch('running'), 'start', NOW)).toBeUndefined();
  });

  it('start and resume let it run, wait for its first time, or end at once without rows', () => {
    expect(commanded(batch('held'), 'start', NOW)).toEqual({ status: 'running', paused_because: null });
    expect(commanded(batch('paused', { counts: DONE }), 'resume', NOW)?.status).toBe('completed');
    const waits = { counts: rows('waiting'), first_due_ms: NOW + 1 };
    expect(commanded(batch('held', waits), 'start', NOW)?.status).toBe('scheduled');
    expect(commanded(batch('held', { ...waits, first_due_ms: NOW }), 'start', NOW)?.status).toBe('running');
  });

  it.each<RowStatus>(['in_progress', 'completed', 'failed', 'needs_review'])(
    'a batch with a row that is %s has begun: it is not scheduled again',
    (status) => {
      const begun = batch('paused', { counts: rows('waiting', status), first_due_ms: NOW + 1 });
      expect(commanded(begun, 'resume', NOW)?.status).toBe('running');
    },
  );

  it.each<RowStatus>(['invalid', 'duplicate', 'canceled', 'expired'])(
    'a batch that only has a row that is %s has not begun',
    (status) => {
      const waits = batch('paused', { counts: rows('waiting', status), first_due_ms: NOW + 1 });
      expect(commanded(waits, 'resume', NOW)?.status).toBe('scheduled');
    },
  );

  it('pause says who paused it', () => {
    expect(commanded(batch('running'), 'pause', NOW)).toEqual({ status: 'paused', paused_because: 'user' });
    expect(commanded(batch('running'), 'pause', NOW, { because: 'failures' })?.paused_because).toBe('failures');
  });

  it('cancel waits for the rows that are under way, whose calls finish unless it says otherwise', () => {
    expect(commanded(batch('running'), 'cancel', NOW)).toEqual({
      status: 'canceling',
      paused_because: null,
      live_calls: 'finish',
    });
    expect(commanded(batch('held', { counts: DONE }), 'cancel', NOW, { live_calls: 'hang_up' })).toMatchObject({
      status: 'canceled',
      live_calls: 'hang_up',
    });
  });
});

describe('a batch as time passes', () => {
  it('ends with its last row, also while it is held or paused', () => {
    for (const status of ['running', 'scheduled'] as const)
      expect(proceeded(batch(status, { counts: DONE }), NOW)).toEqual({ status: 'completed' });
    for (const status of ['held', 'paused'] as const) {
      expect(proceeded(batch(status, { counts: DONE }), NOW)).toEqual({ status: 'completed', paused_because: null });
      expect(proceeded(batch(status), NOW)).toBeUndefined();
    }
    expect(proceeded(batch('canceling', { counts: DONE }), NOW)).toEqual({ status: 'canceled' });
    expect(proceeded(batch('canceling'), NOW)).toBeUndefined();
  });

  it('begins at the time of its first row, and stays begun', () => {
    const waits = { counts: rows('waiting'), first_due_ms: NOW };
    expect(proceeded(batch('scheduled', waits), NOW - 1)).toBeUndefined();
    expect(proceeded(batch('scheduled', waits), NOW)).toEqual({ status: 'running' });
    expect(proceeded(batch('running', waits), NOW - 1)).toBeUndefined();
    expect(proceeded(batch('running'), NOW)).toBeUndefined();
  });

  it('does not come back from its end', () => {
    for (const status of ['completed', 'canceled'] as const) {
      expect(proceeded(batch(status), NOW)).toBeUndefined();
      expect(isFinalBatch(status)).toBe(true);
    }
    expect(BATCH_STATUSES.filter(isFinalBatch)).toEqual(['completed', 'canceled']);
  });

  it('has places for calls only while it is under way', () => {
    const placed = BATCH_STATUSES.filter((status) => placesOf({ status, max_concurrent: 3 }) === 3);
    expect(placed).toEqual(['scheduled', 'running']);
    expect(placesOf({ status: 'paused', max_concurrent: 3 })).toBe(0);
  });
});

describe('a batch that pauses by itself', () => {
  const fails = (share: number, of_last: number, ...last: RowStatus[]) => failsTooOften({ share, of_last }, last);
  it('does so once that share of so many rows has failed, and not before there are so many', () => {
    expect(fails(0.5, 4, 'failed', 'failed', 'completed', 'completed')).toBe(true);
    expect(fails(0.5, 4, 'failed', 'completed', 'completed', 'completed')).toBe(false);
    expect(fails(0.5, 4, 'failed', 'failed', 'failed')).toBe(false);
    expect(fails(1, 2, 'failed', 'needs_review')).toBe(false);
  });
});

describe('the rows of a batch', () => {
  it('are open until they are called and have ended', () => {
    expect(openRows(rows('waiting', 'in_progress', 'waiting', 'completed', 'failed', 'expired', 'duplicate'))).toBe(3);
    expect(openRows(noRows())).toBe(0);
  });

  it('are counted by status, with their sum', () => {
    expect(rows('failed', 'failed', 'waiting')).toEqual({ ...noRows(), failed: 2, waiting: 1, total: 3 });
  });

  it('are counted by result where there is one', () => {
    const results = [{ result: 'confirmed' }, { result: 'confirmed' }, { result: 'declined' }, { result: null }, {}];
    expect(resultsOf(results as Parameters<typeof resultsOf>[0])).toEqual({ confirmed: 2, declined: 1 });
  });

  it('stand as their bookings do, and tell those whose time had passed from those that were canceled', () => {
    expect(rowStatusOf({ status: 'queued' })).toBe('waiting');
    expect(rowStatusOf({ status: 'in_progress' })).toBe('in_progress');
    expect(rowStatusOf({ status: 'completed', result: 'confirmed' })).toBe('completed');
    expect(rowStatusOf({ status: 'failed', result: 'expired' })).toBe('expired');
    expect(rowStatusOf({ status: 'failed', result: 'unreachable' })).toBe('failed');
  });
});
