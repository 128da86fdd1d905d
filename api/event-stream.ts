import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 200;
const KEEP_ALIVE_MS = 15_000;
const BATCH = 200;
/** Pause of a browser before it reconnects. */
const RETRY_MS = 1_000;

/** A stored event of a stream, with its number. */
export interface Numbered<E extends { type: string }> {
  seq: number;
  event: E;
}

/** The events of one thing: a booking, or a batch. */
export interface EventSource<E extends { type: string }> {
  /** Sends the events after this number. */
  after: number;
  eventsAfter(seq: number, limit: number): Promise<Numbered<E>[]>;
  /** True when nothing can come after the event `final` of this number; absent: it is always the last. */
  isOver?: ((seq: number) => Promise<boolean>) | undefined;
  /** Adds computed fields to an event. */
  mark?: ((event: E) => object) | undefined;
}

/** One event in the format of Server-Sent Events. JSON contains no raw line breaks, so one `data:` line holds it. */
export const eventFrame = <E extends { type: string }>(
  { seq, event }: Numbered<E>,
  mark: (event: E) => object,
): string => `id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify(mark(event))}\n\n`;

/**
 * Writes events as they come, until it has written `final`, the client disconnects, or `signal` reports that the server closes. Waits for a
 * slow client instead of buffering events. Rejects when the database fails: the stream is cut, and the client resumes at the same place.
 */
export async function streamEvents<E extends { type: string }>(
  { after, eventsAfter, isOver = async () => true, mark = (event) => event }: EventSource<E>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const over = AbortSignal.any([signal, gone.signal]);
  const write = async (text: string): Promise<void> => {
    if (!response.write(text)) await once(response, 'drain', { signal: over });
  };
  try {
    await write(`retry: ${RETRY_MS}\n\n`);
    let seq = after;
    let quietMs = 0;
    while (!over.aborted) {
      const events = await eventsAfter(seq, BATCH);
      for (const stored of events) {
        await write(eventFrame(stored, mark));
        seq = stored.seq;
        if (stored.event.type === 'final' && (await isOver(seq))) return;
      }
      quietMs = events.length > 0 ? 0 : quietMs + POLL_MS;
      if (quietMs >= KEEP_ALIVE_MS) {
        quietMs = 0;
        await write(': still here\n\n');
      }
      if (events.length < BATCH) await pause(POLL_MS, undefined, { signal: over });
    }
  } catch (error) {
    if (!over.aborted) throw error;
  }
}
