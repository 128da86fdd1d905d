import { type ExecFileOptions, execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached, cacheFolder, makeInCache, platformName } from '../temporal/cache.ts';
import { onPath } from '../temporal/executable.ts';

const run = promisify(execFile);
const INSTALL_MS = 300_000;

/** A Python environment and the file that pins all its packages. */
export interface PythonPackages {
  /** Its name in the cache. */
  name: string;
  /** Path of a requirements file: each package with its version, nothing left out. */
  requirements: string;
}

/**
 * The interpreter of an environment with these packages, made once for each set of versions, in the cache.
 * @throws Error with the reason when it cannot be made: without Python, or without the packages
 */
export async function pythonWith(
  { name, requirements }: PythonPackages,
  say: (line: string) => void = () => {},
): Promise<string> {
  const python = onPath('python3', process.env.PATH);
  if (!python) throw new Error('there is no python3');
  const { stdout: version } = await runPython(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const pinned = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const place = {
    cache: cacheFolder(process.env),
    name: `${name}-python${version.trim()}-${pinned}-${platformName}`,
    executable: 'bin/python',
  };
  const known = cached(place);
  if (known) return known;
  say('python: setting up its packages in the cache, once');
  return makeInCache(place, async (folder) => {
    await runPython(python, ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    await runPython(join(folder, 'bin', 'python'), [...pip, '--requirement', requirements]);
  });
}

/** Runs an interpreter. @throws Error with the end of its output */
export async function runPython(
  program: string,
  args: string[],
  where: Pick<ExecFileOptions, 'cwd' | 'env' | 'timeout'> = {},
): Promise<{ stdout: string; stderr: string }> {
  try {
    return await run(program, args, { timeout: INSTALL_MS, encoding: 'utf8', ...where });
  } catch (error) {
    const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
    throw new Error((stderr?.trim() || stdout?.trim() || message).slice(-2_000));
  }
}
