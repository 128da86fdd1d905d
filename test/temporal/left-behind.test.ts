import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';
import { endLeftBehind } from '../../temporal/kept-process.ts';
import { identityOf, isAlive } from '../../temporal/process-identity.ts';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();
const processes: ChildProcess[] = [];
afterEach(() => {
  for (const one of processes.splice(0)) one.kill('SIGKILL');
});

const database = (folder: string): string => here.path(folder, 'temporal', 'temporal.db');
const record = (folder: string): string => here.path(folder, 'temporal', 'server.json');
const HOLD = "const fs=require('fs');const [how,path]=process.argv.slice(1).filter((a)=>a!=='--db-filename');";
const STAY = "console.log('there');setInterval(()=>{},60000);process.on('SIGTERM',()=>process.exit(0));";

/** A program that works on a folder's database, as the record there says; `opens`: it has the file open, as a server has. */
async function serverOn(folder: string, opens = true): Promise<ChildProcess> {
  mkdirSync(dirname(database(folder)), { recursive: true });
  writeFileSync(database(folder), 'runs');
  const code = `${HOLD}if(how==='opens')fs.openSync(path,'r');${STAY}`;
  const child = spawn(process.execPath, ['-e', code, opens ? 'opens' : 'names', '--db-filename', database(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  await once(createInterface({ input: child.stdout! }), 'line');
  writeFileSync(record(folder), JSON.stringify(identityOf(child.pid!)));
  return child;
}
const lives = (child: ChildProcess): boolean => isAlive(identityOf(child.pid!) ?? { pid: child.pid!, started: '' });
const end = (folder: string): ReturnType<typeof endLeftBehind> => endLeftBehind(record(folder), database(folder));

describe('a server that an earlier start left behind', () => {
  it('is ended by the next start on its folder, also when it had not opened its database yet', async () => {
    for (const opens of [true, false]) {
      const server = await serverOn('data', opens);
      expect(await end('data')).toBe('ended');
      expect(lives(server)).toBe(false);
      expect(existsSync(record('data'))).toBe(false);
    }
  });

  it('is known on a path through a link', async () => {
    const server = await serverOn('data', false);
    symlinkSync(here.path('data'), here.path('link'));
    expect(await end('link')).toBe('ended');
    expect(lives(server)).toBe(false);
  });

  it.each([
    ['a copy of its folder', (from: string, to: string) => cpSync(from, to, { recursive: true })],
    [
      'a copy that shares the very file',
      (from: string, to: string) => {
        mkdirSync(`${to}/temporal`, { recursive: true });
        for (const name of ['temporal.db', 'server.json'])
          linkSync(`${from}/temporal/${name}`, `${to}/temporal/${name}`);
      },
    ],
  ])('is left alone by a start on %s, which forgets the record', async (_, copy) => {
    const server = await serverOn('data');
    copy(here.path('data'), here.path('copy'));
    expect(await end('copy')).toBe('another’s');
    expect(lives(server)).toBe(true);
    expect(existsSync(record('copy'))).toBe(false);
    expect(JSON.parse(readFileSync(record('data'), 'utf8'))).toMatchObject({ pid: server.pid });
  });

  it('is not any program that has its number and its hour', async () => {
    const server = await serverOn('other');
    mkdirSync(here.path('data', 'temporal'), { recursive: true });
    writeFileSync(database('data'), 'runs');
    writeFileSync(record('data'), JSON.stringify(identityOf(server.pid!)));
    expect(await end('data')).toBe('another’s');
    expect(lives(server)).toBe(true);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('is known on a folder that was moved meanwhile', async () => {
    const server = await serverOn('data');
    renameSync(here.path('data'), here.path('moved'));
    expect(await end('moved')).toBe('ended');
    expect(lives(server)).toBe(false);
  });

  onLinux('is left alone by a start on a copy that took the place of its folder', async () => {
    const server = await serverOn('data');
    renameSync(here.path('data'), here.path('moved'));
    cpSync(here.path('moved'), here.path('data'), { recursive: true });
    expect(await end('data')).toBe('another’s');
    expect(lives(server)).toBe(true);
    expect(await end('moved')).toBe('ended');
    expect(lives(server)).toBe(false);
  });
});
