import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openRecords } from '../../records/open.ts';
import type { Databases } from './databases.ts';

/**
 * A real PostgreSQL server on loopback, or why there can be none here. It does not keep this process alive, and ends with
 * it at the latest.
 */
export async function startPostgres(): Promise<Databases | { unavailable: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('postgres-server.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let started: { url: string } | { unavailable: string } = { unavailable: 'its process ended without a word' };
  for await (const line of createInterface({ input: child.stdout })) {
    started = JSON.parse(line);
    break;
  }
  if ('unavailable' in started) {
    child.stdin.end();
    await exit;
    return started;
  }
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref();
  const { url } = started;
  let databases = 0;
  let template: Promise<string> | undefined;
  const create = async (more = ''): Promise<string> => {
    const name = `records_${++databases}`;
    const client = new pg.Client({ connectionString: `${url}/postgres` });
    await client.connect();
    await client.query(`create database ${name} ${more}`);
    await client.end();
    return name;
  };
  const migrated = async (): Promise<string> => {
    const name = await create();
    const records = await openRecords({ databaseUrl: `${url}/${name}` });
    await records.migrate();
    await records.close();
    return name;
  };
  return {
    newDatabase: async () => `${url}/${await create()}`,
    async newMigrated() {
      template ??= migrated();
      return `${url}/${await create(`template ${await template}`)}`;
    },
    async stop() {
      child.ref();
      child.stdin.end();
      await exit;
    },
  };
}
