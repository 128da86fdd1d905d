import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { FrameReader, frameHead, OPCODE } from './websocket-frames.ts';

/** Called per text message; valid only during the call. */
export type TakeText = (buffer: Buffer, start: number, end: number) => void;

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** Any 16 bytes will do. */
const KEY = Buffer.alloc(16, 'bench').toString('base64');
const END_OF_HEAD = '\r\n\r\n';

/** One end of a WebSocket on a bare socket: handshake, text messages, pings. */
export class WebSocketPeer {
  readonly #socket: Socket;
  readonly #from: 'masked' | 'plain';
  readonly #reader: FrameReader;
  #head = '';
  #open = false;

  /** `opened` is called once, when the handshake is done; `failed` when the other side does not speak WebSocket. */
  constructor(
    socket: Socket,
    role: 'client' | 'server',
    told: { opened?: () => void; text: TakeText; failed: (error: Error) => void },
  ) {
    this.#socket = socket;
    this.#from = role === 'client' ? 'masked' : 'plain';
    this.#reader = new FrameReader((opcode, buffer, start, end) => {
      if (opcode === OPCODE.text) return told.text(buffer, start, end);
      if (opcode === OPCODE.ping) this.#control(OPCODE.pong, buffer.toString('latin1', start, end));
      if (opcode === OPCODE.close) {
        this.#control(OPCODE.close, buffer.toString('latin1', start, Math.min(end, start + 2)));
        socket.end();
      }
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      try {
        const frames = this.#open ? chunk : this.#handshake(chunk, role);
        if (!frames) return;
        if (!this.#open) {
          this.#open = true;
          told.opened?.();
        }
        if (frames.length > 0) this.#reader.read(frames);
      } catch (error) {
        told.failed(error as Error);
        socket.destroy();
      }
    });
  }

  /** A client's first word. */
  ask(path: string): void {
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13${END_OF_HEAD}`,
    );
  }

  /** The text as a whole frame, in latin1; several of these may be joined and handed to `write`. */
  frame(text: string): string {
    return frameHead(OPCODE.text, text.length, this.#from) + text;
  }

  write(frames: string): void {
    if (this.#socket.writable) this.#socket.write(frames, 'latin1');
  }

  #control(opcode: number, text: string): void {
    this.write(frameHead(opcode, text.length, this.#from) + text);
  }

  /** What follows the head of the handshake; undefined until that is whole. */
  #handshake(chunk: Buffer, role: 'client' | 'server'): Buffer | undefined {
    const before = this.#head.length;
    this.#head += chunk.toString('latin1');
    const end = this.#head.indexOf(END_OF_HEAD);
    if (end < 0) return undefined;
    if (role === 'client') {
      if (!/^HTTP\/1\.1 101 /.test(this.#head)) throw new Error(`no upgrade: ${this.#head.split('\r\n')[0]}`);
    } else {
      const key = /^sec-websocket-key: *(\S+)/im.exec(this.#head)?.[1];
      if (!key) throw new Error('a request without Sec-WebSocket-Key');
      const accept = createHash('sha1')
        .update(key + GUID)
        .digest('base64');
      this.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}${END_OF_HEAD}`,
      );
    }
    return chunk.subarray(end + END_OF_HEAD.length - before);
  }
}
