/** 20 ms of mu-law at 8 kHz. */
export const FRAME_BYTES = 160;
export const FRAME_MS = 20;
/** Base64 of one frame alone. */
export const FRAME_CHARS = 216;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTETS = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))));
/** The rest of a frame: mu-law silence. */
const SILENCE = Buffer.alloc(FRAME_BYTES - 6, 0xff).toString('base64');
const PAIRS = Array.from({ length: 4096 }, (_, n) => ALPHABET[n >> 6]! + ALPHABET[n & 63]!);

/** The first six bytes of each frame say whose it is (16 bits) and which (32 bits): eight characters of base64. */
export function stampedFrame(call: number, sequence: number): string {
  const [low, high] = [sequence & 0xfff, sequence >>> 12];
  return PAIRS[call >> 4]! + PAIRS[((call & 0xf) << 8) | (high >>> 12)]! + PAIRS[high & 0xfff]! + PAIRS[low]! + SILENCE;
}

export type TakeStamp = (call: number, sequence: number) => void;

/** Cuts audio back into frames, however a relay joined or divided them. */
export class StampReader {
  readonly #take: TakeStamp;
  #rest: Buffer | undefined;

  constructor(take: TakeStamp) {
    this.#take = take;
  }

  /** Base64 in `buffer[start..end)`. */
  read(buffer: Buffer, start: number, end: number): void {
    if (end - start === FRAME_CHARS && !this.#rest) {
      const four = (at: number): number =>
        (SEXTETS[buffer[at]! & 127]! << 18) |
        (SEXTETS[buffer[at + 1]! & 127]! << 12) |
        (SEXTETS[buffer[at + 2]! & 127]! << 6) |
        SEXTETS[buffer[at + 3]! & 127]!;
      const first = four(start);
      this.#take(first >> 8, (first & 0xff) * 0x100_0000 + four(start + 4));
      return;
    }
    const bytes = Buffer.from(buffer.toString('latin1', start, end), 'base64');
    const audio = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes;
    let at = 0;
    for (; at + FRAME_BYTES <= audio.length; at += FRAME_BYTES) {
      this.#take(audio.readUInt16BE(at), audio.readUInt32BE(at + 2));
    }
    this.#rest = at < audio.length ? audio.subarray(at) : undefined;
  }
}
