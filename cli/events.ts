import { setTimeout as pause } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { BookingEvent } from '../domain/view.ts';
import { type ApiClient, notTheApi, Unreachable } from './api-client.ts';
import { CliFailure } from './failure.ts';

/** Three missed keep-alives (one each 15 s): the connection is dead, though it was not closed. */
const SILENCE_MS = 50_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5_000;
/** How long tries may fail before watching gives up. */
const GIVE_UP_MS = 600_000;

/** An event of a booking, a shortlist or a batch. */
export interface AnyEvent {
  type: string;
}

export type Watched<E extends AnyEvent = BookingEvent> =
  | { kind: 'event'; id: string; event: E }
  | { kind: 'lost'; why: string }
  | { kind: 'back' };

export interface Which {
  /** Where the thing is; undefined: it is a booking. */
  path?: string;
  /** Events may follow `final`: the API ends the stream when none is left. */
  reopens?: boolean;
  /** Behind the event of this number; undefined: from the first. */
  after?: number | undefined;
}

/**
 * The events of a booking, a shortlist or a batch, to `final`. After a broken or silent connection it reconnects and continues after the
 * last event: none is lost, none comes twice.
 * @throws CliFailure when the API refuses (key, unknown booking), or could not be reached for ten minutes.
 */
export async function* eventsOf<E extends AnyEvent = BookingEvent>(
  client: ApiClient,
  id: string,
  signal: AbortSignal,
  { path = '/v1/bookings', reopens = false, after }: Which = {},
): AsyncGenerator<Watched<E>> {
  const url = `${path}/${encodeURIComponent(id)}/events`;
  let last = after === undefined ? undefined : String(after);
  let reached = false;
  let lostAt: number | undefined;
  let wait = FIRST_PAUSE_MS;
  let isOver = false;
  for (;;) {
    let why = 'the connection ended';
    try {
      for await (const one of connection<E>(client, url, last, signal)) {
        if (lostAt !== undefined) yield { kind: 'back' };
        lostAt = undefined;
        wait = FIRST_PAUSE_MS;
        reached = true;
        if (one === 'open') continue;
        last = one.id;
        yield { kind: 'event', ...one };
        isOver = one.event.type === 'final';
        if (isOver && !reopens) return;
      }
      if (isOver) return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof CliFailure && !(error instanceof Unreachable)) throw error;
      // It was never reached: there is nothing to reconnect to.
      if (error instanceof Unreachable && !reached && lostAt === undefined) throw error;
      why = error instanceof Error ? error.message : String(error);
    }
    if (signal.aborted) return;
    lostAt ??= Date.now();
    if (Date.now() - lostAt > GIVE_UP_MS)
      throw new Unreachable(`${client.url} could not be reached for ten minutes: ${why}`);
    if (wait === FIRST_PAUSE_MS) yield { kind: 'lost', why };
    await pause(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(LONGEST_PAUSE_MS, wait * 2);
  }
}

/** undefined: not an event, or one without its required fields. */
function eventIn<E extends AnyEvent>(data: string): E | undefined {
  try {
    const event = JSON.parse(data) as (E & { outcome?: { result?: unknown }; counts?: { total?: unknown } }) | null;
    if (typeof event?.type !== 'string') return undefined;
    const ends = typeof event.outcome?.result === 'string' || typeof event.counts?.total === 'number';
    return event.type !== 'final' || ends ? event : undefined;
  } catch {
    return undefined;
  }
}

/** One connection: `open` when it is established, then its events. */
async function* connection<E extends AnyEvent>(
  client: ApiClient,
  url: string,
  last: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<'open' | { id: string; event: E }> {
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(new Error('the API fell silent')), SILENCE_MS);
  };
  heard();
  try {
    const response = await client.request(url, {
      signal: AbortSignal.any([signal, silence.signal]),
      headers: { accept: 'text/event-stream', ...(last !== undefined && { 'last-event-id': last }) },
    });
    // Every event was seen.
    if (response.status === 204) return;
    if (response.status >= 500 || response.status === 429) throw new Error(`the API answered ${response.status}`);
    if (!response.ok || !response.body) throw await client.failureOf(response);
    if (!response.headers.get('content-type')?.toLowerCase().startsWith('text/event-stream')) {
      throw notTheApi(`${client.url} answers with something that is not a stream of events.`, response.status);
    }
    yield 'open';
    const bytes = response.body as ReadableStream<Uint8Array<ArrayBuffer>>;
    const listening = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) => {
        heard();
        controller.enqueue(chunk);
      },
    });
    const messages = bytes
      .pipeThrough(listening)
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream());
    for await (const { id, data } of messages) {
      if (id === undefined) continue;
      const event = eventIn<E>(data);
      if (!event) throw notTheApi(`${client.url} sends something that is not such an event.`, response.status);
      yield { id, event };
    }
  } finally {
    clearTimeout(timer);
  }
}
