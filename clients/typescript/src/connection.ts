import { type VoceroError, VoceroUnreadable } from './errors.ts';
import { MessageReader } from './sse.ts';
import { type Limit, limit } from './time.ts';
import type { CallOptions, Transport } from './transport.ts';

/** Three missed signs of life (one each 15 s): the connection is dead, though nobody closed it. */
const SILENCE_MS = 50_000;

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

export type Connection = 'open' | 'lost' | 'back';

export interface EventOptions extends CallOptions {
  /** Begins behind the event with this id; default: with the first. */
  after?: string | number | undefined;
  /** Called with the first connection, when it is lost, with the reason, and when it is back. No event is lost, and none comes twice. */
  onConnection?: ((state: Connection, error?: VoceroError) => void) | undefined;
  /** Milliseconds without any connection after which it gives up; default: ten minutes. */
  patience?: number | undefined;
}

export interface Stream extends EventOptions {
  transport: Transport;
  id: string;
  /** Of the stream. */
  path: string;
  /** Events may follow `final`: the API ends the stream when none is left. */
  reopens?: boolean;
}

const silent = () => new Error('the API fell silent');

/** One connection: `open` when it is established, then its events. Ends with the stream. */
export async function* connection<E extends AnyEvent>(
  { transport, path, signal }: Stream,
  last: string,
): AsyncGenerator<'open' | Streamed<E>> {
  const time = limit(SILENCE_MS, silent, signal);
  try {
    const headers = { accept: 'text/event-stream', ...(last && { 'last-event-id': last }) };
    const response = await transport.open('GET', path, { headers }, time);
    // Every event was seen.
    if (response.status === 204) return;
    if (!response.headers.get('content-type')?.toLowerCase().startsWith('text/event-stream') || !response.body) {
      response.body?.cancel().catch(() => undefined);
      throw new VoceroUnreadable(`${transport.url} answers with something that is not a stream`, response.status);
    }
    time.lift();
    yield 'open';
    for await (const one of messages<E>(response.body, time)) {
      // Where a proxy swallows Last-Event-ID, the stream begins again.
      if (!(Number(one.id) <= Number(last))) yield one;
    }
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
      time.renew();
      const { done, value } = await reader.read();
      // The reader of the events may take its time.
      time.lift();
      if (done) return;
      for (const { id, data } of parser.take(decoder.decode(value, { stream: true }))) {
        yield { ...parsed<E>(data), id };
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
