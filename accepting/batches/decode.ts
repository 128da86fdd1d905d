import { isUtf8 } from 'node:buffer';
import type { Encoding } from '../../domain/schemas/batch-check.ts';
import { whyNoTable } from './foreign-files.ts';

/** Bytes that are decoded without a pause. */
const PIECE = 512 * 1024;

/** A file's text as UTF-8 without a byte order mark, or why it has none. */
export type Decoded = { text: Buffer; encoding: Encoding } | { unreadable: string };

const MARKS: readonly { encoding: Encoding; mark: Buffer }[] = [
  { encoding: 'utf-8', mark: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: 'utf-16le', mark: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', mark: Buffer.from([0xfe, 0xff]) },
];

type Breathe = () => Promise<void> | undefined;

/** @throws TypeError if `fatal` and the bytes are not of the encoding */
async function* decoded(bytes: Buffer, encoding: Encoding, fatal: boolean, breathe: Breathe): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal, ignoreBOM: true });
  for (let at = 0; at < bytes.length; at += PIECE) {
    await breathe();
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
  }
  yield decoder.decode();
}

async function reencoded(texts: AsyncIterable<string>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const text of texts) pieces.push(Buffer.from(text));
  return Buffer.concat(pieces);
}

/**
 * True for a UTF-8 text with some broken bytes. In Windows-1252 a letter with an accent stands between plain ones, which is hardly ever valid
 * UTF-8; a text with more valid letters than broken bytes was not written in it.
 */
async function isBrokenUtf8(bytes: Buffer, breathe: Breathe): Promise<boolean> {
  let valid = 0;
  let broken = 0;
  for await (const text of decoded(bytes, 'utf-8', false, breathe)) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0xfffd) broken++;
      else if (code > 127) valid++;
    }
  }
  return valid > broken;
}

/** Bytes of a header that tell UTF-16 without a byte order mark. */
const LOOKED_AT = 64;

/** UTF-16 has a zero beside each plain letter, before or behind it; no other text has any. */
function unmarkedUtf16(bytes: Buffer): Encoding | undefined {
  const begin = bytes.subarray(0, LOOKED_AT);
  const zerosFrom = (first: number): number => {
    let zeros = 0;
    for (let at = first; at < begin.length; at += 2) if (begin[at] === 0) zeros++;
    return zeros;
  };
  const [before, behind] = [zerosFrom(0), zerosFrom(1)];
  const most = begin.length / 4;
  if (behind > most && before === 0) return 'utf-16le';
  return before > most && behind === 0 ? 'utf-16be' : undefined;
}

/** Reads a file's bytes: the encoding of its byte order mark, else UTF-16 by its zeros, else UTF-8, else Windows-1252. */
export async function decode(bytes: Buffer, breathe: Breathe): Promise<Decoded> {
  const marked = MARKS.find(({ mark }) => bytes.subarray(0, mark.length).equals(mark));
  const body = marked ? bytes.subarray(marked.mark.length) : bytes;
  const encoding = marked?.encoding ?? unmarkedUtf16(bytes) ?? 'utf-8';
  if (encoding !== 'utf-8') {
    try {
      const text = await reencoded(decoded(body, encoding, true, breathe));
      const unreadable = whyNoTable(text);
      return unreadable ? { unreadable } : { text, encoding };
    } catch {
      return {
        unreadable: `begins as ${encoding.toUpperCase()} and has characters that are not: save it again as CSV (UTF-8)`,
      };
    }
  }
  const unreadable = whyNoTable(body);
  if (unreadable) return { unreadable };
  if (isUtf8(body)) return { text: body, encoding };
  if (marked || (await isBrokenUtf8(body, breathe))) {
    return {
      unreadable: 'is UTF-8 with broken characters: save it again as CSV (UTF-8), or send the whole file again',
    };
  }
  return { text: await reencoded(decoded(body, 'windows-1252', false, breathe)), encoding: 'windows-1252' };
}
