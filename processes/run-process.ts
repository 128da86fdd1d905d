import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/error.ts';
import { loadConfig } from '../config/load.ts';
import { createLogger } from '../config/logger.ts';
import { closeToOthers, keepPrivate } from '../config/private-files.ts';
import { openSecrets, type Secrets } from '../config/secrets.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { VERSION } from '../config/version.ts';
import { openStores, type Stores } from '../records/stores.ts';
import { reachTemporal } from '../temporal/reach.ts';
import { settleKeys } from './keys.ts';
import { type Recognised, recogniseRestore } from './recognise-restore.ts';
import { explained } from './start-failure.ts';
import { startTracing } from './start-tracing.ts';
import { onStopSignal } from './stop-signals.ts';

/** The context of one part that runs as a separate process. */
export interface ProcessContext {
  config: Config;
  secrets: Secrets;
  temporal: TemporalConnection;
  stores: Stores;
  log: Logger;
  restore: Recognised;
}

export interface RunningPart {
  /** Its address, for the log. */
  at?: string;
  /** Rejects if it cannot go on. */
  ended?: Promise<void>;
  stop(): Promise<void>;
}

/** A separate part needs an external Temporal and real credentials: it starts neither Temporal nor the sandbox. */
function refuseAlone(config: Config, part: string): TemporalConnection {
  if (config.mode === 'sandbox') {
    throw new ConfigError([
      {
        variable: 'TWILIO_ACCOUNT_SID',
        message: `is missing: \`npm run ${part}\` needs it and the other credentials; only \`npm start\` has the sandbox.`,
      },
    ]);
  }
  if (!config.temporal.external) {
    throw new ConfigError([
      {
        variable: 'TEMPORAL_ADDRESS',
        message: `is missing: \`npm run ${part}\` needs it. Give host:port of your Temporal, or run everything with \`npm start\`.`,
      },
    ]);
  }
  return config.temporal.external;
}

/**
 * Runs one part as a separate process until a signal: `npm run api`, `npm run worker`, `npm run bridge`. Ends the process: 0 if
 * it was stopped, 1 if it could not start or go on.
 * @param start starts the part; its result is stopped at the end
 * @example
 * ```ts
 * await runProcess('worker', async (given) => {
 *   const worker = await startWorker(given);
 *   return { ended: worker.ended, stop: () => worker.drain() };
 * });
 * ```
 */
export async function runProcess(part: string, start: (given: ProcessContext) => Promise<RunningPart>): Promise<void> {
  keepPrivate();
  let config: Config | undefined;
  try {
    const env = readEnvironment(process.cwd(), process.env);
    config = loadConfig(env);
    const temporal = refuseAlone(config, part);
    const log = createLogger(config, part);
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    for (const why of closeToOthers(config.dataDir)) log.warn({ why }, 'could not close the data folder to others');
    const stopTracing = await startTracing(config, part, log);
    const stores = await openStores(config, log);
    const given = { config, secrets: openSecrets(config), records: stores.records, log };
    const secrets = await settleKeys({ ...given, signsCallbacks: part === 'worker' });
    const restore = await recogniseRestore({ config, env, records: stores.records, log });
    // After the keys: a process with wrong ones must not run, whatever else is missing.
    await (await reachTemporal(temporal)).close();
    const running = await start({ config, secrets, temporal, stores, log, restore });
    log.info({ at: running.at, mode: config.mode, version: VERSION }, `${part} is ready`);
    const stopped = new Promise<number>((resolve) => {
      onStopSignal(
        (signal) => {
          log.info({ signal }, 'stopping');
          resolve(0);
        },
        () => process.exit(130),
      );
    });
    const broken = (running.ended ?? new Promise<never>(() => undefined)).then(
      () => 1,
      (error: unknown) => {
        log.fatal({ err: error }, `${part} cannot go on`);
        return 1;
      },
    );
    const code = await Promise.race([stopped, broken]);
    await running.stop();
    await stores.records.close();
    await stopTracing();
    process.exit(code);
  } catch (thrown) {
    const error = config ? explained(thrown, config) : thrown;
    console.error(error instanceof ConfigError ? `\n${error.keeping('Vocero cannot start')}\n` : error);
    process.exit(1);
  }
}
