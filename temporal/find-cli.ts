import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { type CachePlace, cached, cacheFolder, makeInCache, platformName } from './cache.ts';
import { DOWNLOADS, download } from './download.ts';
import { namedByUser, onPath } from './executable.ts';
import { buildEnvironment, serverEnvironment } from './own-environment.ts';
import { keepTelling, runTool } from './run-tool.ts';
import { firstOf, type Progress, type Source } from './sources.ts';
import { CLI_MODULE, CLI_VERSION, OLDEST_SERVER } from './versions.ts';

export interface FindOptions {
  env: Environment;
  progress: Progress;
  /** Another download service, for tests. */
  downloads?: string;
}

const EXECUTABLE = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * Path of Temporal's CLI, whose dev server is the embedded Temporal. Tried in order: `TEMPORAL_CLI`, `temporal` on `PATH`, the cache, the
 * official download, a build with Go.
 * @throws ProgramNotFound with the tried places and a remedy
 */
export function findTemporalCli({ env, progress, downloads = DOWNLOADS }: FindOptions): Promise<string> {
  const place: CachePlace = {
    cache: cacheFolder(env),
    name: `temporal-cli-${CLI_VERSION}-${platformName}`,
    executable: EXECUTABLE,
  };
  const sources: Source[] = [
    { name: 'TEMPORAL_CLI', find: async () => namedByUser(env.TEMPORAL_CLI), binding: true },
    { name: 'temporal on PATH', find: () => installed(env) },
    { name: `the cache ${place.cache}`, find: async () => cached(place) },
    { name: 'the official download', find: () => fetched(place, downloads, progress) },
    { name: `go install ${CLI_MODULE}@${CLI_VERSION}`, find: () => built(place, env, progress) },
  ];
  return firstOf("Temporal's dev server", sources, REMEDY);
}

const REMEDY = [
  'Any one of these helps: install the Temporal CLI (brew install temporal, or see docs.temporal.io/cli) so that `temporal` is on',
  'PATH; set TEMPORAL_CLI to its path; install Go 1.25 or newer; or set TEMPORAL_ADDRESS to a Temporal server that is running.',
].join('\n');

async function installed(env: Environment): Promise<string | undefined> {
  const path = onPath('temporal', env.PATH);
  if (!path) return undefined;
  const text = await runTool({ command: path, args: ['--version'], env: serverEnvironment(env), limit: 10_000 });
  const server = /Server (\d+\.\d+\.\d+)/.exec(text)?.[1];
  if (!server) throw new Error(`${path} does not name its server's version`);
  if (isOlder(server, OLDEST_SERVER)) throw new Error(`${path} brings Server ${server}, older than ${OLDEST_SERVER}`);
  return path;
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}

function fetched(place: CachePlace, base: string, progress: Progress): Promise<string> {
  progress(`Temporal's dev server ${CLI_VERSION} is not on this machine yet: asking for the official download`);
  return makeInCache(place, async (folder) => {
    const file = await download({ base, artifact: 'cli', version: CLI_VERSION, folder, progress });
    if (file !== EXECUTABLE) renameSync(join(folder, file), join(folder, EXECUTABLE));
    chmodSync(join(folder, EXECUTABLE), 0o755);
  });
}

/** About 1,000 packages: two to five minutes on a small machine, once. */
function built(place: CachePlace, env: Environment, progress: Progress): Promise<string> {
  const go = onPath('go', env.PATH);
  if (!go) throw new Error('Go is not installed');
  progress(`building Temporal's dev server ${CLI_VERSION} with Go; once, it takes a few minutes`);
  return makeInCache(place, async (folder) => {
    let packages = 0;
    const stop = keepTelling(progress, () => `building Temporal's dev server: ${packages} packages so far`);
    try {
      await runTool({
        command: go,
        // Without symbol tables it is a third smaller and starts as fast.
        args: ['install', '-v', '-ldflags=-s -w', `${CLI_MODULE}@${CLI_VERSION}`],
        env: { ...buildEnvironment(env), GOBIN: folder },
        onLine: (line) => {
          if (!line.startsWith('go: ')) packages += 1;
        },
      });
    } finally {
      stop();
    }
  });
}
