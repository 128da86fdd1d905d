import { type Kysely, sql } from 'kysely';
import type { Engine } from './engine.ts';

const EVERYTHING_SHOWN = 'started = 1 and erasing = 0';
/** Filters of booking pages. Every index below contains all of them, so that no row is needed. */
const ASKED_FOR = ['owner', 'status', 'result', 'channel', 'reviewed', 'search_name'];

/** Indexes for all queries of the API, of retention and of erasure. */
export async function indexListing(db: Kysely<unknown>): Promise<void> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  await run('alter table bookings add column reviewed integer not null default 0');
  await run('update bookings set reviewed = 1 where review_json is not null');
  // Bounded like new names: PostgreSQL's index entries have a maximum size.
  await run('update bookings set search_name = substr(search_name, 1, 200) where length(search_name) > 200');
  for (const old of ['owner', 'time', 'status', 'result', 'end']) await run(`drop index bookings_by_${old}`);
  const rest = (leading: string) => ASKED_FOR.filter((column) => column !== leading).join(', ');
  for (const leading of ['owner', 'status', 'result']) {
    await run(
      `create index bookings_by_${leading} on bookings (${leading}, created_ms, id, ${rest(leading)}) where ${EVERYTHING_SHOWN}`,
    );
  }
  await run(`create index bookings_by_time on bookings (created_ms, id, ${rest('')}) where ${EVERYTHING_SHOWN}`);
  await run(
    `create index bookings_by_review on bookings (created_ms, id, ${rest('reviewed')}) where ${EVERYTHING_SHOWN} and reviewed = 1`,
  );
  await run(
    'create index bookings_by_end on bookings (final_ms, id, status) where final_ms is not null and erasing = 0',
  );
  // Legs without a stored end.
  await run('create index attempts_by_status on attempts (status, booking_id)');
  await run('create index bookings_unstarted on bookings (created_ms, id) where started = 0 and erasing = 0');
}

/** Counts that are updated by the changes themselves. See `counts.ts`. */
export async function keepCounts(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  const position = engine === 'sqlite' ? 'integer primary key' : 'bigint generated always as identity primary key';
  await run(
    'create table booking_counts (status text not null, reviewed integer not null, count bigint not null, primary key (status, reviewed))',
  );
  await run(
    `create table booking_count_changes (position ${position}, status text not null, reviewed integer not null, change integer not null)`,
  );
  await run(
    `insert into booking_counts select status, reviewed, count(*) from bookings where ${EVERYTHING_SHOWN} group by status, reviewed`,
  );
  for (const statement of engine === 'sqlite' ? sqliteTriggers() : postgresTriggers()) await run(statement);
}

const shown = (row: 'old' | 'new'): string => `${row}.started = 1 and ${row}.erasing = 0`;
const CHANGED = 'status, started, erasing, reviewed';

function sqliteTriggers(): string[] {
  const add = (row: 'old' | 'new', by: 1 | -1): string => `
    insert into booking_counts (status, reviewed, count)
    select ${row}.status, ${row}.reviewed, ${by} where ${shown(row)}
    on conflict (status, reviewed) do update set count = count + excluded.count;`;
  return [
    `create trigger bookings_counted_in after insert on bookings when ${shown('new')} begin ${add('new', 1)} end`,
    `create trigger bookings_counted_out after delete on bookings when ${shown('old')} begin ${add('old', -1)} end`,
    `create trigger bookings_counted_anew after update of ${CHANGED} on bookings
    when (old.status, old.started, old.erasing, old.reviewed) <> (new.status, new.started, new.erasing, new.reviewed)
    begin ${add('old', -1)} ${add('new', 1)} end`,
  ];
}

function postgresTriggers(): string[] {
  const add = (row: 'old' | 'new', by: 1 | -1): string => `
    if ${shown(row)} then
      insert into booking_count_changes (status, reviewed, change) values (${row}.status, ${row}.reviewed, ${by});
    end if;`;
  return [
    `create function count_bookings() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then ${add('old', -1)} end if;
      if tg_op <> 'DELETE' then ${add('new', 1)} end if;
      return null;
    end $$`,
    'create trigger bookings_counted after insert or delete on bookings for each row execute function count_bookings()',
    `create trigger bookings_counted_anew after update of ${CHANGED} on bookings for each row
    when ((old.status, old.started, old.erasing, old.reviewed) is distinct from (new.status, new.started, new.erasing, new.reviewed))
    execute function count_bookings()`,
  ];
}
