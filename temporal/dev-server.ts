import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { nextFreePort } from './free-port.ts';
import { endLeftBehind, type KeptProcess, keepRunning } from './kept-process.ts';
import { quietPort } from './quiet-port.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { devServerArguments } from './settings.ts';
import type { Progress } from './sources.ts';

export interface DevServerOptions {
  /** Temporal's CLI; see `findTemporalCli`. */
  executable: string;
  /** Parent of the folder `temporal` for its database and log. The caller must hold this folder (one start at a time). */
  dataDir: string;
  /** Preferred port. Skips taken ports, and those that our other listeners are about to use. */
  port: number;
  except?: readonly number[] | undefined;
  namespace: string;
  /** Dynamic configuration in addition to the product's own. */
  dynamicConfig?: Readonly<Record<string, unknown>> | undefined;
  progress: Progress;
}

export interface DevServer {
  address: string;
  /** Its HTTP API: base URL, and the `Host` that it requires (`403` otherwise), known to this process only. */
  http: { url: string; host: string };
  /** Resolves when the server has ended, for any reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const LEFT_BEHIND = {
  ended: 'ended a Temporal server that an earlier run left behind',
  'another’s':
    'left a Temporal server alone that works on another folder: this one seems to be a copy, and its dials are held',
};
const READY_LIMIT_MS = 30_000;
/** Another process may take a port between our look and the server's start. */
const PORT_ATTEMPTS = 5;

/**
 * Starts Temporal's dev server on loopback and waits until it serves, with the product's search attributes. The server ends with this
 * process. A server that an earlier start left on the same folder is ended first. Never uses a server that it did not start.
 * @throws Error with the end of the server's log when it does not start
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const folder = join(options.dataDir, 'temporal');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = join(folder, 'temporal.db');
  const files = { log: join(folder, 'server.log'), record: join(folder, 'server.json'), worksOn: database };
  const left = await endLeftBehind(files.record, database);
  if (left) options.progress(LEFT_BEHIND[left]);

  for (let attempt = 1; ; attempt++) {
    const port = await nextFreePort(options.port, options.except);
    const metricsPort = await quietPort([port]);
    const httpPort = await quietPort([port, metricsPort]);
    // A name that no web page can have, and that nobody else knows.
    const httpHost = `${randomBytes(16).toString('hex')}.internal`;
    if (existsSync(files.log)) renameSync(files.log, `${files.log}.previous`);
    const { namespace, dynamicConfig } = options;
    const place = { database, port, httpPort, httpHost, metricsPort, namespace, dynamicConfig };
    const server = await keepRunning(options.executable, devServerArguments(place), files);
    try {
      await serving(server, files.log, port, options.namespace);
      return {
        address: `127.0.0.1:${port}`,
        http: { url: `http://127.0.0.1:${httpPort}`, host: httpHost },
        exited: server.exited,
        stop: server.stop,
      };
    } catch (error) {
      await server.stop();
      if (attempt >= PORT_ATTEMPTS || !/address already in use/.test(textOf(files.log))) throw error;
    }
  }
}

/**
 * Ready means: its log says that it listens on this port, it still runs, and it answers. (A server whose port is taken ends at once, so an
 * answer alone might come from another server.)
 */
async function serving(server: KeptProcess, log: string, port: number, namespace: string): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!textOf(log).includes(`:${port}`) && server.running() && Date.now() < deadline) await after(20);
  while (server.running() && Date.now() < deadline) {
    const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: '2s' }).catch(
      () => undefined,
    );
    if (!connection) continue;
    try {
      await ensureSearchAttributes(connection, namespace);
      if (server.running()) return;
    } finally {
      await connection.close();
    }
  }
  const what = server.running() ? `did not answer within ${READY_LIMIT_MS / 1000} s` : 'ended while it was starting';
  throw new Error(`Temporal's dev server ${what}. The end of ${log}:\n${textOf(log).slice(-2_000)}`);
}

function textOf(log: string): string {
  try {
    return readFileSync(log, 'utf8');
  } catch {
    return '';
  }
}
