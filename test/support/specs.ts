import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from '@jest/globals';
import { parse } from 'yaml';

const { SPECS_DIR } = process.env;

/** A `describe` that runs where `SPECS_DIR` names the folder of the providers' official specifications. */
export const withSpecs: typeof describe.skip = SPECS_DIR ? describe : describe.skip;
if (!SPECS_DIR)
  process.stderr.write('SPECS_DIR is not set: nothing is checked against the official specifications here\n');

/** `nullable` beside no `type` says nothing, and the validator refuses it. */
const tidied = (_: string, value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && 'nullable' in value && !('type' in value)) {
    const { nullable: _, ...rest } = value;
    return rest;
  }
  return value;
};

/** One of the specifications, JSON or YAML. */
export const loadSpec = <T>(name: string): T =>
  JSON.parse(
    JSON.stringify(parse(readFileSync(path.join(SPECS_DIR!, name), 'utf8'), { maxAliasCount: -1 })),
    tidied,
  ) as T;

/** A JSON pointer into a specification, as the fragment of a reference. */
export const pointer = (...parts: string[]): string =>
  `#/${parts.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`;
