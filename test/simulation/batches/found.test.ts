import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from './generate.ts';
import { type Memory, openMemory } from './memory.ts';
import { play } from './play.ts';
import type { RowPlan, Schedule } from './schedule.ts';

let memory: Memory;
beforeAll(async () => {
  memory = await openMemory();
});
afterAll(() => memory.close());

const row = (n: number, more: Partial<RowPlan> = {}): RowPlan => ({
  key: `r${n}`,
  line: n,
  kind: 'plain',
  calls: [{ end: 'talks', result: 'declined', rings_ms: 3_000, talks_ms: 60_000 }],
  ...more,
});

/** One batch in a quiet world, with what is changed. */
const schedule = (rows: RowPlan[], more: Partial<Schedule> = {}): Schedule => ({
  seed: 1,
  batches: [
    {
      at_ms: 0,
      rows,
      max_concurrent: 1,
      start: 'now',
      duplicates: 'allow',
      tells: false,
      again_ms: [],
      gives_up: false,
      dials: { most: 1, redial_seconds: 10, budget_seconds: 600 },
    },
  ],
  singles: [],
  commands: [],
  fates: [],
  blows: [],
  database_away: [],
  engine_away: [],
  turns: 1_000,
  webhooks_lost: 0,
  ...more,
});

const FOUND: Record<string, Schedule> = {
  'the answer to added rows is lost, and their sending is repeated when the batch is canceled': schedule(
    [row(1), row(2)],
    {
      fates: [{ on: 'appendRows', nth: 1, kind: 'dies_after' }],
      commands: [
        { do: 'append', rows: [row(3)], at_ms: 3_000, batch: 0 },
        { do: 'cancel', live_calls: 'finish', at_ms: 3_500, batch: 0, after: { on: 'appendRows', nth: 1 } },
      ],
    },
  ),
  'a row whose booking was started before a crash is refused: its country is not called any more': schedule(
    [row(1, { kind: 'abroad' })],
    { fates: [{ on: 'start', nth: 1, kind: 'dies_after' }], blows: [{ do: 'bar_country', at_ms: 5_000 }] },
  ),
  'a row is canceled while a slow process turns it into a booking': schedule([row(1), row(2)], {
    fates: [{ on: 'acceptBooking', nth: 1, kind: 'unheard' }],
    commands: [{ do: 'cancel_row', row: 0, at_ms: 2_000, batch: 0, after: { on: 'takeRows', nth: 1 } }],
  }),
  'a row is canceled when it is a booking that has no run yet': schedule([row(1)], {
    fates: [{ on: 'start', nth: 1, kind: 'unheard' }],
    commands: [{ do: 'cancel_row', row: 0, at_ms: 60_000, batch: 0, after: { on: 'acceptBooking', nth: 1 } }],
  }),
  'a process that stood still turns a row of a canceled batch into a booking': schedule([row(1)], {
    fates: [{ on: 'acceptBooking', nth: 1, kind: 'sleeps_before' }],
    commands: [{ do: 'cancel', live_calls: 'finish', at_ms: 20_000, batch: 0 }],
  }),
  'a batch is paused in the middle of a turn that opens its gate': schedule([row(1), row(2), row(3)], {
    commands: [{ do: 'pause', at_ms: 30_000, batch: 0, after: { on: 'openGate', nth: 1 } }],
  }),
  'the process dies between a pause and its answer': schedule([row(1), row(2), row(3)], {
    fates: [{ on: 'changeBatch', nth: 2, kind: 'dies_after' }],
    commands: [{ do: 'pause', at_ms: 10_000, batch: 0 }],
  }),
  'a process dies between a booking and its start': schedule([row(1)], {
    fates: [{ on: 'acceptBooking', nth: 1, kind: 'dies_after' }],
  }),
  'the run of a batch is lost once its end is written, and the client was not notified': generate(20_030),
};

/** What the simulator found, each as small as it can be. */
describe('found by the simulator of batches', () => {
  it.each(Object.entries(FOUND))('%s', async (_, found) => {
    const { violations } = await play(found, memory);
    expect(violations).toEqual([]);
  });
});
