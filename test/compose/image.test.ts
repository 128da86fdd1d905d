import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vocero-image-'));
const app = (...parts: string[]): string => join(folder, 'app', ...parts);
const cache = (): string => app('.cache');
/** `nobody`: as little the builder as the image's `node` is. */
const STRANGER = 65_534;
const asRoot = process.getuid?.() === 0 ? it : it.skip;

/** As the Dockerfile's `RUN node FILE` does it, by a builder who lets nobody else read what it makes. */
function build(file: string): void {
  execFileSync('sh', ['-c', 'umask 077; exec "$0" "$1"', process.execPath, file], {
    cwd: app(),
    env: { PATH: process.env.PATH, VOCERO_CACHE_DIR: cache() },
    stdio: 'pipe',
  });
}

function everythingBelow(top: string): { path: string; mode: number; isFolder: boolean }[] {
  const names = ['', ...readdirSync(top, { recursive: true, encoding: 'utf8' })];
  return names.map((name) => {
    const stat = statSync(join(top, name));
    return { path: name, mode: stat.mode & 0o777, isFolder: stat.isDirectory() };
  });
}

/** What an image is built from: the sources, without what it leaves out, and the packages. */
beforeAll(() => {
  chmodSync(folder, 0o755);
  mkdirSync(app());
  for (const entry of readdirSync(ROOT)) {
    if (/^(node_modules|test|docs|bench|coverage|\.)/.test(entry)) continue;
    cpSync(join(ROOT, entry), app(entry), { recursive: true, filter: (path) => !path.endsWith('/console/dist') });
  }
  symlinkSync(join(ROOT, 'node_modules'), app('node_modules'));
  build('scripts/build-console.ts');
  build('scripts/build-workflows.ts');
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what an image brings ready-made', () => {
  it('can be read by every user, and written by its builder alone', () => {
    const made = [...everythingBelow(app('console', 'dist')), ...everythingBelow(join(cache(), 'workflows'))];
    expect(made.length).toBeGreaterThan(10);
    for (const { path, mode, isFolder } of made) expect([path, mode]).toEqual([path, isFolder ? 0o755 : 0o644]);
  });

  asRoot(
    'is used by the user that the image runs as, who can make neither',
    () => {
      build('scripts/build-console.ts');
      build('scripts/build-workflows.ts');
      // As the final stage has it: a folder above that everybody may read.
      chmodSync(cache(), 0o755);
      const program = `
      const { openConsole } = await import('${app('api/console/bundle.ts')}');
      const { bundleWorkflows } = await import('${app('worker/bundle.ts')}');
      const { FAILURE_CONVERTER } = await import('${app('temporal/data-converter.ts')}');
      const { assets } = await openConsole();
      const lengths = [];
      for (const failureConverterPath of [undefined, FAILURE_CONVERTER]) {
        lengths.push((await bundleWorkflows({ failureConverterPath })).code.length);
      }
      console.log(JSON.stringify({ user: process.getuid(), assets: assets.size, lengths }));`;
      const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        cwd: app(),
        // A bundler that had to be started would find no Node.js that could run.
        env: { PATH: '', VOCERO_CACHE_DIR: cache() },
        uid: STRANGER,
        gid: STRANGER,
        encoding: 'utf8',
      });
      expect(ran.stderr).toBe('');
      const said = JSON.parse(ran.stdout) as { user: number; assets: number; lengths: number[] };
      expect(said.user).toBe(STRANGER);
      expect(said.assets).toBeGreaterThan(2);
      expect(Math.min(...said.lengths)).toBeGreaterThan(1_000_000);
    },
    240_000,
  );

  asRoot(
    'is made once more, in a cache of their own, by users who may not read it',
    () => {
      const own = mkdtempSync(join(tmpdir(), 'vocero-own-'));
      chownSync(own, STRANGER, STRANGER);
      chmodSync(app('console', 'dist'), 0o700);
      const program = `
      const { openConsole } = await import('${app('api/console/bundle.ts')}');
      console.log((await openConsole()).assets.size);`;
      const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        cwd: app(),
        env: { PATH: '', VOCERO_CACHE_DIR: own },
        uid: STRANGER,
        gid: STRANGER,
        encoding: 'utf8',
      });
      chmodSync(app('console', 'dist'), 0o755);
      expect(ran.stderr).toBe('');
      expect(Number(ran.stdout)).toBeGreaterThan(2);
      expect(readdirSync(join(own, 'console'))).toHaveLength(1);
      rmSync(own, { recursive: true });
    },
    240_000,
  );
});
