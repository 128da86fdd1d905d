import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();
const SETUP = fileURLToPath(new URL('../../scripts/setup.mjs', import.meta.url));
const PACKAGES = {
  '': { name: 'x' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b-darwin-arm64': { version: '2.0.0', optional: true },
};

/** A project of its own whose npm writes down how it was called, and installs what the lock file says (or fails). */
beforeEach(() => {
  mkdirSync(here.path('scripts'));
  cpSync(SETUP, here.path('scripts', 'setup.mjs'));
  writeFileSync(here.path('package-lock.json'), JSON.stringify({ packages: PACKAGES }));
  writeFileSync(
    here.path('npm.js'),
    `const fs = require('node:fs');
     fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
     if (process.env.NPM_FAILS) { console.error('npm error network'); process.exit(1); }
     fs.rmSync('node_modules', { recursive: true, force: true });
     fs.mkdirSync('node_modules');
     const { packages } = JSON.parse(fs.readFileSync('package-lock.json'));
     fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': packages['node_modules/a'] } }));`,
  );
});

function setUp(env: Record<string, string> = {}) {
  const run = spawnSync(process.execPath, [here.path('scripts', 'setup.mjs')], {
    encoding: 'utf8',
    cwd: here.path(),
    env: {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      npm_execpath: here.path('npm.js'),
      npm_config_user_agent: 'npm/11.0.0 node/v24.1.0 linux x64',
      ...env,
    },
  });
  return { status: run.status, said: run.stdout + run.stderr, calls: npmCalls() };
}

function npmCalls(): string[] {
  try {
    return readFileSync(here.path('npm-calls'), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

const setLock = (version: string) =>
  writeFileSync(
    here.path('package-lock.json'),
    JSON.stringify({ packages: { ...PACKAGES, 'node_modules/a': { version } } }),
  );

describe('set-up', () => {
  it('installs what the lock file says, once', () => {
    const first = setUp();
    expect(first).toMatchObject({ status: 0, calls: [expect.stringMatching(/^ci --include=dev/)] });
    expect(first.said).toContain('installing packages');
    const second = setUp();
    expect(second).toMatchObject({ status: 0, said: '' });
    expect(second.calls).toHaveLength(1);
  });

  it('installs again when the lock file asks for other versions', () => {
    setUp();
    setLock('1.1.0');
    expect(setUp().calls).toHaveLength(2);
  });

  it('leaves packages alone that somebody has brought to the lock file’s versions already', () => {
    setUp();
    setLock('1.1.0');
    writeFileSync(
      join(here.path('node_modules'), '.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version: '1.1.0' } } }),
    );
    expect(setUp()).toMatchObject({ status: 0, calls: [expect.any(String)] });
  });

  it('says what to do when the packages cannot be had, and tries again next time', () => {
    const failed = setUp({ NPM_FAILS: '1' });
    expect(failed.status).toBe(1);
    expect(failed.said).toMatch(/npm error network[\s\S]*could not install[\s\S]*Check the network/);
    expect(setUp()).toMatchObject({ status: 0, calls: [expect.any(String), expect.any(String)] });
  });

  it.each([
    ['Node.js 18.19.0 is too old', 'npm/10.0.0 node/v18.19.0 linux x64'],
    ['Node.js 20.2.0 is too old', 'npm/10.0.0 node/v20.2.0 linux x64'],
    ['npm 8.19.0 is too old', 'npm/8.19.0 node/v20.3.0 linux x64'],
    ['npm’s', 'pnpm/9.0.0 npm/? node/v22.0.0 linux x64'],
  ])('refuses: %s', (message, npm_config_user_agent) => {
    const run = setUp({ npm_config_user_agent });
    expect(run).toMatchObject({ status: 1, calls: [] });
    expect(run.said).toContain(message);
  });

  it('fetches Node.js 24 where the machine has an older one and npm did not run the package’s install script', () => {
    setUp();
    const old = { npm_config_user_agent: 'npm/11.0.0 node/v20.20.2 linux x64', npm_node_execpath: process.execPath };
    writeFileSync(here.path('node_modules', '.vocero-setup'), 'of another time');
    mkdirSync(here.path('node_modules', 'node'));
    const without = setUp(old);
    expect(without.status).toBe(1);
    expect(without.said).toContain('Install it from nodejs.org');
    writeFileSync(
      here.path('node_modules', 'node', 'installArchSpecificPackage.js'),
      `const fs = require('node:fs');
       fs.mkdirSync('bin', { recursive: true });
       fs.writeFileSync('bin/node', '#!/bin/sh\\necho v24.21.0\\n', { mode: 0o755 });`,
    );
    expect(setUp(old)).toMatchObject({ status: 0, said: expect.stringContaining('this machine has 20.20.2') });
    expect(setUp(old).said).toBe('');
  });
});
