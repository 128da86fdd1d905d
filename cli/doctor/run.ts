import { type Environment, readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/error.ts';
import { loadConfig } from '../../config/load.ts';
import { withProviders } from '../../config/providers.ts';
import { jsonOf, plain } from '../foreign.ts';
import { bad, bold, dim, good, warn as yellow } from '../ink.ts';
import { readRunning } from '../running.ts';
import { ACCOUNT } from './account.ts';
import { AGENT } from './agent.ts';
import { type Check, type Finding, Patient } from './check.ts';
import { CLOCK } from './clock.ts';
import { CONDUCT } from './conduct.ts';
import { DIALING } from './dialing.ts';
import { LINE } from './line.ts';
import { OPEN_BOOKINGS } from './open-bookings.ts';
import { PUBLIC_URL } from './public-url.ts';
import { REPORTING } from './report-tool.ts';
import { RING_BACK } from './ring-back.ts';
import { SECOND_WITNESS } from './second-witness.ts';
import { SET_UP } from './set-up.ts';
import { TEMPORAL } from './temporal.ts';
import { TWILIO } from './twilio.ts';

/** Every check except that of the settings, which comes first: without settings nothing else can be checked. */
export const CHECKS: readonly Check[] = [
  ...TEMPORAL,
  OPEN_BOOKINGS,
  DIALING,
  CLOCK,
  ...PUBLIC_URL,
  ...TWILIO,
  ...AGENT,
  ...CONDUCT,
  ...LINE,
  REPORTING,
  SECOND_WITNESS,
  ...ACCOUNT,
  RING_BACK,
  SET_UP,
];

export type Found = Finding & { name: string };

const SIGNS: Record<Finding['state'], string> = { ok: good('✓'), off: dim('·'), warn: yellow('!'), fail: bad('✗') };

/** `vocero doctor`. Returns the exit code: 1 if a check fails. */
export async function runDoctor(flags: { json?: boolean }): Promise<number> {
  const say = (found: Found): void => {
    if (flags.json) return;
    console.log(`${SIGNS[found.state]} ${bold(found.name)}  ${found.says}`);
    if ('fix' in found) console.log(`    ${found.fix}`);
  };
  const found = await examine(readEnvironment(process.cwd(), process.env), process.cwd(), say);
  const failed = found.filter(({ state }) => state === 'fail').length;
  if (flags.json) console.log(jsonOf({ ok: failed === 0, checks: found }, 2));
  else console.log(`\n${summary(failed, found)}`);
  return failed === 0 ? 0 : 1;
}

function summary(failed: number, found: readonly Found[]): string {
  if (failed > 0) return bad(`${failed} of ${found.length} checks failed.`);
  const warnings = found.filter(({ state }) => state === 'warn').length;
  return warnings === 0
    ? good('Every check passed.')
    : yellow(`No check failed; ${warnings} of ${found.length} gave a warning.`);
}

/** Runs the checks one after the other, so that a person can read along. Changes nothing anywhere. */
export async function examine(
  env: Environment,
  folder: string,
  say: (found: Found) => void = () => {},
): Promise<Found[]> {
  const all: Found[] = [];
  const add = (told: Found): void => {
    // Names and errors come from the providers and are not trusted.
    const found = plain(told);
    all.push(found);
    say(found);
  };
  const patient = settings(env, folder, add);
  if (!patient) return all;
  for (const { name, look, fix } of CHECKS) {
    try {
      add({ name, ...(await look(patient)) });
    } catch (error) {
      add({ name, state: 'fail', says: messageOf(error), fix });
    }
  }
  return all;
}

/** The configuration as the processes load it; in the sandbox, with the running sandbox's credentials. */
function settings(env: Environment, folder: string, add: (found: Found) => void): Patient | undefined {
  const name = 'settings';
  try {
    const config = loadConfig(env, folder);
    const running = readRunning(config.dataDir);
    if (config.mode === 'sandbox' && !running?.sandbox) {
      const fix = 'Start the sandbox with npm start, or set the providers’ credentials.';
      add({ name, state: 'fail', says: 'no credentials are set, and no sandbox runs on this data folder', fix });
      return undefined;
    }
    const whole = running?.sandbox && config.mode === 'sandbox' ? withProviders(config, running.sandbox) : config;
    add({ name, state: 'ok', says: `${config.mode} mode` });
    for (const says of config.warnings) add({ name, state: 'warn', says, fix: 'See .env.example.' });
    return new Patient(whole, running);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { variable, message } of error.problems)
      add({ name, state: 'fail', says: `${variable}: ${message}`, fix: 'Correct it in .env or in the environment.' });
    return undefined;
  }
}

/** gRPC puts the reason in `details`, fetch in `cause`. */
function messageOf(error: unknown): string {
  const { message, details, cause } = error as {
    message?: string;
    details?: string;
    cause?: { message?: string; code?: string };
  };
  return details || cause?.message || cause?.code || message || String(error);
}
