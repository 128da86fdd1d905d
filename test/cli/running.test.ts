import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { announce, readRunning, type Serving } from '../../cli/running.ts';
import { loadConfig } from '../../config/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'vocero-running-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = loadConfig({ DATA_DIR: folder, PORT: '4000' });
const system: Serving = {
  temporal: { connection: { namespace: 'default', connectionOptions: { address: '127.0.0.1:7233' } } },
  sandbox: { env: { ELEVENLABS_API_KEY: 'k' } },
};
const file = join(folder, 'running.json');

it('a running system is found on its data folder until it withdraws, and only its owner may read of it', () => {
  const withdraw = announce(config, system);
  expect(readRunning(folder)).toMatchObject({ pid: process.pid, api: 'http://127.0.0.1:4000' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  withdraw();
  expect(readRunning(folder)).toBeUndefined();
});

it('one that was killed is not taken for running', () => {
  announce(config, system);
  const { pid } = spawnSync('true');
  writeFileSync(file, readFileSync(file, 'utf8').replace(`"pid": ${process.pid}`, `"pid": ${pid}`));
  expect(readRunning(folder)).toBeUndefined();
});

it('the one that runs on the original is not taken for one that runs on a copy of its folder', () => {
  const withdraw = announce(config, system);
  const copy = mkdtempSync(join(tmpdir(), 'vocero-copy-'));
  cpSync(folder, copy, { recursive: true });
  expect(readRunning(copy)).toBeUndefined();
  rmSync(copy, { recursive: true });
  withdraw();
});

it('another program that was given its number is not taken for it', () => {
  announce(config, system);
  const other = process.ppid;
  writeFileSync(file, readFileSync(file, 'utf8').replace(`"pid": ${process.pid}`, `"pid": ${other}`));
  expect(readRunning(folder)).toBeUndefined();
});

it('a damaged file is nobody’s', () => {
  writeFileSync(file, '{');
  expect(readRunning(folder)).toBeUndefined();
});
