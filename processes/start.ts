import { pino } from 'pino';
import { CliFailure } from '../cli/failure.ts';
import { report } from '../cli/report.ts';
import { announce } from '../cli/running.ts';
import type { Config } from '../config/config.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/error.ts';
import { loadConfig } from '../config/load.ts';
import { closeToOthers, keepPrivate } from '../config/private-files.ts';
import { openSecrets, type Secrets } from '../config/secrets.ts';
import { isFree } from '../temporal/free-port.ts';
import { claimDataFolder } from './data-folder.ts';
import { onParentGone } from './parent-gone.ts';
import { explained, portTaken } from './start-failure.ts';
import { partsFor } from './start-parts.ts';
import { inLines, inWords, type StartVoice } from './start-voice.ts';
import { onStopSignal } from './stop-signals.ts';
import { type System, startSystem } from './system.ts';

/** 128 + SIGINT, the shell's convention. */
const INTERRUPTED = 130;

/** `vocero start`: runs everything in this process until Ctrl-C. Ends the process: 0 if it was stopped, 1 if it could not start or go on. */
export async function run({ json = false }: { json?: boolean }): Promise<void> {
  const voice = json ? inLines : inWords;
  const failed = (error: unknown): number => report(error, 'start', json);
  keepPrivate();
  const { config, secrets, env } = await settings(voice).catch((error: unknown) => process.exit(failed(error)));
  let system: System | undefined;
  const politely = (why: string) => {
    // Nothing runs yet that has to be stopped in order.
    if (!system) process.exit(failed(new CliFailure('', INTERRUPTED, { code: 'interrupted' })));
    voice.stopping(why);
    void stop(system, 0, voice);
  };
  onStopSignal(politely, () => process.exit(INTERRUPTED));
  if (process.env.npm_lifecycle_event) onParentGone(() => politely('npm has ended'));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      const code = failed(error);
      if (!system) process.exit(code);
      void stop(system, code, voice);
    });
  }
  try {
    // With --json, standard output is reserved for this command's own lines.
    const parts = partsFor(env, json ? pino.destination(2) : undefined);
    system = await startSystem(config, secrets, parts, voice.progress);
  } catch (error) {
    process.exit(failed(explained(error, config)));
  }
  const withdraw = announce(config, system);
  process.on('exit', withdraw);
  voice.ready(config, system, process.uptime());
  const why = await system.broken.catch((error: Error) => error.message);
  await stop(system, failed(new CliFailure(why, 1, { code: 'broken' })), voice);
}

let exitCode: number | undefined;

/** The first reason to stop decides the exit code: a failure while stopping is not a failure of the run. */
async function stop(system: System, code: number, voice: StartVoice): Promise<void> {
  exitCode ??= code;
  await system.stop();
  voice.stopped(exitCode);
  process.exit(exitCode);
}

/** Here API and worker are one process, with two listeners for their metrics. */
function refuseSharedMetrics({ metricsPort, worker }: Config): void {
  if (metricsPort === undefined || metricsPort !== worker.metricsPort) return;
  const message = `is ${metricsPort}, as WORKER_METRICS_PORT is. Give it another port.`;
  throw new ConfigError([{ variable: 'METRICS_PORT', message }]);
}

async function settings(voice: StartVoice): Promise<{ config: Config; secrets: Secrets; env: Environment }> {
  const env = readEnvironment(process.cwd(), process.env);
  const config = loadConfig(env);
  refuseSharedMetrics(config);
  claimDataFolder(config.dataDir);
  for (const why of closeToOthers(config.dataDir)) voice.progress(`could not close the data folder to others: ${why}`);
  if (!(await isFree(config.http.port, config.http.host))) throw portTaken(config.http);
  return { config, secrets: openSecrets(config), env };
}
