import { type AnyEvent, type EventOptions, follow, type Streamed } from './events.ts';
import { type Page, Pages } from './pages.ts';
import { type CallOptions, part, type Transport } from './transport.ts';
import { type WaitOptions, waitFor } from './wait.ts';

/** The common part of bookings, batches and shortlists: each is read, and followed to its end, as which it is `Final`. */
export abstract class Watched<T, E extends AnyEvent, Final extends T = T> {
  protected readonly transport: Transport;
  readonly #path: string;
  readonly #reopens: boolean;

  constructor(transport: Transport, path: string, reopens = false) {
    this.transport = transport;
    this.#path = path;
    this.#reopens = reopens;
  }

  protected path(id: string, rest = ''): string {
    return `${this.#path}/${part(id)}${rest}`;
  }

  /** A list, below this path. */
  protected pages<P>({ signal, ...query }: CallOptions & { cursor?: string }, path = this.#path): Pages<P> {
    return new Pages((cursor = query.cursor) =>
      this.transport.json<Page<P>>('GET', path, { query: { ...query, cursor }, signal }),
    );
  }

  protected abstract isOver(view: T): boolean;

  abstract get(id: string, options?: CallOptions): Promise<T>;

  /**
   * The events from the first to `final`, as they come. After a lost connection it resumes behind the last one.
   * @throws VoceroProblem, VoceroUnreachable; the reason of the signal
   */
  events(id: string, options: EventOptions = {}): AsyncGenerator<Streamed<E>> {
    return follow<E>(this.#stream(id, options));
  }

  /**
   * Waits until it is final, and returns it as it is then.
   * @throws VoceroTimeout when `timeout` is over; it goes on. VoceroProblem, VoceroUnreachable; the reason of the signal
   */
  wait(id: string, options?: WaitOptions<T> & { until?: undefined }): Promise<Final>;
  wait(id: string, options: WaitOptions<T>): Promise<T>;
  wait(id: string, { timeout, until, signal }: WaitOptions<T> = {}): Promise<T> {
    const isOver = until ?? ((view: T) => this.isOver(view));
    return waitFor(this.#stream(id, { signal }), (within) => this.get(id, { signal: within }), isOver, timeout);
  }

  #stream(id: string, options: EventOptions) {
    return { ...options, id, transport: this.transport, path: this.path(id, '/events'), reopens: this.#reopens };
  }
}
