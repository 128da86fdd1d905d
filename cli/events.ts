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

/** An event of a booking or of a shortlist. */
export interface AnyEvent {
  type: string;
}

export type Watched<E extends AnyEvent = BookingEvent> =
  | { kind: 'event'; id: string; event: E }
  | { kind: 'lost'; why: string }
  | { kind: 'back' };

/**
 * The events of a booking, or of the shortlist at `path`, from its first to `final`. After a broken or silent connection it reconnects and continues after the
 * last event: none is lost, none comes twice.
 * @throws CliFailure when the API refuses (key, unknown booking), or could not be reached for ten minutes.
 */
export async function* eventsOf<E extends AnyEvent = BookingEvent>(
  client: ApiClient,
  id: string,
  signal: AbortSignal,
  path = '/v1/bookings',
): AsyncGenerator<Watched<E>> {
  const url = `${path}/${encodeURIComponent(id)}/events`;
  let last: string | undefined;
  let lostAt: number | undefined;
  let wait = FIRST_PAUSE_MS;
  for (;;) {
    let why = 'the connection ended';
    try {
      for await (const one of connection<E>(client, url, last, signal)) {
        if (lostAt !== undefined) yield { kind: 'back' };
        lostAt = undefined;
        wait = FIRST_PAUSE_MS;
        if (one === 'open') continue;
        last = one.id;
        yield { kind: 'event', ...one };
        if (one.event.type === 'final') return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof CliFailure && !(error instanceof Unreachable)) throw error;
      // It was never reached: there is nothing to reconnect to.
      if (error instanceof Unreachable && last === undefined && lostAt === undefined) throw error;
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
    const event = JSON.parse(data) as (E & { outcome?: { result?: unknown } }) | null;
    if (typeof event?.type !== 'string') return undefined;
    return event.type !== 'final' || typeof event.outcome?.result === 'string' ? event : undefined;
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
