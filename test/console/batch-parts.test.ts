import { describe, expect, it } from '@jest/globals';
import { NOTHING, tellOf } from '../../console/batches/follow.ts';
import { paceOf, WINDOW_MS } from '../../console/batches/pace.ts';
import { settingsOf } from '../../console/batches/settings.ts';
import { obstacles } from '../../console/batches/verdict.ts';
import { noRows } from '../../domain/batch/statuses.ts';
import type { BatchEvent } from '../../domain/batch/view.ts';
import { batchSettingsSchema } from '../../domain/schemas/batch.ts';

const MINUTE = 60_000;

describe('the rate of a batch', () => {
  const now = 100 * MINUTE;
  const ends = Array.from({ length: 30 }, (_, n) => now - (n + 0.5) * MINUTE);

  it('is that of the last minutes', () => {
    expect(paceOf(ends, 0, 10, now)).toEqual({ rows_an_hour: 60, done_at: now + 10 * MINUTE });
    expect(paceOf(ends, 0, 0, now)!.done_at).toBeUndefined();
  });

  it('is unknown at the beginning and after a resume', () => {
    expect(paceOf([now - 1_000], now - 2_000, 10, now)).toBeUndefined();
    expect(paceOf(ends, now, 10, now)).toBeUndefined();
  });
});

describe('the events of a batch', () => {
  const at = (n: number): string => new Date(n * MINUTE).toISOString();
  const counts = { ...noRows(), total: 3 };
  const row = (n: number, status: 'in_progress' | 'completed'): BatchEvent => ({
    ...{ type: 'row', at: at(n), row: n, key: `k${n}`, status, result: null, why: null, booking_id: null, counts },
  });

  it('tell since when it runs, and when rows became final lately', () => {
    const events: BatchEvent[] = [
      { type: 'status', at: at(0), status: 'held', paused_because: null, counts },
      { type: 'status', at: at(1), status: 'running', paused_because: null, counts },
      row(1, 'in_progress'),
      row(2, 'completed'),
      row(9, 'completed'),
    ];
    const told = tellOf(
      NOTHING,
      events.map((event, n) => ({ seq: n + 1, event })),
    );
    expect(told).toEqual({ seq: 5, status: 'running', since: MINUTE, counts, ends: [9 * MINUTE] });
    expect(9 * MINUTE - 2 * MINUTE).toBeGreaterThan(WINDOW_MS);
    // The first one of those that were asked for says since when the rate is known.
    const late = tellOf(
      NOTHING,
      events.slice(2).map((event, n) => ({ seq: n + 3, event })),
    );
    expect(late).toMatchObject({ seq: 5, since: MINUTE, ends: [9 * MINUTE] });
    const paused = tellOf(told, [
      { seq: 6, event: { type: 'status', at: at(10), status: 'paused', paused_because: 'user', counts } },
    ]);
    expect(paused.since).toBeUndefined();
  });
});

describe('the settings of a batch', () => {
  it('are those that were typed, in the form of the API', () => {
    const settings = settingsOf({
      name: ' Recall ',
      'defaults.request.service_type': 'dentista',
      'defaults.request.user_name': '',
      'defaults.language': 'es',
      default_country: 'AR',
      not_before: '',
      not_after: '2026-12-05T18:00',
      max_concurrent: '3',
      on_invalid: 'skip',
      duplicates: 'allow',
      start: 'held',
      stop_after_failures: true,
      'stop_after_failures.share': '50',
      'stop_after_failures.of_last': '20',
    });
    expect(settings).toEqual({
      name: 'Recall',
      defaults: { request: { service_type: 'dentista' }, language: 'es' },
      default_country: 'AR',
      not_after: '2026-12-05T18:00',
      max_concurrent: 3,
      on_invalid: 'skip',
      duplicates: 'allow',
      start: 'held',
      stop_after_failures: { share: 0.5, of_last: 20 },
    });
    expect(batchSettingsSchema.safeParse(settings).success).toBe(true);
    expect(settingsOf({})).toEqual({});
    // A number that is none reaches the API, which refuses it in words.
    expect(settingsOf({ max_concurrent: '3.5' })).toEqual({ max_concurrent: '3.5' });
  });
});

describe('a checked table', () => {
  const check = { rows: 3, valid: 3, invalid: 0, duplicates: 0, problems: [], check: 'sha256:0' };
  const reject = { on_invalid: 'reject', duplicates: 'reject' };
  const skip = { on_invalid: 'skip', duplicates: 'skip' };
  const problem = { field: 'x', message: 'x' };

  it('starts unless its problems stop it', () => {
    expect(obstacles(check, reject)).toEqual([]);
    const invalid = { ...check, valid: 2, invalid: 1, problems: [{ ...problem, row: 2, code: 'missing' as const }] };
    expect(obstacles(invalid, reject)).toEqual(['invalidStops']);
    expect(obstacles(invalid, skip)).toEqual([]);
    expect(obstacles({ ...check, valid: 2, duplicates: 1 }, reject)).toEqual(['duplicatesStop']);
    expect(obstacles({ ...check, valid: 0, invalid: 3 }, skip)).toEqual(['noRow']);
    const table = { ...check, problems: [{ ...problem, row: 0, code: 'unknown_column' as const }] };
    expect(obstacles(table, skip)).toEqual(['table']);
  });
});
