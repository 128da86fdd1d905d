import {
  appendFileSync,
  cpSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { FAILURE_CONVERTER } from '../../temporal/data-converter.ts';
import { bundleKey, bundleWorkflows } from '../../worker/bundle.ts';
import { ownFolder } from '../support/files.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const here = ownFolder();
const env = () => ({ VOCERO_CACHE_DIR: here.path('cache') });
const entries = (): string[] => readdirSync(here.path('cache', 'workflows'));
const inodeOf = (name: string): number => statSync(here.path('cache', 'workflows', name)).ino;

/** The product's sources in a folder of their own, with the packages of this one. */
function copy(): string {
  const root = here.path('product');
  for (const part of ['workflows', 'domain', 'worker', 'temporal', 'config', 'package.json', 'package-lock.json']) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

describe('the bundle of the workflows', () => {
  it('is made once by two that begin together, and the kept one is the fresh one', async () => {
    const [one, other] = await Promise.all([bundleWorkflows({ env: env() }), bundleWorkflows({ env: env() })]);
    expect(other.code).toBe(one.code);
    expect(entries()).toEqual([bundleKey()]);
    const inode = inodeOf(bundleKey());
    expect((await bundleWorkflows({ env: env() })).code).toBe(one.code);
    expect(inodeOf(bundleKey())).toBe(inode);

    truncateSync(here.path('cache', 'workflows', bundleKey()), 1_000_000);
    expect((await bundleWorkflows({ env: env() })).code).toBe(one.code);
    expect(inodeOf(bundleKey())).not.toBe(inode);
  }, 240_000);

  it('is made anew when a workflow, what it imports or a package has changed', async () => {
    const root = copy();
    const key = bundleKey({ root });
    expect(bundleKey({ root })).toBe(key);
    expect(bundleKey({ root, failureConverterPath: FAILURE_CONVERTER })).not.toBe(key);
    appendFileSync(join(root, 'package-lock.json'), ' ');
    const other = bundleKey({ root });
    expect(other).not.toBe(key);
    appendFileSync(join(root, 'domain', 'fold.ts'), '\nexport const MADE_ANEW = 1;\n');
    expect(bundleKey({ root })).not.toBe(other);
    const { code } = await bundleWorkflows({ root, env: env() });
    expect(code).toContain('MADE_ANEW');
    expect(entries()).toEqual([bundleKey({ root })]);
  }, 240_000);

  it('is there though it cannot be kept', async () => {
    writeFileSync(here.path('cache'), 'a file where the folder should be');
    expect((await bundleWorkflows({ env: env() })).code).toContain('bookAppointment');
  }, 240_000);

  it('says what is wrong with workflows that cannot be bundled', async () => {
    const root = copy();
    rmSync(join(root, 'domain', 'fold.ts'));
    await expect(bundleWorkflows({ root, env: env() })).rejects.toThrow(/could not bundle the workflows[\s\S]*fold/);
  }, 240_000);
});
