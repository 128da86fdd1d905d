import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../config/error.ts';
import { claimDataFolder } from '../../processes/data-folder.ts';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();
const MODULE = new URL('../../processes/data-folder.ts', import.meta.url).href;

/** Another process that holds the folder until it is killed. */
async function holder() {
  const code = `const { claimDataFolder } = await import('${MODULE}'); claimDataFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, here.path('data')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  return child;
}

describe('a data folder', () => {
  it('belongs to one process at a time, and is free at once when that is killed', async () => {
    const other = await holder();
    const claim = () => claimDataFolder(here.path('data'));
    expect(claim).toThrow(ConfigError);
    expect(claim).toThrow(`in use by another Vocero (process ${other.pid})`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    claim()();
  });

  it('can be given back', () => {
    claimDataFolder(here.path('data'))();
    claimDataFolder(here.path('data'))();
  });

  it('must be writable: names the variable', () => {
    writeFileSync(here.path('data'), 'a file');
    expect(() => claimDataFolder(here.path('data'))).toThrow(/DATA_DIR: cannot be used/);
  });
});
