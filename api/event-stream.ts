import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 200;
const KEEP_ALIVE_MS = 15_000;
const BATCH = 200;
/** Pause of a browser before it reconnects. */
const RETRY_MS = 1_000;

/** A stored event and its place in the stream. */
export interface Placed<E extends { type: string }> {
  seq: number;
  event: E;
}

/** One event in the format of Server-Sent Events. JSON contains no raw line breaks, so one `data:` line holds it. */
export const eventFrame = <E extends { type: string }>({ seq, event }: Placed<E>, mark: (event: E) => object): string =>
  `id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify(mark(event))}\n\n`;

/**
 * Writes the events of one thing after `seq`, as they come, until it has written `final`, the client disconnects, or `signal` reports that the
 * server closes. Waits for a slow client instead of buffering events. Rejects when the database fails: the stream is cut, and the client
 * resumes at the same place. `mark` adds computed fields to an event.
 */
export async function streamEvents<E extends { type: string }>(
  records: { eventsAfter(id: string, seq: number, limit: number): Promise<Placed<E>[]> },
  id: string,
  after: number,
  response: ServerResponse,
  signal: AbortSignal,
  mark: (event: E) => object = (event) => event,
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
      const events = await records.eventsAfter(id, seq, BATCH);
      for (const stored of events) {
        await write(eventFrame(stored, mark));
        if (stored.event.type === 'final') return;
        seq = stored.seq;
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
