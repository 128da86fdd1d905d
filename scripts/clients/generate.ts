/**
 * `npm run generate:clients`: makes the types of both clients anew from the API's own description. No server runs for it.
 * `--into FOLDER` writes elsewhere.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clientDocument, GENERATED, headerLines, PYTHON_FOLDERS } from './generated.ts';
import { generateModels } from './python-generator.ts';
import { generateSync } from './python-sync.ts';
import { generateTypes } from './typescript-generator.ts';

const { values } = parseArgs({ options: { into: { type: 'string' } } });
const CLIENTS = fileURLToPath(new URL('../../clients', import.meta.url));
const into = resolve(values.into ?? CLIENTS);
const say = (line: string): void => console.error(line);

const { document, digest } = await clientDocument();
const header = (mark: string): string =>
  headerLines(digest)
    .map((line) => `${mark} ${line}`)
    .join('\n');

const MAKERS = {
  typescript: (file: string) => generateTypes(document, header('//'), dirname(file), say),
  python: (file: string) => generateModels(document, header('#'), file, say),
} satisfies Record<keyof typeof GENERATED, unknown>;

for (const name of ['typescript', 'python'] as const) {
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

const sync = join(into, PYTHON_FOLDERS.sync);
mkdirSync(sync, { recursive: true });
generateSync(join(CLIENTS, PYTHON_FOLDERS.async), sync);
console.log(`made ${PYTHON_FOLDERS.sync}`);
