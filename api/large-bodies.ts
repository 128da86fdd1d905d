import type { Readable } from 'node:stream';
import { Problem } from './problem.ts';

/** Maximum of all large bodies together in the memory of one process. */
const MAX_BYTES = 256 * 1_024 * 1_024;
/** Smaller bodies are not counted, so that a flood of large ones does not block a transcript. */
const SMALL_BYTES = 1_024 * 1_024;

/**
 * Reads bodies whose signature covers every byte, so that the sender is unknown until the whole body is there. Without a common limit a few
 * strangers with bodies of the largest size could fill the memory.
 * @throws Problem 413 for a body that is too large, also by its announced length; 503 for one that exceeds the common limit
 */
export function largeBodies(mostBytes = MAX_BYTES, smallBytes = SMALL_BYTES) {
  let held = 0;
  return async (payload: Readable, limit: number, announced = 0): Promise<Buffer> => {
    if (announced > limit) throw tooLarge(limit);
    const chunks: Buffer[] = [];
    let size = 0;
    let counted = 0;
    try {
      // Not destroyed with the loop: that would close the connection before the answer.
      for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > limit) throw tooLarge(limit);
        if (size > smallBytes) {
          held += size - counted;
          counted = size;
          if (held > mostBytes) throw tooMuch();
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks, size);
    } finally {
      held -= counted;
    }
  };
}

const close = { connection: 'close' };
export const tooLarge = (limit: number): Problem =>
  new Problem(413, `The body is larger than the ${limit} bytes allowed here.`, { headers: close });
const tooMuch = (): Problem =>
  new Problem(503, 'Too many large bodies are arriving at once; try again in a moment.', {
    headers: { ...close, 'retry-after': '10' },
  });
