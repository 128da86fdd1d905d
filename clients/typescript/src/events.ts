import { Contact } from './contact.ts';
import { type VoceroError, VoceroTimeout, VoceroUnreachable, VoceroUnreadable } from './errors.ts';
import { MessageReader } from './sse.ts';
import { type Limit, limit, pause } from './time.ts';
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

/**
 * The events to `final`. After a broken or silent connection it reconnects and continues after the last event.
 * @throws VoceroProblem when the API refuses; VoceroUnreachable when it cannot be reached at first, or not again in time
 */
export async function* follow<E extends AnyEvent>(stream: Stream): AsyncGenerator<Streamed<E>> {
  const { transport, signal, onConnection, reopens = false, after = '' } = stream;
  const contact = new Contact(stream.patience);
  let last = String(after);
  let tries = 0;
  let isReached = false;
  let isOver = false;
  for (;;) {
    let why: VoceroError = new VoceroUnreachable(`${transport.url} ended the connection`);
    try {
      let isStream = false;
      for await (const one of connection<E>(stream, last)) {
        isStream = true;
        if (contact.back()) onConnection?.('back');
        else if (!isReached) onConnection?.('open');
        isReached = true;
        if (one === 'open') continue;
        contact.heard();
        last = one.id;
        isOver = one.type === 'final';
        yield one;
        if (isOver && !reopens) return;
      }
      if (isOver || !isStream) return;
    } catch (error) {
      signal?.throwIfAborted();
      why = transport.failureOf(error);
      if (!isReached && why instanceof VoceroUnreachable && tries++ >= transport.retries) throw why;
    }
    if (contact.lost(why)) onConnection?.('lost', why);
    await pause(contact.next(why), signal);
  }
}

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
  const contact = new Contact();
  try {
    let view = await read(signal);
    if (until(view)) return view;
    for await (const _ of occasions({ ...stream, signal }, contact)) {
      view = await patiently(() => read(signal), contact, { ...stream, signal });
      if (until(view)) return view;
    }
    throw new Error('there is always another occasion');
  } finally {
    time.release();
  }
}

/** A look, also where the API is away for a while: the event that made it worth one does not come again. */
async function patiently<T>(
  look: () => Promise<T>,
  contact: Contact,
  { transport, signal }: Pick<Stream, 'transport' | 'signal'>,
): Promise<T> {
  for (;;) {
    try {
      const view = await look();
      contact.back();
      return view;
    } catch (error) {
      signal?.throwIfAborted();
      const why = transport.failureOf(error);
      contact.lost(why);
      await pause(contact.next(why), signal);
    }
  }
}

/** Says when a look is worth it: when a status changed, and from time to time where no event can be heard. */
async function* occasions(stream: Stream & { signal: AbortSignal }, contact: Contact): AsyncGenerator<void> {
  let last = '';
  for (;;) {
    let why: VoceroError | undefined;
    try {
      for await (const one of connection<AnyEvent>(stream, last)) {
        contact.back();
        if (one === 'open') continue;
        contact.heard();
        last = one.id;
        if (one.type === 'status' || one.type === 'final') yield;
      }
    } catch (error) {
      stream.signal.throwIfAborted();
      why = stream.transport.failureOf(error);
      contact.lost(why);
    }
    await pause(contact.next(why), stream.signal);
    yield;
  }
}
