import { setTimeout as pause } from 'node:timers/promises';
import { Unreachable } from './api-client.ts';
import { CliFailure } from './failure.ts';
import { EXIT } from './outcome.ts';

const TRIES = 4;
const TRY_AGAIN_MS = 500;

interface Sending {
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** The thing that is placed, and the command that lists such things. */
interface Named {
  thing: string;
  shows: string;
}

/** Sends a request that places something. Because of the key a repeat finds the first one, so a lost answer does no harm. */
export async function placeOnce<T>(key: string, send: (sending: Sending) => Promise<T>, named: Named): Promise<T> {
  const interrupted = new AbortController();
  const onSignal = (): void => interrupted.abort();
  process.once('SIGINT', onSignal);
  try {
    for (let n = 1; ; n++) {
      const { signal } = interrupted;
      try {
        return await send({ headers: { 'idempotency-key': key }, signal });
      } catch (error) {
        if (signal.aborted) throw mayBePlaced(key, named);
        // A refused connection fails at once: nothing listens there. After a broken answer the request is repeated.
        const lost = error instanceof Unreachable && !/ECONNREFUSED|ENOTFOUND/.test(error.message);
        if (!lost) throw error;
        if (n >= TRIES) throw lostAnswer(error as Unreachable, key, named);
        await pause(TRY_AGAIN_MS * n, undefined, { signal }).catch(() => {});
        if (signal.aborted) throw mayBePlaced(key, named);
      }
    }
  } finally {
    process.removeListener('SIGINT', onSignal);
  }
}

const findsIt = (key: string, { thing, shows }: Named): string =>
  `The ${thing} may have been accepted or not. ${shows} shows it. To be sure, repeat the command with --idempotency-key ${key}: it finds the ${thing} or places it.`;

const mayBePlaced = (key: string, named: Named): CliFailure =>
  new CliFailure(`\n${findsIt(key, named)}`, EXIT.interrupted, { code: 'interrupted', idempotency_key: key });

/** Without the key, a repeated command would make Vocero call the business twice. */
const lostAnswer = ({ message, exitCode, about }: Unreachable, key: string, named: Named): CliFailure =>
  new CliFailure(`${message}\n${findsIt(key, named)}`, exitCode, { ...about, idempotency_key: key });
