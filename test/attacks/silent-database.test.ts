import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { as, bookingBody, type World, world } from '../api/support.ts';
import { Wire } from '../chaos/wire.ts';
import type { Databases } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';
import { until } from '../support/until.ts';

/** PostgreSQL that takes what is sent and says nothing, or that says no to every write: the API must say so, and come back by itself. */
const started = await startPostgres();
const postgres: Databases | undefined = 'unavailable' in started ? undefined : started;
if ('unavailable' in started) process.stderr.write(`skipped, no PostgreSQL here: ${started.unavailable}\n`);
const here = postgres ? describe : describe.skip;

/** As in the product, in a tenth of the time. */
const BOUNDS = { connectMs: 500, statementMs: 1_000, answerMs: 1_200 };

let direct: URL;
let wire: Wire;
let w: World;
const book = async () =>
  (await w.app.inject({ method: 'POST', url: '/v1/bookings', headers: as('alice'), payload: bookingBody() }))
    .statusCode;
const ready = async () => (await w.app.inject({ url: '/readyz' })).statusCode;
const comesBack = () => until(async () => (await ready()) === 200 && (await book()) === 202, 30_000);

beforeAll(async () => {
  if (postgres) direct = new URL(await postgres.newDatabase());
}, 60_000);
afterAll(() => postgres?.stop());

beforeEach(async () => {
  if (!postgres) return;
  wire = await Wire.lay('database', () => ({ host: direct.hostname, port: Number(direct.port) }));
  const byWire = new URL(direct);
  byWire.host = wire.address;
  w = await world({ records: { databaseUrl: byWire.href, bounds: BOUNDS } });
  // Some connections, all of which will be of no use.
  expect(await Promise.all([book(), book(), book(), book()])).toEqual([202, 202, 202, 202]);
});
afterEach(async () => {
  await wire?.close();
  await w?.close();
});

here('connections that go silent', () => {
  it('fail what waits for them within a bound, and are replaced when the server answers again', async () => {
    wire.hole();
    expect(await Promise.all([ready(), book(), book(), ready()])).toEqual([503, 503, 503, 503]);
    wire.heal();
    await comesBack();
  });

  it('are replaced though they never speak again, as when a firewall has forgotten them', async () => {
    wire.hole();
    // New ones are carried from now on; those that are there stay silent.
    wire.state = 'open';
    await comesBack();
  });
});

here('a server that only reads', () => {
  it('is not ready, answers 503 to what writes, and is used again when it writes', async () => {
    const admin = new pg.Client({ connectionString: direct.href });
    await admin.connect();
    const turn = async (how: string): Promise<void> => {
      await admin.query(`alter system ${how}`);
      await admin.query('select pg_reload_conf()');
    };
    await turn('set default_transaction_read_only = on');
    try {
      await until(async () => (await ready()) === 503);
      expect(await book()).toBe(503);
      const answer = await w.app.inject({ url: '/v1/bookings', headers: as('alice') });
      expect(answer.statusCode).toBe(200);
      expect((await w.app.inject({ url: '/healthz' })).statusCode).toBe(200);
    } finally {
      await turn('reset default_transaction_read_only');
    }
    await comesBack();
    await admin.end();
  });
});
