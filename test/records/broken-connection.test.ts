import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { isDatabaseAway } from '../../records/away.ts';
import { openRecords } from '../../records/open.ts';
import { Wire } from '../chaos/wire.ts';
import { until } from '../support/until.ts';
import type { Databases } from './databases.ts';
import { startPostgres } from './postgres.ts';

let postgres: Databases | { unavailable: string };

beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);

afterAll(async () => {
  if (!('unavailable' in postgres)) await postgres.stop();
});

it('a connection that breaks in the middle of a query fails that query, and neither the process nor the next one', async () => {
  if ('unavailable' in postgres) return console.info(`not tried, no PostgreSQL here: ${postgres.unavailable}`);
  const direct = new URL(await postgres.newDatabase());
  const wire = await Wire.lay('database', () => ({ host: direct.hostname, port: Number(direct.port) }));
  const byWire = new URL(direct);
  byWire.host = wire.address;
  const records = await openRecords({ databaseUrl: byWire.href });
  const other = new pg.Client({ connectionString: direct.href });
  try {
    await records.migrate();
    await other.connect();
    await other.query('begin; lock table bookings in access exclusive mode');
    const asking = records.booking('bk_nobody');
    const broken = asking.then(() => false, isDatabaseAway);
    const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
    await until(async () => {
      // Inside a transaction the server shows what it saw at first.
      await other.query('select pg_stat_clear_snapshot()');
      return (await other.query(waiting)).rowCount;
    });
    wire.reset();
    expect(await broken).toBe(true);
    await other.query('rollback');
    expect(await records.booking('bk_nobody')).toBeUndefined();
  } finally {
    await other.end();
    await records.close();
    await wire.close();
  }
}, 60_000);
