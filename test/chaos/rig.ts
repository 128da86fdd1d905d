import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type DevServer, type DevServerOptions, startDevServer } from '../../temporal/dev-server.ts';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { Client } from '../e2e/support/client.ts';
import { LIVE } from '../e2e/support/live.ts';
import { ownPort } from '../e2e/support/own-port.ts';
import { end, exists, type RunningProcess, ready, startProcess, tail } from '../e2e/support/process.ts';
import type { Databases } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';
import { PACE } from '../support/load.ts';
import { until } from '../support/until.ts';
import { copyOf, putInPlace, resetRun } from './stores.ts';
import { Wire } from './wire.ts';

const PARTS = ['api', 'worker', 'left', 'right'] as const;
/** `left` and `right` are the two bridges. */
type Part = (typeof PARTS)[number];
/** `bridge`: whichever has more streams at that moment. */
export const VICTIMS = ['api', 'worker', 'bridge', 'temporal'] as const;
export type Victim = (typeof VICTIMS)[number];

/** Every pair of parts that talk to each other over the network. */
export const PAIRS = [
  'api-temporal',
  'worker-temporal',
  'bridge-temporal',
  'worker-providers',
  'bridge-agent',
  'providers-api',
  'providers-bridge',
  'api-database',
  'worker-database',
  'bridge-database',
] as const;
export type Pair = (typeof PAIRS)[number];
/** Twilio's way to each bridge is one of its own. */
type Line = Pair | 'providers-left' | 'providers-right';

/** What of the product's memory can be put back to an older state. */
export type Store = 'temporal' | 'records';

const PROGRAMS: Record<Part, string> = {
  api: 'processes/api.ts',
  worker: 'processes/worker.ts',
  left: 'processes/bridge.ts',
  right: 'processes/bridge.ts',
};

/**
 * API, worker and two bridges as processes of their own, a file-backed Temporal and a database beside them, a wire between each
 * pair, and the providers in this process, so that their log outlives whatever is killed.
 */
export class Rig {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly client: Client;
  /** Why there is no PostgreSQL here; the parts then share a SQLite file, which no wire leads to. */
  readonly withoutPostgres: string | undefined;
  private readonly folder: string;
  private readonly wires: Map<Line, Wire>;
  private readonly postgres: Databases | undefined;
  private readonly temporalOptions: DevServerOptions;
  private temporal: DevServer;
  private readonly envs: Record<Part, Record<string, string>>;
  private readonly health: Record<Part, string>;
  private readonly processes = new Map<Part, RunningProcess>();
  private readonly earlier: string[] = [];

  private constructor(made: {
    folder: string;
    sandbox: Sandbox;
    wires: Map<Line, Wire>;
    postgres: Databases | undefined;
    withoutPostgres: string | undefined;
    temporalOptions: DevServerOptions;
    temporal: DevServer;
    envs: Record<Part, Record<string, string>>;
    health: Record<Part, string>;
  }) {
    this.folder = made.folder;
    this.sandbox = made.sandbox;
    this.wires = made.wires;
    this.postgres = made.postgres;
    this.withoutPostgres = made.withoutPostgres;
    this.temporalOptions = made.temporalOptions;
    this.temporal = made.temporal;
    this.envs = made.envs;
    this.health = made.health;
    this.url = `http://127.0.0.1:${made.envs.api.PORT}`;
    this.client = new Client(this.url);
  }

