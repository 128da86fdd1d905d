import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Environment } from '../config/environment.ts';
import { cacheFolder } from '../temporal/cache.ts';
import { keepEntry, readEntry } from './bundle-cache.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PROGRAM = 'worker/make-bundle.ts';
/** Sources of the bundle, relative to the root. package-lock.json stands for the packages in it and for the bundler. */
const SOURCES = ['workflows', 'domain'];
const FILES = [PROGRAM, 'temporal/failure-converter.cjs', 'package-lock.json'];
/** More than ten times the duration on a slow machine. */
const TIMEOUT_MS = 180_000;
const MAX_BYTES = 64 * 1024 * 1024;

export interface BundleOptions {
  /** Part of the bundle when payloads are encrypted. */
  failureConverterPath?: string | undefined;
  /** Names the cache folder; default: this process's environment. */
  env?: Environment;
  /** Folder of the product whose workflows are bundled; default: this one. */
  root?: string;
}

/** Hash of everything that the bundle consists of, including its root, because stack traces name the files. */
export function bundleKey({ failureConverterPath = '', root = ROOT }: BundleOptions = {}): string {
  const hash = createHash('sha256').update(`${root}\0${failureConverterPath}\0`);
  const sources = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name))
      .sort(),
  );
  for (const file of [...sources, ...FILES])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return `${hash.digest('hex').slice(0, 32)}.js`;
}

/** Bundles in a separate process, so that the bundler is never loaded in this one. Takes a second or two. */
function make({ failureConverterPath, env = process.env, root = ROOT }: BundleOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(root, PROGRAM), failureConverterPath ?? ''],
      {
        cwd: root,
        // Only the variables that it needs: a bundler and its plug-ins must not see our secrets.
        env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: join(cacheFolder(env), 'compiled') },
        maxBuffer: MAX_BYTES,
        timeout: TIMEOUT_MS,
        windowsHide: true,
      },
      (error, code, said) => {
        if (error) return reject(new Error(`could not bundle the workflows: ${said.trim() || error.message}`));
        resolve(code);
      },
    );
  });
}

/**
 * The workflows as one script for Temporal's sandbox: from the cache when their sources are unchanged (milliseconds), else bundled and
 * cached. Call it early.
 * @throws Error with the bundler's output when they cannot be bundled
 */
export async function bundleWorkflows(options: BundleOptions = {}): Promise<WorkflowBundleWithSourceMap> {
  const folder = join(cacheFolder(options.env ?? process.env), 'workflows');
  const key = bundleKey(options);
  let code = readEntry(folder, key);
  if (code === undefined) {
    code = await make(options);
    keepEntry(folder, key, code);
  }
  // The map is inside the script, but the SDK's type still requires it.
  return { code, sourceMap: '' };
}
