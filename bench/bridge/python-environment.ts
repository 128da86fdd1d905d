import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cached, cacheFolder, makeInCache, platformName } from '../../temporal/cache.ts';
import { onPath } from '../../temporal/executable.ts';

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL('./python-requirements.txt', import.meta.url));
const INSTALL_MS = 300_000;

/**
 * The interpreter of an environment with the relay's packages, in their pinned versions; made once per set of versions, in
 * the cache. Throws an error that says why when it cannot be had.
 */
export async function pythonWithPackages(say: (line: string) => void): Promise<string> {
  const python = onPath('python3', process.env.PATH);
  if (!python) throw new Error('there is no python3');
  const { stdout: version } = await attempt(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const pinned = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const place = {
    cache: cacheFolder(process.env),
    name: `bench-bridge-python${version.trim()}-${pinned}-${platformName}`,
    executable: 'bin/python',
  };
  const known = cached(place);
  if (known) return known;
  say('python: setting up its packages in the cache, once');
  return makeInCache(place, async (folder) => {
    await attempt(python, ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    await attempt(join(folder, 'bin', 'python'), [...pip, '--requirement', REQUIREMENTS]);
  });
}

async function attempt(program: string, args: string[]): Promise<{ stdout: string }> {
  try {
    return await run(program, args, { timeout: INSTALL_MS });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error((stderr?.trim().split('\n').at(-1) || message).slice(0, 300));
  }
}

/** What an environment says of itself: for the report. */
export async function pythonVersions(python: string): Promise<Record<string, string>> {
  const names = ['fastapi', 'uvicorn', 'uvloop', 'websockets'];
  const code = `import json, platform, importlib.metadata as m; print(json.dumps({"python": platform.python_version(), **{n: m.version(n) for n in ${JSON.stringify(names)}}}))`;
  return JSON.parse((await attempt(python, ['-c', code])).stdout) as Record<string, string>;
}
