import { LOAD_FACTOR } from '../../support/load.ts';

/** One event as it stood in the stream. */
export interface StreamedEvent {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

function eventIn(block: string): StreamedEvent | undefined {
  const fields = Object.fromEntries(
    block.split('\n').flatMap((line) => {
      const colon = line.indexOf(': ');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 2)]] : [];
    }),
  );
  if (!fields.data) return undefined;
  return { id: fields.id ?? '', event: fields.event ?? 'message', data: JSON.parse(fields.data) };
}

/** Reads Server-Sent Events until the server ends the stream, until an event after which the connection is dropped, or for a minute. */
export async function readEvents(
  url: string,
  given: { lastEventId?: string; until?: (event: StreamedEvent) => boolean; signal?: AbortSignal } = {},
): Promise<StreamedEvent[]> {
  const answer = await fetch(url, {
    signal: given.signal ?? AbortSignal.timeout(60_000 * LOAD_FACTOR),
    headers: given.lastEventId === undefined ? {} : { 'last-event-id': given.lastEventId },
  });
  if (answer.status !== 200) throw new Error(`the event stream was answered ${answer.status}`);
  const events: StreamedEvent[] = [];
  let unread = '';
  const decoder = new TextDecoder();
  for await (const piece of answer.body!) {
    const blocks = (unread + decoder.decode(piece, { stream: true })).split('\n\n');
    unread = blocks.pop()!;
    for (const block of blocks) {
      const event = eventIn(block);
      if (!event) continue;
      events.push(event);
      // Leaving the loop drops the connection.
      if (given.until?.(event)) return events;
    }
  }
  return events;
}
