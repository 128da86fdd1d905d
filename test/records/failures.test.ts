import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { failureCounter } from '../../delivery/failure-counter.ts';
import { openStores, type Stores } from '../../records/stores.ts';
import { orderOf } from './samples.ts';

let folder: string;
let file: string;
let stores: Stores;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-failures-'));
  file = join(folder, 'vocero.db');
  stores = await openStores({ databaseUrl: `file:${file}`, dataDir: folder }, { warn: () => undefined });
});

afterEach(async () => {
  await stores.records.close();
  rmSync(folder, { recursive: true, force: true });
});

async function counted(): Promise<(kind: string) => Promise<number>> {
  const registry = new Registry();
  stores.onFailure!(failureCounter(registry));
  return async (kind) => {
    const line = (await registry.metrics()).split('\n').find((each) => each.includes(`kind="${kind}"`));
    return Number(line?.split(' ').at(-1));
  };
}

describe('failures of the database', () => {
  it('are counted by kind, and go on to the caller', async () => {
    const failures = await counted();
    await stores.records.booking('bk_nobody');
    expect(await Promise.all(['connect', 'read', 'write'].map(failures))).toEqual([0, 0, 0]);
    const other = new DatabaseSync(file);
    other.exec('alter table bookings rename to gone');
    await expect(stores.records.booking('bk_nobody')).rejects.toThrow('no such table');
    await expect(stores.records.acceptBooking({ order: orderOf(), owner: 'o' })).rejects.toThrow('no such table');
    await expect(stores.records.markStarted('bk_nobody')).rejects.toThrow('no such table');
    expect(await failures('read')).toBe(1);
    expect(await failures('write')).toBe(2);
    other.exec('alter table gone rename to bookings');
    other.close();
    await stores.records.markStarted('bk_nobody');
    expect(await failures('write')).toBe(2);
  });

  it('of a full disk are counted as writes', async () => {
    const failures = await counted();
    const other = new DatabaseSync(file);
    // Refused in the transaction's own words, as by a disk without room.
    other.exec(
      "create trigger full before insert on bookings begin select raise(abort, 'database or disk is full'); end",
    );
    other.close();
    await expect(stores.records.acceptBooking({ order: orderOf(), owner: 'o' })).rejects.toThrow('disk is full');
    expect(await failures('write')).toBe(1);
  });
});
