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
/** What the bundle is made of, below the root; package-lock.json stands for the packages in it and for the bundler. */
const SOURCES = ['workflows', 'domain'];
const FILES = [PROGRAM, 'temporal/failure-converter.cjs', 'package-lock.json'];
/** More than ten times what it takes on a slow machine. */
const TIMEOUT_MS = 180_000;
const MAX_BYTES = 64 * 1024 * 1024;

export interface BundleOptions {
  /** Goes into the bundle where payloads are encrypted. */
  failureConverterPath?: string | undefined;
  /** Says where the cache is; default: this process's own. */
  env?: Environment;
  /** The folder of the product whose workflows are meant; default: this one. */
  root?: string;
}

/** Stands for everything that the bundle is made of: its root too, because stack traces name the files. */
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

/** Bundles in a process of its own, so that the bundler is never loaded in this one. Takes a second or two. */
function make({ failureConverterPath, env = process.env, root = ROOT }: BundleOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(root, PROGRAM), failureConverterPath ?? ''],
      {
        cwd: root,
        // No more than it needs: a bundler and its plug-ins have no business with our secrets.
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
 * The workflows as one script for Temporal's sandbox, from the cache when nothing in it has changed (milliseconds), else made
 * anew and kept there. Start it early.
 * @throws Error when they cannot be bundled, with what the bundler said.
 */
export async function bundleWorkflows(options: BundleOptions = {}): Promise<WorkflowBundleWithSourceMap> {
  const folder = join(cacheFolder(options.env ?? process.env), 'workflows');
  const key = bundleKey(options);
  let code = readEntry(folder, key);
  if (code === undefined) {
    code = await make(options);
    keepEntry(folder, key, code);
  }
  // The map is inside the script; the SDK's type still names it.
  return { code, sourceMap: '' };
}
