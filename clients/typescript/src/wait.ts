import { type AnyEvent, connection, type Stream } from './connection.ts';
import { Contact } from './contact.ts';
import { type VoceroError, VoceroTimeout } from './errors.ts';
import { limit, pause } from './time.ts';
import type { CallOptions } from './transport.ts';

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
