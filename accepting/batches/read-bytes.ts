import { MAX_BYTES, tooManyBytes } from '../../domain/batch/problems.ts';

/**
 * All bytes of a file, which may come in pieces.
 * @throws BatchTooLarge beyond 10 MiB; the rest of the stream is not read
 */
export async function readBytes(file: Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (file instanceof Uint8Array) {
    if (file.length > MAX_BYTES) throw tooManyBytes();
    return Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of file) {
    length += piece.length;
    if (length > MAX_BYTES) throw tooManyBytes();
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}
