import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { clientDocument, GENERATED, PYTHON_FOLDERS } from '../../scripts/clients/generated.ts';

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
const SLOW_MS = 400_000;

describe('the generated types of the clients', () => {
  it.each([GENERATED.typescript, GENERATED.python])(
    '%s: of the API as it is; if not, run `npm run generate:clients`',
    async (file) => {
      const { digest } = await clientDocument();
      expect(read('clients', file).split('\n', 4).join('\n')).toContain(`sha256:${digest}`);
    },
  );

  it(
    'are made by the generators, and not changed by hand',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'vocero-generated-'));
      try {
        const args = ['scripts/clients/generate.ts', '--into', folder];
        const { stdout } = await promisify(execFile)(process.execPath, args).catch(
          (error: { stdout: string }) => error,
        );
        const leftOut = stdout.split('\n').filter((line) => line.startsWith('left out'));
        for (const line of leftOut) console.warn(line);
        const made = Object.values(GENERATED).filter((file) => stdout.includes(`made ${file}`));
        expect(made.length + leftOut.length).toBe(Object.keys(GENERATED).length);
        for (const file of made) expect(read(folder, file)).toBe(read('clients', file));
        const sync = (within: string) =>
          readdirSync(join(within, PYTHON_FOLDERS.sync)).filter((name) => /\.py$/.test(name));
        expect(sync('clients')).toEqual(sync(folder));
        for (const name of sync(folder)) {
          const file = join(PYTHON_FOLDERS.sync, name);
          expect(read(folder, file)).toBe(read('clients', file));
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    SLOW_MS,
  );
});
