import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildPython } from '../../scripts/clients/build-python.ts';
import { pythonTools } from '../../scripts/clients/python-generator.ts';
import { runPython } from '../../scripts/python-environment.ts';
import { CALLBACK_SECRET } from '../e2e/support/shared-system.ts';
import { runSystem } from '../e2e/support/system.ts';
import { LOAD_FACTOR } from '../support/load.ts';

const python = await pythonTools().catch((error: Error) => {
  console.warn(`the tests of the Python client are skipped: ${error.message}`);
  return '';
});
const SLOW_MS = 200_000;

(python ? describe : describe.skip)('the Python client', () => {
  const system = runSystem({ env: { API_KEYS: 'a-key', CALLBACK_SECRET } });
  /** Somebody's folder, with nothing in it but the installed wheel. */
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vocero-python-user-'));
    const wheel = await buildPython(join(folder, 'dist'));
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-index'];
    await runPython(python, [...pip, '--target', join(folder, 'installed'), wheel]);
  }, SLOW_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (args: string[], cwd: string): Promise<{ stdout: string }> => {
    const env = { PYTHONPATH: join(folder, 'installed'), VOCERO_URL: system.url, VOCERO_KEY: 'a-key', CALLBACK_SECRET };
    return runPython(python, args, { cwd, env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' } });
  };

  it(
    'gets a confirmed booking with the README’s first program',
    async () => {
      const [, program] = /```python\n([\s\S]*?)```/.exec(readFileSync('clients/python/README.md', 'utf8'))!;
      expect(program!.trim().split('\n').length).toBeLessThanOrEqual(11);
      writeFileSync(join(folder, 'first.py'), program!.replace('http://127.0.0.1:3000', system.url));
      const { stdout } = await run(['first.py'], folder);
      expect(stdout).toMatch(/^confirmed \d{4}-\d\d-\d\d \d\d:\d\d\n$/);
    },
    60_000 * LOAD_FACTOR,
  );

  it(
    'passes its own tests, against an API in trouble and against the sandbox',
    async () => {
      const { stdout } = await run(['-m', 'pytest', '-q', '-p', 'no:cacheprovider'], resolve('clients/python'));
      expect(stdout).toMatch(/^\d+ passed in/m);
    },
    120_000 * LOAD_FACTOR,
  );

  it(
    'is typed without a gap, and so are its tests; a wrong body is found',
    async () => {
      const mypy = ['-m', 'mypy', '--strict', '--cache-dir', join(folder, 'mypy')];
      await run([...mypy, resolve('clients/python/src')], folder);
      await run([...mypy, resolve('clients/python/tests')], folder);
      const business = "'business': {'name': 'x', 'phone': '+541143211234'}";
      const service = "'service_type': 'x'";
      const wrong = [
        `{${business}, 'request': {'user_name': 'x'}}`,
        `{${business}, 'request': {${service}, 'user_name': 1}}`,
        `{${business}, 'request': {${service}, 'user_name': 'x'}, 'colour': 'red'}`,
      ].map((body) => `vocero.Vocero().bookings.create(${body})`);
      writeFileSync(join(folder, 'wrong.py'), ['import vocero', ...wrong, ''].join('\n'));
      await expect(run([...mypy, 'wrong.py'], folder)).rejects.toThrow('Found 3 errors');
    },
    SLOW_MS,
  );
});
