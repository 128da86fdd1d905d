import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect } from '@jest/globals';
import { claimOf } from './support/claim.ts';
import { runSystem } from './support/system.ts';

const folder = mkdtempSync(join(tmpdir(), 'vocero-loaded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs before the product in its process (and its children), and writes down, as it ends, every module that was loaded. */
const WITNESS = `
  import { registerHooks } from 'node:module';
  import { writeFileSync } from 'node:fs';
  const seen = [];
  registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
  process.on('exit', () => writeFileSync(${JSON.stringify(join(folder, 'loaded.'))} + process.pid, seen.join('\\n')));`;

const witness = join(folder, 'witness.mjs');
writeFileSync(witness, WITNESS);
mkdirSync(join(folder, 'cache'));

/** No cache yet: the first start of all, which has the workflows to bundle. */
const system = runSystem({
  env: { NODE_OPTIONS: `--import ${pathToFileURL(witness)}`, XDG_CACHE_HOME: join(folder, 'cache') },
});
const claim = claimOf(system.tail);

/** What only builds, or only sets accounts up. The entry of webpack alone loads nothing of it. */
const APART = [
  /\/node_modules\/webpack\/lib\/(?!(index|util\/memoize)\.js$)/,
  /\/node_modules\/(@swc|swc-loader|source-map-loader|terser|enhanced-resolve)\//,
  /\/node_modules\/@opentelemetry\/(?!api\/)/,
  /\/node_modules\/@elevenlabs\/elevenlabs-js\/(api|serialization|wrapper)\//,
  // Until an assistant comes.
  /\/node_modules\/@modelcontextprotocol\//,
];

claim(
  'a process that serves, whose workflows had to be bundled, never loads the bundler or the whole of an SDK',
  async () => {
    for (const phone of ['+541143210901', '+541143216001']) {
      const { outcome } = await system.client.outcomeOf(phone);
      expect(outcome).toMatchObject({ result: 'confirmed' });
    }
    const { product } = system;
    product.signal('SIGTERM');
    await product.ended;
    const loaded = readFileSync(join(folder, `loaded.${product.pid}`), 'utf8').split('\n');
    expect(loaded.filter((url) => url.endsWith('/worker/start.ts'))).toHaveLength(1);
    expect(loaded.filter((url) => APART.some((pattern) => pattern.test(url)))).toEqual([]);
    // Their number stands for the memory: 8,000 before, 50 MB of sources among it.
    expect(loaded.length).toBeLessThan(3_000);
  },
);
