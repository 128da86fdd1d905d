import type { BatchTurn } from '../activities/batch-interface.ts';

/** Turns of one run. Each adds a dozen entries to its history. */
const TURNS = 300;
/** A signal may be lost: after this time without one, rows are compared with their bookings. */
const LOOK_MS = 300_000;
/** Bookings that end together are handled together. */
const GATHER_MS = 1_000;

/** Numbers of signals that a run has received: changes of its batch, and ends of bookings. */
export interface Heard {
  changes: number;
  ended: number;
}

/** The part of Temporal that a batch's run needs. */
export interface BatchRun {
  feed(thorough: boolean): Promise<BatchTurn>;
  /** Has the client told, once, that the batch is completed for this time, or canceled. */
  tell(how: number | 'canceled'): Promise<void>;
  /** This run should be continued by a new one. */
  mustGoOnAnew(): boolean;
  goOnAnew(): Promise<never>;
  /** Milliseconds since 1970. */
  now(): number;
  /** True as soon as it is so; false after `ms`. */
  until(isSo: () => boolean, ms: number): Promise<boolean>;
}

/** Turn after turn until every row of the batch is final, and no change is left to look at. It imports no Temporal: the simulator plays it. */
export async function carryBatch(heard: Heard, run: BatchRun): Promise<void> {
  let late = true;
  /** Changes that a thorough turn has seen. */
  let looked = 0;
  for (let turn = 1; ; turn++) {
    const seen = { ...heard };
    const thorough = late || heard.changes !== looked;
    const { over, completed, canceled, more, next_at, eager } = await run.feed(thorough);
    if (thorough) looked = seen.changes;
    late = false;
    if (over) {
      if (completed !== undefined) await run.tell(completed);
      if (canceled) await run.tell('canceled');
      if (heard.changes === looked) return;
      continue;
    }
    if (turn >= TURNS || run.mustGoOnAnew()) await run.goOnAnew();
    if (more) continue;
    const pause = Math.max(1, Math.min(next_at === undefined ? LOOK_MS : Date.parse(next_at) - run.now(), LOOK_MS));
    const woken = await run.until(() => heard.changes !== looked || heard.ended !== seen.ended, pause);
    late = !woken;
    if (woken && !eager) await run.until(() => heard.changes !== looked, GATHER_MS);
  }
}
