import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { dirname, join, posix } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Environment } from '../config/environment.ts';
import { cacheFolder } from './cache.ts';
import { anyFreePort } from './free-port.ts';
import { keepRunning } from './kept-process.ts';
import { serverEnvironment } from './own-environment.ts';
import { quietPort } from './quiet-port.ts';
import { runTool } from './run-tool.ts';
import { dynamicConfigArguments } from './settings.ts';
import type { Progress } from './sources.ts';

interface UiFilesOptions {
  /** Temporal's CLI; see `findTemporalCli`. */
  executable: string;
  env: Environment;
  progress: Progress;
}

/** Next to the page's files: the settings that its server gives to the page. */
export const SETTINGS_FILE = 'settings.json';
const INDEX = 'index.html';
/** Requested by browsers and by the page's frame, but named in no file. */
const UNNAMED = ['favicon.ico', '_app/version.json', '_app/env.js'];
const START_LIMIT_MS = 30_000;
const AT_ONCE = 8;

/**
 * Folder with the files of Temporal's web page. The CLI contains them and serves them only on its own listener, which answers everybody. So
 * they are fetched once for each version, from an empty server, and cached.
 * @throws Error when that fails
 */
export async function findUiFiles({ executable, env, progress }: UiFilesOptions): Promise<string> {
  const said = await runTool({ command: executable, args: ['--version'], env: serverEnvironment(env), limit: 10_000 });
  const version = /\bUI (\d+\.\d+\.\d+[\w.-]*)/.exec(said)?.[1];
  if (!version) throw new Error(`${executable} does not name its UI's version`);
  const cache = cacheFolder(env);
  const folder = join(cache, `temporal-ui-${version}`);
  if (existsSync(join(folder, INDEX))) return folder;
  progress(`taking the files of Temporal's web page ${version} out of its command line, once`);
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, '.making-temporal-ui-'));
  try {
    await takeFiles(executable, draft).catch(() => takeFiles(executable, draft));
    if (!existsSync(join(folder, INDEX))) renameSync(draft, folder);
    return folder;
  } catch (error) {
    // Another process was faster.
    if (existsSync(join(folder, INDEX))) return folder;
    throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Runs an empty in-memory server for the time of the fetch. */
async function takeFiles(executable: string, folder: string): Promise<void> {
  const record = join(folder, 'server.pid');
  const log = join(folder, 'server.log');
  const port = await anyFreePort();
  const uiPort = await quietPort();
  const metricsPort = await quietPort([uiPort]);
  const httpPort = await quietPort([uiPort, metricsPort]);
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'error', '--port', String(port)];
  args.push('--ui-port', String(uiPort), '--metrics-port', String(metricsPort), '--http-port', String(httpPort));
  args.push(...dynamicConfigArguments({ 'frontend.httpAllowedHosts': [] }));
  const server = await keepRunning(executable, args, { log, record, worksOn: log });
  try {
    const deadline = Date.now() + START_LIMIT_MS;
    const read = (path: string): Promise<Buffer> => bodyOf(uiPort, path);
    while (!(await read(`/${INDEX}`).catch(() => undefined))) {
      if (!server.running() || Date.now() > deadline) throw new Error("Temporal's web page did not answer");
      await after(50);
    }
    writeFileSync(join(folder, SETTINGS_FILE), await read('/api/v1/settings'));
    await takeAll(read, folder);
  } finally {
    await server.stop();
    for (const file of [record, log]) rmSync(file, { force: true });
  }
}

/** Fetches all files that the page names, those that they name, and so on. */
async function takeAll(read: (path: string) => Promise<Buffer>, folder: string): Promise<void> {
  const known = new Set([INDEX, ...UNNAMED]);
  let next = [...known];
  while (next.length > 0) {
    const taken = next.splice(0, AT_ONCE);
    const found = await Promise.all(
      taken.map(async (path) => {
        const content = await read(`/${path}`).catch(() => undefined);
        if (!content) return [];
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
        return /\.(html|js|css)$/.test(path) ? namedIn(content.toString(), path) : [];
      }),
    );
    const fresh = [...new Set(found.flat())].filter((path) => !known.has(path));
    for (const path of fresh) known.add(path);
    next = [...next, ...fresh];
  }
}

/** Paths that a text may contain. Wrong ones are dropped when they are fetched. */
function namedIn(text: string, path: string): string[] {
  const relative = text.matchAll(/["'(`]((?:\.{1,2}\/)+[\w./-]+\.\w+)/g);
  const absolute = text.matchAll(/["'(`]\/?((?:_app|i18n|css|codemirror)\/[\w./-]+\.\w+)/g);
  const beside = text.matchAll(/["'(`]([\w-]+(?:\.[\w-]+)*\.(?:js|css|woff2?|ttf|png|svg|ico|webm|mp4|gif))["')`]/g);
  const from = (names: Iterable<RegExpMatchArray>): string[] =>
    [...names].map((match) => posix.join(posix.dirname(path), match[1]!));
  return [...from(relative), ...[...absolute].map((match) => match[1]!), ...from(beside)].filter(
    (name) => !name.startsWith('..'),
  );
}

/** @throws Error for an answer that is not a file: unknown addresses are answered with the page itself */
function bodyOf(port: number, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = get({ host: '127.0.0.1', port, path, timeout: 10_000, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of answer) chunks.push(chunk as Buffer);
      } catch (error) {
        return reject(error);
      }
      const page = answer.headers['content-type']?.includes('html') && !path.endsWith('.html');
      if (answer.statusCode === 200 && !page) resolve(Buffer.concat(chunks));
      else reject(new Error(`${path} is not there`));
    });
    asked.once('error', reject);
    asked.once('timeout', () => asked.destroy(new Error(`${path} took too long`)));
  });
}
