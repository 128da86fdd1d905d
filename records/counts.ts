import { sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { BookingRecords } from './ports/bookings.ts';
import type { Database } from './tables.ts';

type Counts = Pick<BookingRecords, 'countByStatus' | 'countReviewsOpen' | 'foldCounts'>;

/** Changes that one statement folds. */
const FOLDED_AT_ONCE = 5_000;

/**
 * Counts of bookings, kept by triggers in the transactions that change them (migration `0021_counts`), so that reading costs the same at
 * any size. On SQLite, which has one writer, the triggers update the sums. On PostgreSQL all writers would wait for each other there, so
 * each writes its change as its own row, and these rows are folded into the sums from time to time.
 */
export const counts = (db: Database, engine: Engine): Counts => {
  async function foldCounts(): Promise<void> {
    if (engine === 'sqlite') return;
    while ((await foldSome(db)) === FOLDED_AT_ONCE);
  }

  /** One statement, which reads sums and changes of one moment. */
  async function countsNow(): Promise<{ status: string; reviewed: number; count: number }[]> {
    const { rows } = await sql<{ status: string; reviewed: number; count: number | string }>`
      select status, reviewed, sum(count) as count from (
        select status, reviewed, count from booking_counts
        union all
        select status, reviewed, change as count from booking_count_changes
      ) as kept group by status, reviewed`.execute(db);
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }

  return {
    foldCounts,

    async countByStatus() {
      await foldCounts();
      const found: Record<string, number> = {};
      for (const { status, count } of await countsNow()) found[status] = (found[status] ?? 0) + count;
      return Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0));
    },

    async countReviewsOpen() {
      await foldCounts();
      const open = (await countsNow()).find(({ status, reviewed }) => status === 'needs_review' && reviewed === 0);
      return open?.count ?? 0;
    },
  };
};

/** Folds some rows. Returns their number. Skips rows that another process is folding. */
async function foldSome(db: Database): Promise<number> {
  const { rows } = await sql<{ folded: number | string }>`
    with gone as (
      delete from booking_count_changes where position in (
        select position from booking_count_changes order by position limit ${FOLDED_AT_ONCE} for update skip locked
      ) returning status, reviewed, change
    ), folded as (
      insert into booking_counts (status, reviewed, count)
      select status, reviewed, sum(change) from gone group by status, reviewed order by status, reviewed
      on conflict (status, reviewed) do update set count = booking_counts.count + excluded.count
    )
    select count(*) as folded from gone`.execute(db);
  return Number(rows[0]?.folded ?? 0);
}
