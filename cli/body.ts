import { readFileSync } from 'node:fs';
import { badUsage } from './failure.ts';

/** The key is sent in a header. */
export function checkKey(key: string | undefined): void {
  if (key !== undefined && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(key))
    throw badUsage('--idempotency-key: use visible ASCII characters only.');
}

/** A whole body as JSON; `-` is standard input. */
export function bodyFromFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8'));
  } catch (error) {
    throw badUsage(`--file ${path}: ${(error as Error).message}`);
  }
}

/** From pairs like `order=42`. */
export function metadataOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw badUsage(`--meta ${pair}: write it as name=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
