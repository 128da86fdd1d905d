import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRecords } from '../../records/open.ts';
import { accepted, turn } from './samples.ts';

describe('opening records', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vocero-opening-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['', 'DATABASE_URL must begin with file: (SQLite) or postgres:// (PostgreSQL)'],
    ['mysql://u:hunter2@h/d', 'DATABASE_URL must begin with'],
    ['file:', 'DATABASE_URL names no file'],
    ['file:x.db?mode=ro', 'takes no parameters'],
    ['file://server/x.db', 'must be followed by an absolute path'],
    ['postgres://u:hunter2@h:port/d', 'DATABASE_URL is not a valid URL'],
  ])('refuses %j and says why', async (databaseUrl, reason) => {
    const refusal = openRecords({ databaseUrl }).catch((error) => error);
    expect(await refusal).toHaveProperty('message', expect.stringContaining(reason));
    expect(String(await refusal)).not.toContain('hunter2');
  });

  it('says that a file cannot be written, or is no database', async () => {
    await expect(openRecords({ databaseUrl: `file:${folder}` })).rejects.toThrow('cannot be opened for writing');
    await writeFile(
      join(folder, 'text.db'),
      'this is no database, and long enough to be seen as something else'.repeat(20),
    );
    await expect(openRecords({ databaseUrl: `file:${join(folder, 'text.db')}` })).rejects.toThrow('not a database');
  });

  it('makes folders and file, for this user only, with its side files', async () => {
    const path = join(folder, 'deep', 'er', 'x.db');
    const records = await openRecords({ databaseUrl: pathToFileURL(path).href });
    await records.migrate();
    await records.ping();
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect((await stat(file)).mode & 0o777).toBe(0o600);
    await records.close();
    await records.close();
    await expect(records.ping()).rejects.toThrow();
  });

  it('closes to others a file that was open to them, with its side files', async () => {
    const path = join(folder, 'open.db');
    const files = [path, `${path}-wal`, `${path}-shm`];
    const before = await openRecords({ databaseUrl: `file:${path}` });
    await before.migrate();
    for (const file of files) await chmod(file, 0o644);
    const after = await openRecords({ databaseUrl: `file:${path}` });
    for (const file of files) expect([file, (await stat(file)).mode & 0o777]).toEqual([file, 0o600]);
    await after.close();
    await before.close();
  });

  it('reaches no server before the first query, and then says that there is none', async () => {
    const records = await openRecords({ databaseUrl: 'postgres://u:p@127.0.0.1:1/d' });
    await expect(records.ping()).rejects.toThrow('ECONNREFUSED');
    await records.close();
  });

  it('does what was asked before it closes', async () => {
    const databaseUrl = `file:${join(folder, 'closing.db')}`;
    const records = await openRecords({ databaseUrl });
    await records.migrate();
    const order = await accepted(records);
    const adding = [0, 1, 2].map((index) => records.addTurn(`${order.id}.1`, turn(index)));
    await Promise.all([...adding, records.close()]);
    const again = await openRecords({ databaseUrl });
    expect(await again.turnsOf(`${order.id}.1`)).toHaveLength(3);
    await again.close();
  });

  it('lets the process go on while somebody else holds the database, and then writes', async () => {
    const path = join(folder, 'held.db');
    const records = await openRecords({ databaseUrl: `file:${path}` });
    await records.migrate();
    const order = await accepted(records);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    let written = false;
    const writing = records.addTurn(`${order.id}.1`, turn(0)).then(() => {
      written = true;
    });
    // Were waiting for the lock to stop the process, these turns of the event loop would not come.
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBe(false);
    other.exec('rollback');
    other.close();
    await writing;
    expect(await records.turnsOf(`${order.id}.1`)).toHaveLength(1);
    await records.close();
  });
});
