import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawFrame, rawFrame } from './raw-peer.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** An agent's side of a conversation that answers nothing by itself, not even a ping, and may break every rule. */
export class RawAgent {
  readonly socket: Duplex;
  /** Bytes that were read; none while it is paused. */
  read = 0;
  /** The bridge has ended its half. */
  closed = false;

  constructor(socket: Duplex) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.read += chunk.length;
    });
    socket.on('error', () => {});
    // Whoever upgraded keeps its half open until it ends it itself.
    for (const over of ['end', 'close'] as const) {
      socket.on(over, () => {
        this.closed = true;
      });
    }
  }

  write(bytes: Buffer | string): void {
    if (!this.socket.destroyed && this.socket.writable) this.socket.write(bytes);
  }

  frame(frame: RawFrame): void {
    this.write(rawFrame({ masked: false, ...frame }));
  }

  json(message: unknown): void {
    this.frame({ payload: JSON.stringify(message) });
  }

  metadata(output = 'ulaw_8000', conversation_id = 'conv_raw'): void {
    const formats = { agent_output_audio_format: output, user_input_audio_format: output };
    this.json({
      type: 'conversation_initiation_metadata',
      conversation_initiation_metadata_event: { conversation_id, ...formats },
    });
  }
}

/** A server of such agents. What happens at an upgrade is up to the test; by default it is accepted and metadata follows. */
export class RawAgents {
  readonly agents: RawAgent[] = [];
  onUpgrade: (socket: Duplex, accept: () => RawAgent) => void = (_, accept) => accept().metadata();
  readonly #http: Server = createServer();
  readonly #sockets = new Set<Duplex>();

  private constructor() {
    this.#http.on('upgrade', (request, socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      this.onUpgrade(socket, () => {
        const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64');
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
        );
        const agent = new RawAgent(socket);
        this.agents.push(agent);
        return agent;
      });
    });
  }

  static async start(): Promise<RawAgents> {
    const server = new RawAgents();
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/agent`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#http.close(resolve));
  }
}
