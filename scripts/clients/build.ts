/** `npm run build:clients`: builds the client libraries into `clients/dist`, as packages that can be installed or published. */
import { fileURLToPath } from 'node:url';
import { buildPython } from './build-python.ts';
import { buildTypescript } from './build-typescript.ts';

const destination = fileURLToPath(new URL('../../clients/dist', import.meta.url));

console.log(await buildTypescript(destination));
try {
  console.log(await buildPython(destination, (line) => console.error(line)));
} catch (error) {
  console.error(`could not build the Python client: ${(error as Error).message}`);
  process.exitCode = 1;
}
