import { type AnyEvent, connection, type Stream, type Streamed } from './connection.ts';
import { Contact } from './contact.ts';
import { type VoceroError, VoceroUnreachable } from './errors.ts';
import { pause } from './time.ts';

export type { AnyEvent, Connection, EventIn, EventOptions, Streamed } from './connection.ts';

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
