import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Address {
  host: string;
  port: number;
}

/** `open` carries everything; `cut` resets what comes; `hole` takes it and carries nothing until it heals. */
export type WireState = 'open' | 'cut' | 'hole';

/** The network between two parts: a TCP relay on loopback that can be cut, made a black hole, and healed. */
export class Wire {
  readonly name: string;
  state: WireState = 'open';
  /** Connections that were broken or kept waiting by its faults. */
  hit = 0;
  /** Connections carried so far. */
  carried = 0;
  private readonly server: Server;
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private readonly to: () => Address;
  /** The words before which it stops, how many times they still pass, and how much of the last pieces is kept to find them. */
  private stop: { text: string; left: number; tails: Map<Socket, string> } | undefined;

  private constructor(name: string, to: () => Address) {
    this.name = name;
    this.to = to;
    this.server = createServer((near) => this.accept(near));
  }

  /** `to` is asked at each connection: what is at the other end may move. `port` 0 takes a free one. */
  static async lay(name: string, to: () => Address, port = 0): Promise<Wire> {
    const wire = new Wire(name, to);
    wire.server.listen(port, '127.0.0.1');
    await once(wire.server, 'listening');
    return wire;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get live(): number {
    return this.pairs.size;
  }

  /** Resets all connections, and every new one until it heals. */
  cut(): void {
    this.state = 'cut';
    this.reset();
  }

  /** Resets all connections once; new ones are carried. */
  reset(): void {
    for (const pair of this.pairs) {
      this.hit++;
      for (const socket of pair) socket.resetAndDestroy();
    }
  }

  /** Carries nothing any more, and tells nobody. */
  hole(): void {
    this.state = 'hole';
    for (const pair of this.pairs) {
      this.hit++;
      for (const socket of pair) socket.pause();
    }
  }

  /**
   * Becomes a hole right before it would carry a text to its far end for the n-th time: the sender dies, or waits, with these words unheard.
   */
  stopBefore(text: string, n = 1): void {
    this.stop = { text, left: n, tails: new Map() };
  }

  /** True once, for the piece that it stops before. */
  private stopsAt(from: Socket, bytes: Buffer): boolean {
    if (!this.stop) return false;
    const { text, tails } = this.stop;
    const said = (tails.get(from) ?? '') + bytes.toString('latin1');
    tails.set(from, said.slice(-(text.length - 1)));
    this.stop.left -= said.split(text).length - 1;
    if (this.stop.left > 0) return false;
    this.stop = undefined;
    return true;
  }

  /** Carries everything again; what waited in the hole arrives now, as retransmission would bring it. */
  heal(): void {
    this.state = 'open';
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(near: Socket): void {
    if (this.state === 'cut') {
      this.hit++;
      near.on('error', () => undefined);
      near.resetAndDestroy();
      return;
    }
    this.carried++;
    const far = connect(this.to());
    const pair = [near, far] as const;
    this.pairs.add(pair);
    this.relay(near, far, pair, (bytes) => this.stopsAt(near, bytes));
    this.relay(far, near, pair, () => false);
    if (this.state === 'hole') {
      this.hit++;
      for (const socket of pair) socket.pause();
    }
  }

  private relay(from: Socket, to: Socket, pair: readonly [Socket, Socket], stopsAt: (bytes: Buffer) => boolean): void {
    from.setNoDelay(true);
    from.on('data', (bytes: Buffer) => {
      if (stopsAt(bytes)) {
        this.hole();
        // It is carried when the wire is healed, unless its connection is broken before.
        from.unshift(bytes);
        return;
      }
      if (to.write(bytes) || this.state === 'hole') return;
      from.pause();
      to.once('drain', () => this.state === 'hole' || from.resume());
    });
    from.on('end', () => to.end());
    from.on('error', () => to.resetAndDestroy());
    from.on('close', () => {
      this.pairs.delete(pair);
      to.destroy();
    });
  }
}
