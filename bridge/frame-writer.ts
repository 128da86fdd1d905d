import { randomFillSync } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** First byte of a complete text message in one frame (RFC 6455, 5.2). */
const FINAL_TEXT = 0x81;
const MASKED = 0x80;
const KEY_BYTES = 4;
/** Masking keys are drawn from the system's random source in bulk: one call for each would cost more than the frame. */
const keys = Buffer.alloc(4096);
let nextKey = keys.length;

/** Text before and after the base64 of a message. */
interface Envelope {
  head: Buffer;
  tail: Buffer;
}

/**
 * Writes audio messages to a WebSocket as complete frames that it builds itself: header, envelope and the base64 that was cut out of the
 * other side's message, copied once, never decoded. Everything else on the socket goes through its library; both write whole frames only,
 * so they may take turns. Needs a socket without compression.
 * In frameBatching it keeps a frame until the next one comes, and hands both to the system together: a system call for two.
 */
export class FrameWriter {
  readonly #socket: Duplex;
  readonly #envelope: Envelope;
  /** A client masks its frames (RFC 6455, 5.3). */
  readonly #masked: boolean;
  #held: Buffer | undefined;

  constructor(socket: Duplex, envelope: Envelope, masked: boolean) {
    this.#socket = socket;
    this.#envelope = envelope;
    this.#masked = masked;
  }

  /** True while a frame waits for the next one. */
  get holds(): boolean {
    return this.#held !== undefined;
  }

  /** Sends the base64 between `start` and `end` of a message in this writer's envelope, together with the waiting frame, if any. */
  send(message: Buffer, start: number, end: number): void {
    const held = this.#held;
    this.#held = undefined;
    const frame = this.#frame(message, start, end, held);
    this.#socket.write(frame);
  }

  /** As `send`, but later: with the next frame, or by `flush`. */
  hold(message: Buffer, start: number, end: number): void {
    this.#held = this.#frame(message, start, end, undefined);
  }

  /** Sends the waiting frame, because the next one is late, or another message must follow it. */
  flush(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held) this.#socket.write(held);
  }

  /** Drops the waiting frame. */
  drop(): void {
    this.#held = undefined;
  }

  /** Builds a complete frame, after the one that waits already. */
  #frame(message: Buffer, start: number, end: number, before: Buffer | undefined): Buffer {
    const { head, tail } = this.#envelope;
    const size = head.length + end - start + tail.length;
    const extended = size < 126 ? 0 : size < 65_536 ? 2 : 8;
    const offset = before?.length ?? 0;
    const frame = Buffer.allocUnsafe(offset + 2 + extended + (this.#masked ? KEY_BYTES : 0) + size);
    before?.copy(frame, 0);
    let at = offset;
    frame[at++] = FINAL_TEXT;
    frame[at++] = (this.#masked ? MASKED : 0) | (extended === 0 ? size : extended === 2 ? 126 : 127);
    if (extended === 2) at = frame.writeUInt16BE(size, at);
    else if (extended === 8) at = frame.writeBigUInt64BE(BigInt(size), at);
    const key = at;
    if (this.#masked) at = copyKey(frame, at);
    const body = at;
    at += head.copy(frame, at);
    at += message.copy(frame, at, start, end);
    tail.copy(frame, at);
    if (this.#masked) mask(frame, key, body);
    return frame;
  }
}

function copyKey(frame: Buffer, at: number): number {
  if (nextKey === keys.length) {
    randomFillSync(keys);
    nextKey = 0;
  }
  keys.copy(frame, at, nextKey, nextKey + KEY_BYTES);
  nextKey += KEY_BYTES;
  return at + KEY_BYTES;
}

function mask(frame: Buffer, key: number, body: number): void {
  const a = frame[key]!;
  const b = frame[key + 1]!;
  const c = frame[key + 2]!;
  const d = frame[key + 3]!;
  const end = frame.length;
  let at = body;
  for (; at + 3 < end; at += 4) {
    frame[at]! ^= a;
    frame[at + 1]! ^= b;
    frame[at + 2]! ^= c;
    frame[at + 3]! ^= d;
  }
  if (at < end) frame[at]! ^= a;
  if (at + 1 < end) frame[at + 1]! ^= b;
  if (at + 2 < end) frame[at + 2]! ^= c;
}
