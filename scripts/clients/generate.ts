/**
 * `npm run generate:clients`: makes the types of both clients anew from the API's own description. No server runs for it.
 * `--into FOLDER` writes elsewhere.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clientDocument, GENERATED, headerLines } from './generated.ts';
import { generateModels } from './python-generator.ts';
import { generateSync } from './python-sync.ts';
import { generateTypes } from './typescript-generator.ts';

const { values } = parseArgs({ options: { into: { type: 'string' } } });
const into = resolve(values.into ?? fileURLToPath(new URL('../../clients', import.meta.url)));
const ASYNC = fileURLToPath(new URL('../../clients/python/src/vocero/_async.py', import.meta.url));
const say = (line: string): void => console.error(line);

const { document, digest } = await clientDocument();
const header = (mark: string): string =>
  headerLines(digest)
    .map((line) => `${mark} ${line}`)
    .join('\n');

const MAKERS = {
  typescript: (file: string) => generateTypes(document, header('//'), dirname(file), say),
  python: (file: string) => generateModels(document, header('#'), file, say),
  pythonSync: async (file: string) =>
    generateSync(ASYNC, file, '# Made from _async.py by `npm run generate:clients`. Do not edit.'),
} satisfies Record<keyof typeof GENERATED, unknown>;

for (const name of ['typescript', 'python', 'pythonSync'] as const) {
  const file = join(into, GENERATED[name]);
  mkdirSync(dirname(file), { recursive: true });
  try {
    await MAKERS[name](file);
    console.log(`made ${GENERATED[name]}`);
  } catch (error) {
    // The other one can still be made.
    console.log(`left out ${GENERATED[name]}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
