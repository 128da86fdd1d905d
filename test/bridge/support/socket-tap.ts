import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

type Side = 'net.client.socket' | 'net.server.socket';

/** All sockets that this process opens, or accepts, from now on: how much waits in one shows whether memory grows. */
export class SocketTap {
  readonly sockets: Socket[] = [];
  readonly #side: Side;
  readonly #note = (message: unknown): void => void this.sockets.push((message as { socket: Socket }).socket);

  constructor(side: 'opened' | 'accepted') {
    this.#side = side === 'opened' ? 'net.client.socket' : 'net.server.socket';
    subscribe(this.#side, this.#note);
  }

  /** Bytes that wait to be written, over all of them. */
  get waiting(): number {
    return this.sockets.reduce((sum, socket) => sum + (socket.destroyed ? 0 : socket.writableLength), 0);
  }

  get open(): number {
    return this.sockets.filter((socket) => !socket.destroyed).length;
  }

  stop(): void {
    unsubscribe(this.#side, this.#note);
  }
}
