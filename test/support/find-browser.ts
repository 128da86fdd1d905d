import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import { namedByUser, onPath } from '../../temporal/executable.ts';
import { keepTelling, runTool } from '../../temporal/run-tool.ts';
import { firstOf, type Progress, type Source } from '../../temporal/sources.ts';

export interface BrowserPlaces {
  env: Environment;
  progress: Progress;
  /** Where Playwright keeps, or would keep, the Chromium of its own. */
  own?: string;
  /** Fetches it there. */
  fetchOwn?: () => Promise<unknown>;
  /** Only root may install Debian's package. */
  root?: boolean;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const VERSION_LIMIT_MS = 20_000;
const INSTALL_LIMIT_MS = 300_000;

const REMEDY =
  'Install Chromium or Chrome so that it is on PATH, or set CONSOLE_BROWSER to its path. Without it the tests of the console are skipped.';

/**
 * The path of a Chromium for the tests of the console: `CONSOLE_BROWSER`, then `PATH`, then the usual places of macOS, then
 * Playwright's own (fetched where that can be), then Debian's package where this process may install it.
 * @throws ProgramNotFound with what was tried and what to do.
 */
export function findBrowser(places: BrowserPlaces): Promise<string> {
  const { env, progress, root = process.getuid?.() === 0 } = places;
  const sources: Source[] = [
    { name: 'CONSOLE_BROWSER', find: async () => namedByUser(env.CONSOLE_BROWSER), binding: true },
    { name: 'Chromium or Chrome on PATH', find: () => installed(env) },
    { name: 'the usual places', find: async () => PLACES.find((path) => existsSync(path)) },
    { name: 'Playwright’s own download', find: () => playwrights(places) },
    { name: 'apt-get install chromium', find: () => debians(env, progress, root) },
  ];
  return firstOf('A browser', sources, REMEDY);
}

/** One that is there but does not run is no browser. */
async function installed(env: Environment): Promise<string | undefined> {
  const path = NAMES.map((name) => onPath(name, env.PATH)).find((found) => found !== undefined);
  if (path) await runTool({ command: path, args: ['--version'], env, limit: VERSION_LIMIT_MS });
  return path;
}

async function playwrights({ env, progress, own, fetchOwn }: BrowserPlaces): Promise<string | undefined> {
  const path = own ?? (await import('playwright-core')).chromium.executablePath();
  if (existsSync(path)) return path;
  progress('no browser is on this machine: asking for Playwright’s Chromium');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  await (fetchOwn?.() ??
    runTool({ command: process.execPath, args: [cli, 'install', 'chromium'], env, limit: INSTALL_LIMIT_MS }));
  return existsSync(path) ? path : undefined;
}

async function debians(env: Environment, progress: Progress, root: boolean): Promise<string | undefined> {
  const apt = onPath('apt-get', env.PATH);
  if (!apt) throw new Error('apt-get is not there');
  if (!root) throw new Error('only root may install it');
  progress('installing Debian’s Chromium');
  const stop = keepTelling(progress, () => 'installing Debian’s Chromium');
  try {
    const args = ['install', '--yes', '--no-install-recommends', 'chromium'];
    await runTool({
      command: apt,
      args,
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      limit: INSTALL_LIMIT_MS,
    });
  } finally {
    stop();
  }
  return installed(env);
}
