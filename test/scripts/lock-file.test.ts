import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { missingEntries, platformOf } from '../../scripts/complete-lock.ts';

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));

describe('package-lock.json', () => {
  it('has the native packages of every platform, or npm ci refuses it; `npm run lock` completes it', () => {
    expect([...missingEntries(lock).keys()]).toEqual([]);
  });

  it('says for which platform each completed entry is', () => {
    expect(platformOf('@swc/core-linux-arm-gnueabihf')).toEqual({ os: ['linux'], cpu: ['arm'], libc: ['glibc'] });
    expect(platformOf('@biomejs/cli-linux-x64-musl')).toEqual({ os: ['linux'], cpu: ['x64'], libc: ['musl'] });
    expect(platformOf('@swc/core-win32-x64-msvc')).toEqual({ os: ['win32'], cpu: ['x64'] });
    expect(platformOf('@biomejs/cli-darwin-arm64')).toEqual({ os: ['darwin'], cpu: ['arm64'] });
  });

  it('misses an entry that only a nested package could use', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { 'x-linux-x64': '1.0.0', 'x-darwin-arm64': '1.0.0' } },
      'node_modules/a/node_modules/x-linux-x64': {},
      'node_modules/b/node_modules/x-darwin-arm64': {},
    };
    expect([...missingEntries({ packages })]).toEqual([
      ['node_modules/x-darwin-arm64', { version: '1.0.0', os: ['darwin'], cpu: ['arm64'], optional: true }],
    ]);
  });

  it('has all of Temporal’s packages in one version', () => {
    const versions = Object.entries<{ version: string }>(lock.packages).filter(([path]) =>
      /node_modules\/@temporalio\/[^/]+$/.test(path),
    );
    expect(versions.length).toBeGreaterThan(5);
    expect(new Set(versions.map(([, { version }]) => version)).size).toBe(1);
  });
});
