import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildTypescript } from '../../../scripts/clients/build-typescript.ts';
import { onPath } from '../../../temporal/executable.ts';
import { openBrowser } from '../../console/support/open-browser.ts';
import { CALLBACK_SECRET } from '../../e2e/support/shared-system.ts';
import { runSystem } from '../../e2e/support/system.ts';
import { LOAD_FACTOR } from '../../support/load.ts';
import { serveSite } from '../support/page.ts';

const run = promisify(execFile);
const system = runSystem({ env: { API_KEYS: 'a-key', CALLBACK_SECRET } });
/** A project of somebody who uses the client, with nothing in it but the packed client. */
let folder: string;
/** The machine's own Node.js besides the product's: it may be an older one. */
const NODES = [...new Set([process.execPath, onPath('node', process.env.PATH) ?? process.execPath])];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-client-user-'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }');
  const archive = await buildTypescript(join(folder, 'packed'));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', archive], { cwd: folder });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installed = (path: string): string => join(folder, 'node_modules/@vocero/client', path);

/** The first program of the README, for this system. */
function firstProgram(): string {
  const readme = readFileSync(installed('README.md'), 'utf8');
  const [, program] = /```js\n([\s\S]*?)```/.exec(readme)!;
  return program!.replace(/http:\/\/127\.0\.0\.1:3000/, system.url).replace('process.env.VOCERO_KEY', "'a-key'");
}

it('weighs less than 8 kB compressed, needs no other package, and brings its licence', () => {
  expect(gzipSync(readFileSync(installed('dist/index.js')), { level: 9 }).length).toBeLessThan(8_000);
  const { dependencies, peerDependencies, license } = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
  expect({ dependencies, peerDependencies, license }).toEqual({ license: 'Apache-2.0' });
  expect(readFileSync(installed('LICENSE'), 'utf8')).toBe(readFileSync('LICENSE', 'utf8'));
});

it.each(NODES)(
  'gets a confirmed booking with the README’s ten lines, as a module and by require: %s',
  async (node) => {
    const program = firstProgram();
    expect(program.trim().split('\n').length).toBeLessThanOrEqual(10);
    writeFileSync(join(folder, 'first.mjs'), program);
    const required = program.replace(/^import (.*) from (.*);$/m, 'const $1 = require($2);');
    writeFileSync(join(folder, 'first.cjs'), `(async () => {\n${required}})();`);
    const { stdout: version } = await run(node, ['-p', '!!process.features.require_module']);
    const files = version.trim() === 'true' ? ['first.mjs', 'first.cjs'] : ['first.mjs'];
    for (const file of files) {
      const { stdout } = await run(node, [file], { cwd: folder, timeout: 60_000 * LOAD_FACTOR });
      expect(stdout).toMatch(/^confirmed \d{4}-\d\d-\d\d \d\d:\d\d\n$/);
    }
  },
  120_000 * LOAD_FACTOR,
);

it('has types in which the README’s bodies fit, and wrong ones do not', async () => {
  const checked = resolve('test/clients/typescript/types-of-a-user.ts');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(
    join(folder, 'src/user.mts'),
    readFileSync(checked, 'utf8').replace(/'[./]*clients\/typescript\/src\/index.ts'/, "'@vocero/client'"),
  );
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--types', '', '--lib', 'es2022,dom'];
  await run(process.execPath, [tsc, ...options, '--module', 'nodenext', 'src/user.mts'], { cwd: folder }).catch(
    (error) => {
      throw new Error(error.stdout);
    },
  );
});

/** In a page whose own address is the API's. */
const PAGE_PROGRAM = `
  import { Vocero, VoceroProblem, verifyWebhook } from './client.js';
  const vocero = new Vocero({ url: '', key: 'a-key' });
  const { id } = await vocero.bookings.create({
    business: { name: 'Clínica Dental Sur', phone: '+541143210725' },
    request: { service_type: 'dentista', user_name: 'Mauro' },
  });
  const types = [];
  for await (const { type } of vocero.bookings.events(id)) types.push(type);
  const { outcome } = await vocero.bookings.wait(id);
  const refused = await vocero.bookings.get('bk_unknown').catch((error) => error instanceof VoceroProblem && error.code);
  const forged = await verifyWebhook('{}', new Headers(), 'whsec_AAAA').catch(({ name }) => name);
  document.querySelector('output').textContent = [types.at(-1), outcome.result, refused, forged].join(' ');
`;

(process.env.CONSOLE_BROWSER ? it : it.skip)(
  'gets a confirmed booking in a page under a strict policy, follows it, and knows problems and forged messages',
  async () => {
    const client = readFileSync(installed('dist/index.js'), 'utf8');
    const site = await serveSite(system.url, { '/client.js': client, '/first.js': PAGE_PROGRAM });
    const browser = await openBrowser();
    const said: string[] = [];
    try {
      const page = await browser.newPage();
      page.on('pageerror', ({ message }) => said.push(message));
      page.on('console', (message) => said.push(message.text()));
      await page.goto(site.url);
      const output = page.locator('output');
      await output.filter({ hasText: /./ }).waitFor({ timeout: 60_000 * LOAD_FACTOR });
      expect(await output.textContent()).toBe('final confirmed not-found VoceroSignatureError');
      // Chromium itself notes an answer of 404.
      expect(said.filter((text) => !/status of 404/.test(text))).toEqual([]);
    } finally {
      await browser.close();
      await site.close();
    }
  },
  120_000 * LOAD_FACTOR,
);
