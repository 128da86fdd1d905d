import {
  chmodSync,
  chownSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { keepEntry, readEntry } from '../../worker/bundle-cache.ts';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();
const CODE = 'exports.a = 1;\nexports.b = "ñ";\n';
const folder = (): string => here.path('workflows');
const keep = (key = 'a.js', code = CODE): boolean => keepEntry(folder(), key, code);
const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('the cache of workflow bundles', () => {
  it('gives back what was kept, to the letter', () => {
    expect(readEntry(folder(), 'a.js')).toBeUndefined();
    expect(keep()).toBe(true);
    expect(readEntry(folder(), 'a.js')).toBe(CODE);
    expect(readEntry(folder(), 'b.js')).toBeUndefined();
  });

  it.each([
    ['half written', () => truncateSync(here.path('workflows', 'a.js'), 80)],
    ['empty', () => truncateSync(here.path('workflows', 'a.js'), 0)],
    ['changed', () => writeFileSync(here.path('workflows', 'a.js'), `${'0'.repeat(64)}\n${CODE}`)],
    ['one that others may write', () => chmodSync(here.path('workflows', 'a.js'), 0o666)],
    ['in a folder that others may write', () => chmodSync(folder(), 0o777)],
  ])('takes no entry that is %s, and replaces it', (_, spoil) => {
    keep();
    spoil();
    expect(readEntry(folder(), 'a.js')).toBeUndefined();
    expect(keep()).toBe(true);
    expect(readEntry(folder(), 'a.js')).toBe(CODE);
  });

  asRoot('takes no entry of another user, though its name is right', () => {
    keep();
    chownSync(here.path('workflows', 'a.js'), 65_534, 65_534);
    expect(readEntry(folder(), 'a.js')).toBeUndefined();
    keep('b.js');
    chownSync(here.path('workflows', 'b.js'), 65_534, 65_534);
    symlinkSync(here.path('workflows', 'b.js'), here.path('workflows', 'c.js'));
    expect(readEntry(folder(), 'c.js')).toBeUndefined();
  });

  it('can be read by every user, and written by none but its own, whatever the umask', () => {
    const before = process.umask(0o077);
    try {
      keep();
    } finally {
      process.umask(before);
    }
    expect(statSync(folder()).mode & 0o777).toBe(0o755);
    expect(statSync(here.path('workflows', 'a.js')).mode & 0o777).toBe(0o644);
  });

  it('does without where it cannot be written', () => {
    writeFileSync(folder(), 'a file');
    expect(keep()).toBe(false);
    expect(readEntry(folder(), 'a.js')).toBeUndefined();
  });

  it('keeps the newest eight, and nothing of a process that died while it wrote', () => {
    for (let n = 1; n <= 10; n++) {
      keep(`${n}.js`);
      utimesSync(here.path('workflows', `${n}.js`), n, n);
    }
    const drafts = ['.making-x-1', '.making-x-2'].map((name) => here.path('workflows', name));
    for (const draft of drafts) writeFileSync(draft, '');
    utimesSync(drafts[0]!, 1, 1);
    keep('11.js');
    const left = readdirSync(folder()).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    expect(left.filter((name) => name.endsWith('.js'))).toEqual([4, 5, 6, 7, 8, 9, 10, 11].map((n) => `${n}.js`));
    expect(left.filter((name) => name.startsWith('.'))).toEqual(['.making-x-2']);
  });
});
