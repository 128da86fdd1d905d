import { createHash } from 'node:crypto';
import { wholeDocument } from './document.ts';
import { forClients } from './trim.ts';

/** The description from which both clients are made, and its digest, which stands in the first lines of each generated file. */
export interface ClientDocument {
  document: object;
  digest: string;
}

/** Where the generated files are, below `clients/`. */
export const GENERATED = {
  typescript: 'typescript/src/generated/types.gen.ts',
  python: 'python/src/vocero/models.py',
} as const;

/** The Python client is written in the first folder, and the other one is made from it. */
export const PYTHON_FOLDERS = { async: 'python/src/vocero/_async', sync: 'python/src/vocero/_sync' } as const;

export async function clientDocument(): Promise<ClientDocument> {
  const document = forClients(await wholeDocument());
  return { document, digest: createHash('sha256').update(JSON.stringify(document)).digest('hex') };
}

/** The first lines of a generated file; the caller makes comments of them. */
export const headerLines = (digest: string): string[] => [
  'Made from the API’s own description by `npm run generate:clients`. Do not edit.',
  `Description: sha256:${digest}`,
];
