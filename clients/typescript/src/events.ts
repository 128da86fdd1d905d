import {
  isPassing,
  type VoceroError,
  VoceroProblem,
  VoceroTimeout,
  VoceroUnreachable,
  VoceroUnreadable,
} from './errors.ts';
import { MessageReader } from './sse.ts';
import { type Limit, limit, pause } from './time.ts';
import type { CallOptions, Transport } from './transport.ts';

/** Three missed signs of life (one each 15 s): the connection is dead, though nobody closed it. */
const SILENCE_MS = 50_000;
const PAUSE = { first: 300, longest: 5_000 };
/** How long tries to reconnect may fail. */
const PATIENCE_MS = 600_000;

/** Any event of a stream. */
export interface AnyEvent {
  at: string;
  type: string;
}

/** The events of a stream, by the answers of its operation; of any type, where the description does not have them. */
export type EventIn<Answers> = [Exclude<Answers, string>] extends [never]
  ? AnyEvent
  : Extract<Exclude<Answers, string>, AnyEvent>;

/** An event with its number in its stream: give it as `after` to resume behind it. */
export type Streamed<E> = E & { id: string };

export interface EventOptions extends CallOptions {
  /** Begins behind the event with this id; default: with the first. */
  after?: string | number | undefined;
  /** Called when the connection is lost, with the reason, and when it is back. No event is lost, and none comes twice. */
  onConnection?: ((state: 'lost' | 'back', error?: Error) => void) | undefined;
  /** Milliseconds without any connection after which it gives up; default: ten minutes. */
  patience?: number | undefined;
}

interface Stream extends EventOptions {
  transport: Transport;
  id: string;
  /** Of the stream. */
  path: string;
  /** Events may follow `final`: the API ends the stream when none is left. */
  reopens?: boolean;
}

const silent = () => new Error('the API fell silent');

/** One connection: `open` when it is established, then its events. Ends with the stream. */
async function* connection<E extends AnyEvent>(
  { transport, path, signal }: Stream,
  last: string,
): AsyncGenerator<'open' | Streamed<E>> {
  const time = limit(SILENCE_MS, silent, signal);
  try {
    const headers = { accept: 'text/event-stream', ...(last && { 'last-event-id': last }) };
    const response = await transport.open('GET', path, { headers }, time);
    // Every event was seen.
    if (response.status === 204) return;
    if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
      throw new VoceroUnreadable(`${transport.url} answers with something that is not a stream`, response.status);
    }
    yield 'open';
    yield* messages<E>(response.body, time);
  } finally {
    time.release();
  }
}

async function* messages<E extends AnyEvent>(body: ReadableStream, time: Limit): AsyncGenerator<Streamed<E>> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new MessageReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      time.renew();
      for (const { id, data } of parser.take(decoder.decode(value, { stream: true }))) {
        yield { id, ...parsed<E>(data) };
      }
    }
  } finally {
    // Leaving the loop drops the connection.
    reader.cancel().catch(() => undefined);
  }
}

function parsed<E extends AnyEvent>(data: string): E {
  try {
    const event = JSON.parse(data) as E | null;
    if (typeof event?.type === 'string') return event;
  } catch {
    // As below.
  }
  throw new VoceroUnreadable('the stream has something that is not an event', 200);
}

/** An error of a connection that may be tried again, or that it ended. @throws any other */
function passing(error: unknown): Error {
  if (error instanceof VoceroUnreadable || (error instanceof Error && 'status' in error && !isPassing(error)))
    throw error;
  return error as Error;
}

/**
 * The events to `final`. After a broken or silent connection it reconnects and continues after the last event.
 * @throws VoceroProblem when the API refuses; VoceroUnreachable when it cannot be reached at first, or not again in time
 */
export async function* follow<E extends AnyEvent>(stream: Stream): AsyncGenerator<Streamed<E>> {
  const { signal, onConnection, patience = PATIENCE_MS, reopens = false, after = '' } = stream;
  let last = String(after);
  let lostAt: number | undefined;
  let isReached = false;
  let isOver = false;
  let wait = PAUSE.first;
  for (;;) {
    let why = new Error('the connection ended');
    try {
      let isStream = false;
      for await (const one of connection<E>(stream, last)) {
        isStream = true;
        if (lostAt !== undefined) onConnection?.('back');
        lostAt = undefined;
        isReached = true;
        wait = PAUSE.first;
        if (one === 'open') continue;
        last = one.id;
        isOver = one.type === 'final';
        yield one;
        if (isOver && !reopens) return;
      }
      if (isOver || !isStream) return;
    } catch (error) {
      signal?.throwIfAborted();
      why = passing(error);
      if (!isReached && lostAt === undefined && why instanceof VoceroUnreachable) throw why;
    }
    if (lostAt === undefined) onConnection?.('lost', why);
    lostAt ??= Date.now();
    if (Date.now() - lostAt > patience) throw why;
    await pause(Math.max(wait, retryAfterMs(why)), signal);
    wait = Math.min(PAUSE.longest, wait * 2);
  }
}

const retryAfterMs = (error: Error): number =>
  error instanceof VoceroProblem ? Math.min(60, error.retryAfter ?? 0) * 1_000 : 0;

export interface WaitOptions<T> extends CallOptions {
  /** Milliseconds; default: no limit. */
  timeout?: number | undefined;
  /** Default: until it is final. */
  until?: ((view: T) => boolean) | undefined;
}

/**
 * Waits until a thing is final: hears its events, and looks at it when one says that its status changed.
 * @throws VoceroTimeout; as `follow`
 */
export async function waitFor<T>(
  stream: Stream,
  read: (signal: AbortSignal) => Promise<T>,
  until: (view: T) => boolean,
  timeout = Infinity,
): Promise<T> {
  const over = (): VoceroError => new VoceroTimeout(`${stream.id} is not over within ${timeout / 1_000} s; it goes on`);
  const time = limit(timeout, over, stream.signal);
  const { signal } = time;
  try {
    let view = await read(signal);
    let after = stream.after;
    let wait = PAUSE.first;
    let lostAt: number | undefined;
    for (;;) {
      if (until(view)) return view;
      try {
        for await (const one of connection<AnyEvent>({ ...stream, signal }, String(after ?? ''))) {
          lostAt = undefined;
          if (one === 'open') continue;
          after = one.id;
          wait = PAUSE.first;
          if (one.type !== 'status' && one.type !== 'final') continue;
          view = await read(signal);
          if (until(view)) return view;
        }
      } catch (error) {
        signal.throwIfAborted();
        const why = passing(error);
        lostAt ??= Date.now();
        if (Date.now() - lostAt > PATIENCE_MS) throw why;
      }
      await pause(wait, signal);
      wait = Math.min(PAUSE.longest, wait * 2);
      try {
        view = await read(signal);
        lostAt = undefined;
      } catch (error) {
        signal.throwIfAborted();
        passing(error);
      }
    }
  } finally {
    time.release();
  }
}