  /**
   * Starts everything; resolves when all parts are ready. `file`: the parts share a SQLite file, wherever PostgreSQL is. `settings`: of all
   * parts, over the usual ones.
   */
  static async start({
    pace = PACE,
    file = false,
    settings = {},
  }: {
    pace?: number;
    file?: boolean;
    settings?: Record<string, string>;
  } = {}): Promise<Rig> {
    const folder = mkdtempSync(join(tmpdir(), 'vocero-chaos-'));
    const quiet = (): void => undefined;
    const ports = { api: await ownPort(), worker: await ownPort(), left: await ownPort(), right: await ownPort() };
    const temporalOptions = {
      executable: await findTemporalCli({ env: process.env, progress: quiet }),
      dataDir: join(folder, 'temporal'),
      port: await ownPort(),
      namespace: 'default',
      progress: quiet,
    };
    const wires = new Map<Line, Wire>();
    const local = (port: number) => ({ host: '127.0.0.1', port });
    const lay = async (pair: Line, port: () => number): Promise<string> => {
      const wire = await Wire.lay(pair, () => local(port()), await ownPort());
      wires.set(pair, wire);
      return wire.address;
    };
    const publicUrl = `http://${await lay('providers-api', () => ports.api)}`;
    const streams = {
      left: `http://${await lay('providers-left', () => ports.left)}`,
      right: `http://${await lay('providers-right', () => ports.right)}`,
    };
    const [temporal, postgres, sandbox] = await Promise.all([
      startDevServer(temporalOptions),
      file ? { unavailable: 'it was not wanted' } : startPostgres(),
      startSandbox({ publicUrl, pace }),
    ]);
    const database = 'unavailable' in postgres ? undefined : new URL(await postgres.newDatabase());
    const shared = {
      ...LIVE,
      ...sandbox.env,
      PUBLIC_URL: publicUrl,
      BRIDGE_PUBLIC_URL: streams.left,
      BRIDGE_DRAIN_SECONDS: '1',
      DATA_DIR: join(folder, 'data'),
      HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
      // What one store knows alone has to be enough: test/e2e/restored.test.ts has the hold of dials.
      AFTER_RESTORE: 'dial',
      ...settings,
    };
    /** The way of one kind of part to all others. */
    const ways = async (
      kind: 'api' | 'worker' | 'bridge',
      providers?: 'worker-providers' | 'bridge-agent',
    ): Promise<Record<string, string>> => {
      const { port } = new URL(`http://${temporal.address}`);
      const databaseUrl = database && new URL(database);
      if (databaseUrl) databaseUrl.host = await lay(`${kind}-database`, () => Number(database.port));
      const url = providers && `http://${await lay(providers, () => sandbox.port)}`;
      return {
        TEMPORAL_ADDRESS: await lay(`${kind}-temporal`, () => Number(port)),
        ...(databaseUrl && { DATABASE_URL: databaseUrl.href }),
        ...(url && { TWILIO_API_BASE_URL: url, ELEVENLABS_API_BASE_URL: url }),
      };
    };
    const bridge = { ...shared, ...(await ways('bridge', 'bridge-agent')) };
    const envs = {
      api: { ...shared, ...(await ways('api')), PORT: String(ports.api) },
      worker: { ...shared, ...(await ways('worker', 'worker-providers')), WORKER_HEALTH_PORT: String(ports.worker) },
      left: { ...bridge, PORT: String(ports.left), BRIDGE_PUBLIC_URL: streams.left },
      right: { ...bridge, PORT: String(ports.right), BRIDGE_PUBLIC_URL: streams.right },
    };
    const health = Object.fromEntries(PARTS.map((part) => [part, `http://127.0.0.1:${ports[part]}/healthz`])) as Record<
      Part,
      string
    >;
    const rig = new Rig({
      folder,
      sandbox,
      wires,
      postgres: 'unavailable' in postgres ? undefined : postgres,
      withoutPostgres: 'unavailable' in postgres ? postgres.unavailable : undefined,
      temporalOptions,
      temporal,
      envs,
      health,
    });
    try {
      // The first one makes the database's tables.
      await rig.startPart('api');
      await Promise.all([rig.startPart('worker'), rig.startPart('left'), rig.startPart('right')]);
      await ready(rig.processes.get('api')!, `http://127.0.0.1:${ports.api}/readyz`);
    } catch (error) {
      await rig.stop();
      throw error;
    }
    return rig;
  }

  wire(pair: Pair): Wire {
    const wire = this.wires.get(pair === 'providers-bridge' ? `providers-${this.busier()}` : pair);
    if (!wire) throw new Error(`there is no wire ${pair} here: ${this.withoutPostgres}`);
    return wire;
  }

  /** The pairs that can be cut here. */
  get pairs(): Pair[] {
    return PAIRS.filter((pair) => pair === 'providers-bridge' || this.wires.has(pair));
  }

  private busier(): 'left' | 'right' {
    return this.wires.get('providers-left')!.live >= this.wires.get('providers-right')!.live ? 'left' : 'right';
  }

  /** SIGKILL; resolves when it is gone, with the way to start it again: on the same ports, database and files, until it is ready. */
  async kill(victim: Victim): Promise<() => Promise<void>> {
    if (victim === 'temporal') {
      const { pid } = JSON.parse(readFileSync(join(this.temporalOptions.dataDir, 'temporal', 'server.json'), 'utf8'));
      process.kill(pid, 'SIGKILL');
      await this.temporal.exited;
      await until(() => !exists(pid));
      return async () => {
        this.temporal = await startDevServer(this.temporalOptions);
      };
    }
    const part = victim === 'bridge' ? this.busier() : victim;
    await this.killPart(part);
    return () => this.startPart(part);
  }

