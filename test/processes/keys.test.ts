import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { settleKeys } from '../../processes/keys.ts';
import type { Records } from '../../records/interface.ts';
import { openRecords } from '../../records/open.ts';
import { phoneHasher } from '../../records/phone-hash.ts';
import { orderOf } from '../records/samples.ts';

const hashKey = (n: number): string => Buffer.alloc(32, n).toString('base64');
const secret = (n: number): string => `whsec_${hashKey(n)}`;

let folder: string;
let records: Records;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-keys-'));
  records = await openRecords({ databaseUrl: `file:${join(folder, 'vocero.db')}` });
  await records.migrate();
});
afterEach(async () => {
  await records.close();
  rmSync(folder, { recursive: true });
});

/** A start with these settings: the key that its hashes are made with. */
async function start(env: Record<string, string> = {}, madeNow?: string): Promise<string> {
  const all = { HASH_KEY: hashKey(1), CALLBACK_SECRET: secret(1), DATA_DIR: folder, ...env };
  const config: Config = loadConfig({ ...all, ...(madeNow && { HASH_KEY: '' }) });
  const secrets = {
    hashKey: Buffer.from(all.HASH_KEY, 'base64'),
    callbackSecret: all.CALLBACK_SECRET,
    madeNow,
  };
  const log = { info: () => undefined, warn: () => undefined };
  return (await settleKeys({ config, secrets, records, log, signsCallbacks: true })).hashKey.toString('hex');
}

/** As a version left it that kept no marks. */
async function bookedWith(key: string): Promise<void> {
  const order = orderOf('bk_older');
  const phone_hash = phoneHasher(Buffer.from(key, 'base64'))(order.business.phone);
  await records.acceptBooking({ order, owner: 'owner', phone_hash });
}

describe('HASH_KEY', () => {
  it('of the first start is the key of the hashes; it lies in the database sealed', async () => {
    expect(await start()).toBe(Buffer.alloc(32, 1).toString('hex'));
    expect(await start()).toBe(Buffer.alloc(32, 1).toString('hex'));
    expect(await records.keyMark('hash_key')).not.toContain(hashKey(1).slice(0, 8));
  });

  it('that is another one refuses to start, and says which setting and what to do', async () => {
    const first = await start();
    await expect(start({ HASH_KEY: hashKey(2) })).rejects.toThrow(/HASH_KEY.*HASH_KEY_PREVIOUS/s);
    expect(await start()).toBe(first);
  });

  it('is changed with the former one beside it once; hashes stay what they were, and the former one opens nothing any more', async () => {
    const first = await start();
    expect(await start({ HASH_KEY: hashKey(2), HASH_KEY_PREVIOUS: `${hashKey(9)},${hashKey(1)}` })).toBe(first);
    expect(await start({ HASH_KEY: hashKey(2) })).toBe(first);
    await expect(start()).rejects.toThrow('HASH_KEY');
  });

  it('of two first starts at once is the same for both, or one of them is refused', async () => {
    const both = await Promise.all([start(), start()]);
    expect(new Set(both).size).toBe(1);
  });

  it('is known by the numbers of data that is older than this check', async () => {
    await bookedWith(hashKey(1));
    await expect(start({ HASH_KEY: hashKey(2) })).rejects.toThrow('HASH_KEY');
    expect(await records.keyMark('hash_key')).toBeUndefined();
    // Its hashes were made with the key itself, and are found again.
    expect(await start()).toBe(Buffer.alloc(32, 1).toString('hex'));
    expect(await start({ HASH_KEY: hashKey(2), HASH_KEY_PREVIOUS: hashKey(1) })).toBe(
      Buffer.alloc(32, 1).toString('hex'),
    );
  });

  it('goes on with older data that has no number to tell by', async () => {
    await records.forbidNumber({
      phone_hash: 'p',
      phone_masked: '…',
      booking_id: 'bk_gone',
      at: '2026-11-24T10:00:00.000Z',
    });
    expect(await start()).toBe(Buffer.alloc(32, 1).toString('hex'));
  });

  it('that was made in a lost file’s place is not kept', async () => {
    await start();
    const file = join(folder, 'secrets.json');
    writeFileSync(file, '{}');
    await expect(start({ HASH_KEY: hashKey(2) }, file)).rejects.toThrow(/secrets.json is gone.*from a backup/s);
    expect(existsSync(file)).toBe(false);
  });
});

describe('CALLBACK_SECRET', () => {
  it('that is another one refuses to start, but beside the former one, or when that is said to be lost', async () => {
    await start();
    const other = { CALLBACK_SECRET: secret(2) };
    await expect(start(other)).rejects.toThrow(/CALLBACK_SECRET.*CALLBACK_SECRET_PREVIOUS.*LOST_KEYS=callback/s);
    await start({ ...other, CALLBACK_SECRET_PREVIOUS: secret(1) });
    await start(other);
    await expect(start()).rejects.toThrow('CALLBACK_SECRET');
    await start({ LOST_KEYS: 'callback' });
    await start();
  });
});

describe('PAYLOAD_ENCRYPTION_KEY', () => {
  const ring = (...numbers: number[]) => ({ PAYLOAD_ENCRYPTION_KEY: numbers.map(hashKey).join(',') });

  it('may come, and grow, as long as what encrypted before can be read', async () => {
    await start();
    await start(ring(1));
    await start(ring(1, 2));
    await start(ring(2, 1));
    await start(ring(2));
    await expect(start(ring(1))).rejects.toThrow(/PAYLOAD_ENCRYPTION_KEY.*Add it behind the current one/s);
    await expect(start()).rejects.toThrow('PAYLOAD_ENCRYPTION_KEY');
  });

  it('may go when it is said that nothing of it is needed', async () => {
    await start(ring(1));
    await start({ LOST_KEYS: 'payload' });
    await start();
    await start(ring(3));
  });
});

it('LOST_KEYS does not take the key of the hashes', () => {
  expect(() => loadConfig({ LOST_KEYS: 'hash' })).toThrow(/LOST_KEYS/);
});
