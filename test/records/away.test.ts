import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { isDatabaseAway } from '../../records/away.ts';
import { openRecords } from '../../records/open.ts';
import { closedPort } from '../providers/web-server.ts';

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('a database that is away', () => {
  it('is known by a refused connection', async () => {
    const records = await openRecords({ databaseUrl: (await closedPort()).replace('http:', 'postgres:') });
    expect(isDatabaseAway(await thrownBy(() => records.booking('bk_nobody')))).toBe(true);
    await records.close();
  });

  it.each(['08006', '53300', '57P01', '57P03'])('is known by PostgreSQL’s %s', (code) => {
    expect(isDatabaseAway(Object.assign(new Error('x'), { code }))).toBe(true);
  });

  it('is not what a wrong question or a broken rule is', async () => {
    const db = new DatabaseSync(':memory:');
    expect(isDatabaseAway(await thrownBy(() => db.exec('select nothing from nowhere')))).toBe(false);
    db.exec('create table one (id integer primary key); insert into one values (1)');
    expect(isDatabaseAway(await thrownBy(() => db.exec('insert into one values (1)')))).toBe(false);
    expect(isDatabaseAway(Object.assign(new Error('x'), { code: '23505' }))).toBe(false);
    expect(isDatabaseAway(new TypeError('x'))).toBe(false);
    expect(isDatabaseAway('ECONNREFUSED')).toBe(false);
    db.close();
  });
});
