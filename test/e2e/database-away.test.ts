import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import type { BookingView } from '../../domain/view.ts';
import { Wire } from '../chaos/wire.ts';
import type { Databases } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';
import { until } from '../support/until.ts';
import { ONCE_BRIDGED, ONCE_NATIVE, type Wish } from './support/client.ts';
import { LIVE, runSystem } from './support/system.ts';

const LIMIT_MS = 120_000;
const SETTLE_MS = Number(LIVE.SETTLE_SECONDS) * 1000;

/** A PostgreSQL that the product reaches by a wire; it is cut while somebody talks, and heals long after. */
describe('a database that is away for longer than evidence is awaited', () => {
  const env: Record<string, string> = {};
  let postgres: Databases;
  let wire: Wire;

  beforeAll(async () => {
    const started = await startPostgres();
    if ('unavailable' in started) throw new Error(`there is no PostgreSQL here: ${started.unavailable}`);
    postgres = started;
    const direct = new URL(await postgres.newDatabase());
    wire = await Wire.lay('database', () => ({ host: '127.0.0.1', port: Number(direct.port) }));
    const byWire = new URL(direct);
    byWire.host = wire.address;
    env.DATABASE_URL = byWire.href;
  }, LIMIT_MS);
  const system = runSystem({ env });
  afterAll(async () => {
    wire.heal();
    await wire.close();
    await postgres.stop();
  });

  const callsOf = (number: string) => system.sandbox.log(number).calls;

  /** Books, takes the database away once the phone was answered, and gives it back when all that was said is stale. */
  async function outcomeOf(number: string, wish: Wish) {
    const { id } = await system.client.book(number, wish);
    await until(() => callsOf(number)[0]?.status === 'in-progress');
    await until(async () => (await system.client.booking(id)).attempts[0]?.status === 'in_progress');
    // A bridged talk must have begun: without the database no stream is let in.
    if (wish === ONCE_BRIDGED) await until(async () => (await system.client.transcript(id)).length > 0);
    wire.cut();
    const connection = await Connection.connect({ address: system.temporalAddress });
    try {
      // The workflow needs no database to say what it knows. What it would settle by itself, it has settled by then.
      const run = new Client({ connection }).workflow.getHandle(id);
      const endOf = async () => (await run.query<BookingView>('state')).attempts[0]?.ended_at;
      const ended = Date.parse(await until(endOf, 60_000));
      await until(() => Date.now() > ended + 3 * SETTLE_MS, 60_000);
    } finally {
      wire.heal();
      await connection.close();
    }
    return (await system.client.final(id, 90_000)).outcome;
  }

  it.each<[string, string, Wish]>([
    ['A', '+541143210201', ONCE_NATIVE],
    ['B', '+541143210202', ONCE_BRIDGED],
  ])(
    '%s: a confirmed appointment is confirmed',
    async (_, number, wish) => {
      system.sandbox.scenario({ number, talk_ms: 6000 });
      const outcome = await outcomeOf(number, wish);
      expect(outcome).toMatchObject({ result: 'confirmed', confirmed_time: '16:00', notes: expect.anything() });
      expect(callsOf(number)).toHaveLength(1);
    },
    LIMIT_MS,
  );

  it(
    'a confirmed appointment of which only the provider has the record is confirmed',
    async () => {
      const number = '+541143210203';
      system.sandbox.scenario({ number, talk_ms: 6000, report: 'lost', post_call: 'missing' });
      expect(await outcomeOf(number, ONCE_NATIVE)).toMatchObject({ result: 'confirmed' });
    },
    LIMIT_MS,
  );
});
