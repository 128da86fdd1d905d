import { join, resolve } from 'node:path';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { modeOf } from '../config/mode.ts';
import { FIELDS } from '../config/schema.ts';
import { setInEnvFile } from '../provision/env-file.ts';
import type { EnvVariable, Step } from '../provision/job.ts';
import { provision } from '../provision/run.ts';
import { type ProvisionSettings, provisionSettings } from '../provision/settings.ts';
import { CliFailure } from './failure.ts';
import { jsonOf, plain } from './foreign.ts';
import { bad, bold, dim, good, warn } from './ink.ts';
import { stepLines } from './provision-text.ts';
import { readRunning } from './running.ts';

export interface ProvisionFlags {
  dryRun?: boolean;
  json?: boolean;
  adopt?: boolean;
  /** The file for the results; default: `.env` in the working folder. */
  writeTo?: string;
  /** Prints the results instead of writing them. */
  print?: boolean;
}

/** Without credentials it sets up the sandbox that runs on this data folder. */
export function withSandbox(env: Environment, folder: string): { env: Environment; sandbox: boolean } {
  if (modeOf((name) => !!env[name]).mode !== 'sandbox') return { env, sandbox: false };
  const dataDir = FIELDS.shape.DATA_DIR.parse(env.DATA_DIR || undefined);
  const running = readRunning(resolve(folder, dataDir));
  if (!running?.sandbox) {
    throw new CliFailure(
      'No provider credentials are set, and no sandbox runs on this data folder. Set ELEVENLABS_API_KEY (and Twilio’s variables), or start the sandbox with npm start.',
      1,
      { code: 'no_sandbox' },
    );
  }
  return { env: { ...env, ...running.sandbox, PUBLIC_URL: running.api }, sandbox: true };
}

interface Told {
  variable: EnvVariable;
  value: string;
  how: 'same' | 'added' | 'replaced' | 'printed' | 'environment';
}

/** Writes results to the env file, unless they are there already or the environment itself sets them. */
function keeper(env: Environment, path: string, print: boolean, silent: boolean): { told: Told[]; tell: Tell } {
  const told: Told[] = [];
  const tell: Tell = (variable, value) => {
    if (silent || told.some((each) => each.variable === variable && each.value === value)) return;
    if (env[variable] === value) return;
    if (print) told.push({ variable, value, how: 'printed' });
    else {
      const done = setInEnvFile(path, variable, value);
      // A variable of the environment itself wins over the file: writing the file alone changes nothing.
      told.push({ variable, value, how: process.env[variable] ? 'environment' : done });
    }
  };
  return { told, tell };
}
type Tell = (variable: EnvVariable, value: string) => void;

/** `vocero provision`. Returns the exit code. */
export async function runProvision(flags: ProvisionFlags): Promise<number> {
  const folder = process.cwd();
  const { env, sandbox } = withSandbox(readEnvironment(folder, process.env), folder);
  const settings = provisionSettings(env, folder);
  const path = flags.writeTo ?? join(folder, '.env');
  const { told, tell } = keeper(env, path, flags.print === true, sandbox);
  const say = (line: string) => {
    if (!flags.json) console.log(line);
  };
  say(headline(settings, flags.dryRun === true, sandbox));
  const result = await provision({
    settings,
    dryRun: flags.dryRun === true,
    adopt: flags.adopt === true,
    tell,
    progress: (step) => {
      for (const line of stepLines(step)) say(line);
    },
  });
  if (flags.json) console.log(jsonOf(asJson(result, told, flags), 2));
  else for (const line of closing(result, told, path, flags.dryRun === true, sandbox)) say(line);
  return result.failed ? 1 : 0;
}

function headline({ publicUrl, elevenlabs, twilio }: ProvisionSettings, dryRun: boolean, sandbox: boolean): string {
  const where = elevenlabs.apiBaseUrl ? new URL(elevenlabs.apiBaseUrl).host : 'ElevenLabs';
  const what = sandbox ? 'the running sandbox' : where;
  const phone = twilio ? '' : ' (no Twilio account is set: agents only)';
  return `${bold(dryRun ? 'Dry run: setting up' : 'Setting up')} ${what} for ${publicUrl}${phone}\n`;
}

const RESTART = 'If Vocero is running, restart it. Then check: vocero doctor';

const changed = (steps: readonly Step[]): number => steps.filter(({ changes }) => changes.length > 0).length;

function closing(
  { steps, failed, left, lockFile }: Awaited<ReturnType<typeof provision>>,
  told: readonly Told[],
  path: string,
  dryRun: boolean,
  sandbox: boolean,
): string[] {
  const lines = [''];
  for (const { variable, value, how } of told) {
    if (how === 'printed') lines.push(`${variable}=${value}`);
    if (how === 'added') lines.push(`${good('wrote')} ${variable} to ${path}`);
    if (how === 'replaced')
      lines.push(`${warn('replaced')} ${variable} in ${path}; the former value is kept there as a comment`);
    if (how === 'environment')
      lines.push(
        `${warn('note')}  ${variable} is also set in the environment, which wins: set it there to the value in ${path}`,
      );
  }
  if (failed) {
    lines.push(`${bad('failed')} at ${failed.what}: ${plain(failed.message)}`);
    if (left.length > 0) lines.push(dim(`  not reached: ${left.join(', ')}`));
    lines.push('Completed steps stay. Run it again: it continues here.');
    return lines;
  }
  const count = changed(steps);
  if (dryRun)
    lines.push(
      count === 0 ? 'Nothing would change.' : `${count} of ${steps.length} would change. Nothing was changed.`,
    );
  else lines.push(count === 0 ? good('Everything was already set up.') : good(`${count} of ${steps.length} changed.`));
  if (!dryRun)
    lines.push(
      dim(`The ids are in ${lockFile}`),
      sandbox ? 'The sandbox keeps this until it stops. Check: vocero doctor' : RESTART,
    );
  return lines;
}

function asJson(result: Awaited<ReturnType<typeof provision>>, told: readonly Told[], flags: ProvisionFlags) {
  return {
    dry_run: flags.dryRun === true,
    changed: changed(result.steps),
    steps: result.steps.map(({ kind, name, action, id, changes, notes }) => ({
      kind,
      name,
      action,
      id: id ?? null,
      changes: changes.map(({ field, from, to }) => ({ field, from: from ?? null, to })),
      notes,
    })),
    failed: result.failed ?? null,
    left: result.left,
    env: told.map(({ variable, value, how }) => ({ variable, how, ...(how === 'printed' && { value }) })),
    lock_file: result.lockFile,
  };
}
