import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load.ts';
import { settleKeys } from '../../processes/keys.ts';
import { openRecords } from '../../records/open.ts';
import { bookingBody, ONLY_NATIVE } from '../e2e/support/client.ts';
import { startProcess } from '../e2e/support/process.ts';
import { LIVE, runSystem } from '../e2e/support/system.ts';
import { sqliteFiles } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';

/** Data without its keys, and keys without their data, on the real product. */

const NUMBER = '+541143210889';
const key = (n: number): string => Buffer.alloc(32, n).toString('base64');

describe('npm start', () => {
  const env: Record<string, string> = {};
  const system = runSystem({ env });
  const file = () => join(system.dataDir, 'secrets.json');
  const stop = async (): Promise<void> => {
    system.product.signal('SIGTERM');
    await system.product.ended;
  };
  /** A start that must be refused: what it said. */
  async function refused(more: Record<string, string> = {}): Promise<string> {
    const product = startProcess(['processes/vocero.mjs', 'start'], system.folder, { ...system.env, ...more });
    expect(await product.ended).toBe(1);
    return product.log();
  }
  const book = (idempotencyKey: string) =>
    system.client.send('POST', '/v1/bookings', bookingBody('+541143210801', ONLY_NATIVE), {
      'idempotency-key': idempotencyKey,
    });
  const rung = () => system.sandbox.log(NUMBER).calls.length;

  it('rings nobody with another key, says what to do, and with the key changed as documented knows everything again', async () => {
    system.sandbox.scenario({ number: NUMBER, callee: 'do-not-call' });
    const forbidden = await system.client.outcomeOf(NUMBER, ONLY_NATIVE);
    expect(forbidden.outcome).toMatchObject({ result: 'do_not_call' });
    const { body: once } = await book('once');
    await stop();
    expect(rung()).toBe(1);

    const kept = `${file()}.kept`;
    copyFileSync(file(), kept);
    rmSync(file());
    expect(await refused()).toMatch(/HASH_KEY: is missing.*secrets\.json is gone.*Restore that file/s);
    // A made-up file in its place would look like the real one.
    expect(existsSync(file())).toBe(false);
    copyFileSync(kept, file());
    expect(await refused({ HASH_KEY: key(5) })).toMatch(/HASH_KEY: .*is not the key of the data.*HASH_KEY_PREVIOUS/s);

    const former = JSON.parse(readFileSync(file(), 'utf8')).hash_key as string;
    Object.assign(env, { HASH_KEY: key(5), HASH_KEY_PREVIOUS: former });
    await system.start();
    expect((await system.client.outcomeOf(NUMBER, ONLY_NATIVE)).outcome).toMatchObject({ result: 'do_not_call' });
    expect(rung()).toBe(1);
    expect(await book('once')).toMatchObject({ status: 200, body: { id: once.id } });
    await stop();
    for (const end of ['', '-wal', '-shm']) rmSync(join(system.dataDir, `vocero.db${end}`), { force: true });
    await system.start();
    expect((await system.client.send('GET', '/v1/do-not-call')).body.data).toEqual([]);
  }, 300_000);
});

describe('processes on machines of their own', () => {
  it('refuse another HASH_KEY than their database’s: API, worker and bridge', async () => {
    const postgres = await startPostgres();
    const databases = 'unavailable' in postgres ? sqliteFiles() : postgres;
    const folder = mkdtempSync(join(tmpdir(), 'vocero-other-key-'));
    try {
      const databaseUrl = await databases.newDatabase();
      const records = await openRecords({ databaseUrl });
      await records.migrate();
      const log = { info: () => undefined, warn: () => undefined };
      const secrets = { hashKey: Buffer.alloc(32, 1), callbackSecret: `whsec_${key(1)}` };
      await settleKeys({ config: loadConfig({}), secrets, records, log, signsCallbacks: true });
      await records.close();
      const started = ['api', 'worker', 'bridge'].map((part) =>
        startProcess([`processes/${part}.ts`], folder, {
          ...LIVE,
          ...PLAYED,
          DATABASE_URL: databaseUrl,
          DATA_DIR: join(folder, part),
          HASH_KEY: key(2),
          TEMPORAL_ADDRESS: '127.0.0.1:1',
        }),
      );
      for (const alone of started) {
        expect(await alone.ended).toBe(1);
        expect(alone.log()).toMatch(/HASH_KEY: .*is not the key of the data/);
      }
    } finally {
      await databases.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 180_000);
});

/** Live mode, with providers that nobody gets to ask. */
const PLAYED = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_PHONE_NUMBER: '+541143210000',
  TWILIO_API_BASE_URL: 'http://127.0.0.1:1',
  ELEVENLABS_API_KEY: 'key',
  ELEVENLABS_AGENT_ID: 'agent',
  ELEVENLABS_PHONE_NUMBER_ID: 'number',
  ELEVENLABS_WEBHOOK_SECRET: 'secret',
  ELEVENLABS_TOOL_SECRET: 'secret',
  ELEVENLABS_API_BASE_URL: 'http://127.0.0.1:1',
};
