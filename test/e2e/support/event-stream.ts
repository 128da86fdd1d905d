import { MessageReader } from '../../../clients/typescript/src/sse.ts';
import { LOAD_FACTOR } from '../../support/load.ts';

/** One event as it stood in the stream. */
export interface StreamedEvent {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

/** Reads Server-Sent Events over one connection until the server ends the stream, until an event after which the connection is dropped, or for a minute. */
export async function readEvents(
  url: string,
  given: {
    lastEventId?: string;
    headers?: Record<string, string>;
    until?: (event: StreamedEvent) => boolean;
    /** Awaited after each event, as it arrives. */
    seen?: (event: StreamedEvent) => Promise<void>;
    signal?: AbortSignal;
  } = {},
): Promise<StreamedEvent[]> {
  const answer = await fetch(url, {
    signal: given.signal ?? AbortSignal.timeout(60_000 * LOAD_FACTOR),
    headers: { ...given.headers, ...(given.lastEventId !== undefined && { 'last-event-id': given.lastEventId }) },
  });
  if (answer.status !== 200) throw new Error(`the event stream was answered ${answer.status}`);
  const events: StreamedEvent[] = [];
  const reader = new MessageReader();
  const decoder = new TextDecoder();
  for await (const piece of answer.body!) {
    for (const message of reader.take(decoder.decode(piece, { stream: true }))) {
      const event = { ...message, data: JSON.parse(message.data) };
      events.push(event);
      await given.seen?.(event);
      // Leaving the loop drops the connection.
      if (given.until?.(event)) return events;
    }
  }
  return events;
}