  /**
   * Kills a part that has just said something that its wire stopped before: those words are lost with it. Resolves when it is gone, with
   * the way to start it again.
   */
  async killUnheard(victim: Victim, pair: Pair): Promise<() => Promise<void>> {
    const wire = this.wire(pair);
    await until(() => wire.state === 'hole', 60_000, `${pair} to stop`);
    const restart = await this.kill(victim);
    wire.reset();
    wire.heal();
    return restart;
  }

  /** Kills the product's processes and starts them with other settings, on the same database and files; gives the way back. */
  async restartAs(settings: Record<string, string>): Promise<() => Promise<void>> {
    const before = PARTS.map((part) => [part, { ...this.envs[part] }] as const);
    await this.stopped(async () => {
      for (const part of PARTS) Object.assign(this.envs[part], settings);
    });
    return () =>
      this.stopped(async () => {
        for (const [part, env] of before) this.envs[part] = env;
      });
  }

  /**
   * Copies a store as it is now, in the middle of whatever goes on. The function returned puts the copy in its place, as a restored
   * backup or a lost write-ahead log would: whoever uses the store is killed first, and started again on the older one.
   */
  async keep(store: Store): Promise<() => Promise<void>> {
    const file =
      store === 'temporal'
        ? join(this.temporalOptions.dataDir, 'temporal', 'temporal.db')
        : join(this.envs.api.DATA_DIR!, 'vocero.db');
    if (store === 'records' && this.postgres) throw new Error('the records are in no file here: start({ file: true })');
    const copy = await copyOf(file);
    if (store === 'records') return () => this.stopped(() => putInPlace(copy, file));
    return async () => {
      const restart = await this.kill('temporal');
      // With the machine: a worker that lived on would know more than the engine that it works for.
      const restartWorker = await this.kill('worker');
      await putInPlace(copy, file);
      await restart();
      await restartWorker();
    };
  }

  /** `temporal workflow reset` of a booking's run, to its first workflow task. */
  reset(id: string): Promise<void> {
    return resetRun(this.temporal.address, this.temporalOptions.namespace, id);
  }

  /** Does something while no process of the product runs. */
  private async stopped(work: () => Promise<void>): Promise<void> {
    for (const part of PARTS) await this.killPart(part);
    await work();
    await this.startPart('api');
    await Promise.all([this.startPart('worker'), this.startPart('left'), this.startPart('right')]);
    await ready(this.processes.get('api')!, `${this.url}/readyz`);
  }

  private async killPart(part: Part): Promise<void> {
    const running = this.processes.get(part)!;
    running.signal('SIGKILL');
    const end = await running.ended;
    if (end !== 'SIGKILL') throw new Error(`${part} had ended before it was killed (${end}):\n${tail(running.log())}`);
    this.earlier.push(`${part}, killed:\n${tail(running.log())}`);
    this.processes.delete(part);
  }

  /** The ends of all logs, for a failure's message. */
  tails(): string {
    const notes = this.sandbox.log().notes.slice(-30);
    return [
      ...this.earlier.slice(-2),
      ...[...this.processes].map(([part, { log }]) => `${part}:\n${tail(log())}`),
      ...notes.map(({ text }) => `the sandbox noted: ${text}`),
    ].join('\n');
  }

  /** All lines of the running parts that say something of a booking. */
  linesOf(id: string): string {
    return [...this.processes]
      .flatMap(([part, { log }]) =>
        log()
          .split('\n')
          .filter((line) => line.includes(id))
          .map((line) => `${part}: ${line}`),
      )
      .join('\n');
  }

  async stop(): Promise<void> {
    for (const wire of this.wires.values()) wire.heal();
    await end(...this.processes.values());
    await this.sandbox.close();
    await this.temporal.stop();
    await this.postgres?.stop();
    await Promise.all([...this.wires.values()].map((wire) => wire.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startPart(part: Part): Promise<void> {
    const running = startProcess([PROGRAMS[part]], this.folder, this.envs[part]);
    this.processes.set(part, running);
    await ready(running, this.health[part]);
  }
}
