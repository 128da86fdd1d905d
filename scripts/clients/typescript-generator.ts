import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { cached, cacheFolder, makeInCache, platformName } from '../../temporal/cache.ts';

const FILES = ['package.json', 'package-lock.json'];
const source = (file: string): string => fileURLToPath(new URL(`./tools/${file}`, import.meta.url));
const INSTALL_MS = 300_000;

/**
 * Folder of the generator, in the cache: it needs TypeScript 5, which cannot be in node_modules beside the product's own.
 * @throws Error when its packages cannot be had
 */
async function generatorFolder(say: (line: string) => void): Promise<string> {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(source(file)));
  const executable = 'node_modules/.bin/openapi-ts';
  const name = `client-generator-${hash.digest('hex').slice(0, 12)}-${platformName}`;
  const place = { cache: cacheFolder(process.env), name, executable };
  if (!cached(place)) {
    say('setting up the generator of the TypeScript client in the cache, once');
    await makeInCache(place, async (folder) => {
      for (const file of FILES) copyFileSync(source(file), join(folder, file));
      const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--include=dev'];
      await promisify(execFile)('npm', ['ci', ...options], { cwd: folder, timeout: INSTALL_MS });
    });
  }
  return join(place.cache, place.name);
}

interface Generator {
  createClient(config: object): Promise<unknown>;
}

/** Writes the types of a document to `types.gen.ts` in `folder`, which it empties. */
export async function generateTypes(
  document: object,
  header: string,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const tools = await generatorFolder(say);
  const entry = join(tools, 'node_modules/@hey-api/openapi-ts/dist/index.mjs');
  const { createClient }: Generator = await import(pathToFileURL(entry).href);
  await createClient({
    input: document,
    output: { path: folder, header, entryFile: false },
    plugins: ['@hey-api/typescript'],
    logs: { level: 'silent', file: false },
  });
}
