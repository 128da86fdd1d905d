import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

export interface RawFrame {
  /** 1 text, 2 binary, 0 more of a message, 8 close, 9 ping, 10 pong; the rest is reserved. */
  opcode?: number;
  final?: boolean;
  /** The three reserved bits. */
  reserved?: number;
  masked?: boolean;
  payload?: Buffer | string;
  /** What the header claims; default: the truth. */
  claims?: number;
}

/** One frame, as right or as wrong as it is wanted (RFC 6455, 5.2). */
export function rawFrame(frame: RawFrame): Buffer {
  const { opcode = 1, final = true, reserved = 0, masked = true } = frame;
  const payload = Buffer.from(frame.payload ?? '');
  const length = frame.claims ?? payload.length;
  const head = [(final ? 0x80 : 0) | (reserved << 4) | opcode];
  const bit = masked ? 0x80 : 0;
  if (length < 126) head.push(bit | length);
  else if (length < 65_536) head.push(bit | 126, length >> 8, length & 0xff);
  else head.push(bit | 127, 0, 0, 0, 0, ...Buffer.from(Uint32Array.of(length).buffer).reverse());
  if (!masked) return Buffer.concat([Buffer.from(head), payload]);
  const key = randomBytes(4);
  return Buffer.concat([Buffer.from(head), key, payload.map((byte, i) => byte ^ key[i & 3]!)]);
}

/** A TCP peer that speaks HTTP and WebSocket byte by byte, so that it can get them wrong. */
export class RawPeer {
  readonly socket: Socket;
  /** What came back, up to a bound. */
  received: Buffer = Buffer.alloc(0);
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      if (this.received.length < 1_000_000) this.received = Buffer.concat([this.received, chunk]);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
    });
  }

  static async connect(url: string): Promise<RawPeer> {
    const { hostname, port } = new URL(url);
    const peer = new RawPeer(connect({ port: Number(port), host: hostname }));
    await until('the connection', () => !peer.socket.connecting || peer.closed);
    return peer;
  }

  /** A peer whose upgrade was accepted. */
  static async upgraded(url: string): Promise<RawPeer> {
    const peer = await RawPeer.connect(url);
    peer.write(upgradeRequest(new URL(url).pathname));
    await until('the answer to the upgrade', () => peer.closed || peer.received.includes('\r\n\r\n'));
    return peer;
  }

  /** HTTP status of the first answer; undefined: none came. */
  get status(): number | undefined {
    const status = /^HTTP\/1\.1 (\d{3})/.exec(this.received.toString('latin1', 0, 20))?.[1];
    return status === undefined ? undefined : Number(status);
  }

  write(bytes: Buffer | string): void {
    if (!this.socket.destroyed && this.socket.writable) this.socket.write(bytes);
  }

  frame(frame: RawFrame): void {
    this.write(rawFrame(frame));
  }

  json(message: unknown): void {
    this.frame({ payload: JSON.stringify(message) });
  }

  destroy(): void {
    this.socket.destroy();
  }
}

export const UPGRADE_HEADERS: Readonly<Record<string, string>> = {
  Host: 'bridge.example',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** A header that is undefined is left out. */
export function upgradeRequest(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string | undefined> } = {},
): string {
  const lines = Object.entries({ ...UPGRADE_HEADERS, ...headers }).filter(([, value]) => value !== undefined);
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** Twilio's `start`, with whatever is to be wrong about it. */
export const rawStart = (token: unknown, changes: object = {}, inner: object = {}): object => ({
  event: 'start',
  sequenceNumber: '1',
  streamSid: 'MZraw',
  start: {
    callSid: 'CA1',
    customParameters: { token },
    mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
    ...inner,
  },
  ...changes,
});
