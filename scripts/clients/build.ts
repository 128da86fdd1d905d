/** `npm run build:clients`: builds the client libraries into `clients/dist`, as packages that can be installed or published. */
import { fileURLToPath } from 'node:url';
import { buildTypescript } from './build-typescript.ts';

const destination = fileURLToPath(new URL('../../clients/dist', import.meta.url));

console.log(await buildTypescript(destination));
