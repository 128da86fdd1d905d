import { smallestOf } from '../smallest.ts';
import type { BatchPlan, Schedule } from './schedule.ts';

const without = <T>(list: readonly T[], i: number): T[] => list.filter((_, at) => at !== i);

function* simplerBatch(batch: BatchPlan): Generator<BatchPlan> {
  const { rows } = batch;
  // Commands name rows by their number: the last ones go first.
  for (let keep = 1; keep < rows.length; keep++) yield { ...batch, rows: rows.slice(0, keep) };
  if (batch.stop_after) yield { ...batch, stop_after: undefined };
  if (batch.again_ms.length > 0) yield { ...batch, again_ms: [] };
  if (batch.tells) yield { ...batch, tells: false };
  if (batch.start === 'held') yield { ...batch, start: 'now' };
  if (batch.gives_up) yield { ...batch, gives_up: false };
  for (const [i, row] of rows.entries()) {
    if (row.not_before_ms === undefined && row.not_after_ms === undefined) continue;
    yield { ...batch, rows: rows.with(i, { ...row, not_before_ms: undefined, not_after_ms: undefined }) };
  }
}

/** Every schedule that is one step simpler, the big steps first. */
function* simpler(schedule: Schedule): Generator<Schedule> {
  if (schedule.batches.length > 1) {
    yield {
      ...schedule,
      batches: schedule.batches.slice(0, 1),
      commands: schedule.commands.filter(({ batch }) => batch === 0),
    };
  }
  for (const name of ['fates', 'commands', 'blows', 'singles', 'database_away', 'engine_away'] as const) {
    const list: readonly unknown[] = schedule[name];
    if (list.length > 1) yield { ...schedule, [name]: [] };
    for (let i = 0; i < list.length; i++) yield { ...schedule, [name]: without(list, i) };
  }
  if (schedule.calls_at_once !== undefined) yield { ...schedule, calls_at_once: undefined };
  if (schedule.webhooks_lost > 0) yield { ...schedule, webhooks_lost: 0 };
  if (schedule.turns !== 1_000) yield { ...schedule, turns: 1_000 };
  for (const [i, batch] of schedule.batches.entries()) {
    for (const plan of simplerBatch(batch)) yield { ...schedule, batches: schedule.batches.with(i, plan) };
  }
}

/** The schedule without all that it fails without. */
export const shrink = (schedule: Schedule, fails: (schedule: Schedule) => Promise<boolean>): Promise<Schedule> =>
  smallestOf(schedule, simpler, fails);
