import type { Config } from '../config/config.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/error.ts';
import { loadConfig } from '../config/load.ts';
import { openSecrets, type Secrets } from '../config/secrets.ts';
import { isFree } from '../temporal/free-port.ts';
import { ProgramNotFound } from '../temporal/sources.ts';
import { claimDataFolder } from './data-folder.ts';
import { onParentGone } from './parent-gone.ts';
import { announce } from './running.ts';
import { onStopSignal } from './stop-signals.ts';
import { type System, startSystem } from './system.ts';
import { welcome } from './welcome.ts';
import { partsFor } from './wiring.ts';

/** 128 + SIGINT, as a shell would say it. */
const INTERRUPTED = 130;

const say = (line: string) => console.log(`  ${line}`);

/** `vocero start`: runs everything in this process until Ctrl-C. Ends the process: 0 when it was stopped, 1 when it could not start or go on. */
export async function run(): Promise<void> {
  const { config, secrets, env } = await settingsOrExit();
  let system: System | undefined;
  const politely = (why: string) => {
    // Nothing is running yet that would need more than the end of this process.
    if (!system) process.exit(INTERRUPTED);
    say(`${why}: stopping; once more stops at once`);
    void stop(system, 0);
  };
  onStopSignal(politely, () => process.exit(INTERRUPTED));
  if (process.env.npm_lifecycle_event) onParentGone(() => politely('npm has ended'));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      console.error(error);
      if (!system) process.exit(1);
      void stop(system, 1);
    });
  }
  try {
    system = await startSystem(config, secrets, partsFor(env), say);
  } catch (error) {
    explain(error);
    process.exit(1);
  }
  const withdraw = announce(config, system);
  process.on('exit', withdraw);
  console.log(welcome(config, process.uptime(), system.temporal.uiUrl, system.sandbox?.url));
  await system.broken.catch((error: Error) => console.error(error.message));
  await stop(system, 1);
}

let exitCode: number | undefined;

/** The first reason to stop decides the exit code: what breaks while stopping is no failure of the run. */
async function stop(system: System, code: number): Promise<void> {
  exitCode ??= code;
  await system.stop();
  process.exit(exitCode);
}

async function settingsOrExit(): Promise<{ config: Config; secrets: Secrets; env: Environment }> {
  try {
    const env = readEnvironment(process.cwd(), process.env);
    const config = loadConfig(env);
    claimDataFolder(config.dataDir);
    if (!(await isFree(config.http.port, config.http.host))) {
      const message = `${config.http.port} cannot be listened on at ${config.http.host}: another program has it, or the address is not this machine’s. Give another PORT or HOST.`;
      throw new ConfigError([{ variable: 'PORT', message }]);
    }
    return { config, secrets: openSecrets(config), env };
  } catch (error) {
    explain(error);
    process.exit(1);
  }
}

/** What the reader can put right is said plainly; anything else with the place where it happened. */
function explain(error: unknown): void {
  if (error instanceof ConfigError) console.error(`\n${error.keeping('Vocero cannot start')}\n`);
  else console.error(error instanceof ProgramNotFound ? `\n${error.message}\n` : error);
}
