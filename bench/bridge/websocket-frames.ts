/** RFC 6455, as much of it as two well-behaved peers need. Written for speed: the load shares the machine with what it measures. */
export const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Called per frame; the payload is `buffer[start..end)`, unmasked, and valid only during the call. */
export type TakeFrame = (opcode: number, buffer: Buffer, start: number, end: number) => void;

const char = String.fromCharCode;
const LONGEST = 0xffff;
const heads = { masked: new Map<number, string>(), plain: new Map<number, string>() };

/**
 * The head of an unfragmented frame, as latin1 text. A client's is masked, with the key 0, which leaves the payload as it
 * is: the other side has the same work with it as with any other key.
 */
export function frameHead(opcode: number, length: number, from: keyof typeof heads): string {
  const key = opcode * 0x1_0000 + length;
  const known = heads[from].get(key);
  if (known !== undefined) return known;
  if (length > LONGEST) throw new RangeError(`a frame of ${length} bytes is not made here`);
  const maskBit = from === 'masked' ? 0x80 : 0;
  const size = length < 126 ? char(maskBit | length) : char(maskBit | 126, length >> 8, length & 0xff);
  const head = char(0x80 | opcode) + size + (from === 'masked' ? '\0\0\0\0' : '');
  heads[from].set(key, head);
  return head;
}

/** Cuts what a socket brings into frames. */
export class FrameReader {
  readonly #take: TakeFrame;
  #rest: Buffer | undefined;

  constructor(take: TakeFrame) {
    this.#take = take;
  }

  read(chunk: Buffer): void {
    const buffer = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    while (at + 2 <= buffer.length) {
      const first = buffer[at]!;
      const second = buffer[at + 1]!;
      let length = second & 0x7f;
      let start = at + 2;
      if (length === 126) {
        if (start + 2 > buffer.length) break;
        length = buffer.readUInt16BE(start);
        start += 2;
      } else if (length === 127) {
        if (start + 8 > buffer.length) break;
        length = buffer.readUInt32BE(start + 4);
        start += 8;
      }
      const masked = second >= 0x80;
      if (masked) start += 4;
      const end = start + length;
      if (end > buffer.length) break;
      if (first < 0x80) throw new Error('a fragmented message came; no subject sends those');
      if (masked) unmask(buffer, start, end);
      this.#take(first & 0x0f, buffer, start, end);
      at = end;
    }
    this.#rest = at < buffer.length ? buffer.subarray(at) : undefined;
  }
}

function unmask(buffer: Buffer, start: number, end: number): void {
  const k0 = buffer[start - 4]!;
  const k1 = buffer[start - 3]!;
  const k2 = buffer[start - 2]!;
  const k3 = buffer[start - 1]!;
  const whole = start + ((end - start) & ~3);
  let at = start;
  for (; at < whole; at += 4) {
    buffer[at]! ^= k0;
    buffer[at + 1]! ^= k1;
    buffer[at + 2]! ^= k2;
    buffer[at + 3]! ^= k3;
  }
  const key = [k0, k1, k2];
  for (let i = 0; at < end; at++, i++) buffer[at]! ^= key[i]!;
}
