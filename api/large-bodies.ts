import type { Readable } from 'node:stream';
import { Problem } from './problem.ts';

/** All large bodies together that one process holds in memory. */
const MOST_BYTES = 256 * 1_024 * 1_024;
/** What is smaller than this is not counted: a flood of large bodies must not keep a transcript out. */
const SMALL_BYTES = 1_024 * 1_024;

/**
 * Reads bodies whose sender is known only when all of it has come, since the signature covers every byte. Without a common
 * limit a few strangers with a body of the largest size each would fill the memory. Throws `413` for one body that is too
 * large (by what it announces, too), `503` for one that would be too much beside the others.
 */
export function largeBodies(mostBytes = MOST_BYTES, smallBytes = SMALL_BYTES) {
  let held = 0;
  return async (payload: Readable, limit: number, announced = 0): Promise<Buffer> => {
    if (announced > limit) throw tooLarge(limit);
    const chunks: Buffer[] = [];
    let size = 0;
    let counted = 0;
    try {
      // Not destroyed with the loop: the connection would go with it, and the answer.
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
const tooLarge = (limit: number): Problem =>
  new Problem(413, `The body is larger than the ${limit} bytes allowed here.`, { headers: close });
const tooMuch = (): Problem =>
  new Problem(503, 'Too many large bodies are arriving at once; try again in a moment.', {
    headers: { ...close, 'retry-after': '10' },
  });
