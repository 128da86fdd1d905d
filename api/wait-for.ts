import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from './context.ts';

const POLL_MS = 500;

/** A thing that may have no work for a while. */
interface Waiting {
  /** ISO 8601, UTC. */
  waiting_until: string | null;
}

/** It waits for a time after `until`, in ms since 1970. */
export const waitsBeyond = ({ waiting_until }: Waiting, until: number): boolean =>
  waiting_until !== null && Date.parse(waiting_until) > until;

/** Aborted when the client of a GET is gone: its connection, or the request of a tool in this process. */
export function goneSignal({ raw }: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  raw.once('close', () => {
    // Not the end of a request that was read to its end.
    if (raw.errored) gone.abort();
  });
  return gone.signal;
}

/**
 * Resolves when a thing has settled, at the latest after these seconds, or when the client is gone or the server closes.
 * @param gone aborted when the client is gone
 * @param settled looks at the records; `until`: the end of the wait, in ms since 1970
 */
export async function waitFor(
  seconds: number,
  gone: AbortSignal,
  { closing }: Pick<Context, 'closing'>,
  settled: (until: number) => Promise<boolean>,
): Promise<void> {
  const until = Date.now() + seconds * 1_000;
  const signal = AbortSignal.any([closing, gone]);
  try {
    while (!signal.aborted && Date.now() < until && !(await settled(until))) {
      await pause(Math.min(POLL_MS, Math.max(1, until - Date.now())), undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
