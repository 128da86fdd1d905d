import { type AnyEvent, type Connection, follow, type Streamed } from '../clients/typescript/src/events.ts';
import type { BookingEvent } from '../domain/view.ts';
import { type ApiClient, notTheApi } from './api-client.ts';
import { plain } from './foreign.ts';
import { dim, warn } from './ink.ts';

export interface Which {
  /** Where the thing is; undefined: it is a booking. */
  path?: string;
  /** Events may follow `final`: the API ends the stream when none is left. */
  reopens?: boolean;
  /** Behind the event of this number; undefined: from the first. */
  after?: number | undefined;
}

/** Whether an event has its required fields. */
function isWhole(event: AnyEvent & { outcome?: { result?: unknown }; counts?: { total?: unknown } }): boolean {
  const ends = typeof event.outcome?.result === 'string' || typeof event.counts?.total === 'number';
  return event.type !== 'final' || ends;
}

/**
 * The events of a booking, a shortlist or a batch, to `final` or until the signal is aborted. `say` gets a line when the connection is lost,
 * and when it is back.
 * @throws CliFailure when the API refuses (key, unknown booking), or could not be reached for ten minutes.
 */
export async function* eventsOf<E extends AnyEvent = BookingEvent>(
  client: ApiClient,
  id: string,
  signal: AbortSignal,
  say: (line: string) => void,
  { path = '/v1/bookings', ...which }: Which = {},
): AsyncGenerator<Streamed<E>> {
  const onConnection = (state: Connection, error?: Error): void => {
    if (state === 'back') say(dim('reconnected'));
    if (state === 'lost') say(warn(`connection lost (${plain(error?.message)}); reconnecting`));
  };
  const stream = { ...which, id, signal, onConnection, transport: client.transport };
  try {
    for await (const event of follow<E>({ ...stream, path: `${path}/${encodeURIComponent(id)}/events` })) {
      if (!isWhole(event)) throw notTheApi(`${client.url} sends something that is not such an event.`);
      yield event;
    }
  } catch (error) {
    if (!signal.aborted) throw client.failureOf(error);
  }
}
