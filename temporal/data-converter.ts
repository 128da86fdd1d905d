import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { payloadCodec } from './payload-codec.ts';

/** For workers, and for the bundle of their workflows: failures are created inside the sandbox. */
export const FAILURE_CONVERTER = fileURLToPath(new URL('failure-converter.cjs', import.meta.url));

/**
 * Converter of every client and worker. With keys, the first encrypts all payloads and the texts of failures, and each can decrypt; without
 * keys nothing is encrypted. All processes of one deployment need the same keys.
 */
export function dataConverter(keys: readonly Uint8Array[]): DataConverter {
  return {
    payloadCodecs: [payloadCodec(keys)],
    ...(keys.length > 0 ? { failureConverterPath: FAILURE_CONVERTER } : {}),
  };
}
