import { setTimeout as after } from 'node:timers/promises';
import type { BookingGateway } from './gateway.ts';

const LOOK_AGAIN_MS = 50;

export const unpolledNote = (queues: readonly string[]): string =>
  `no worker polls the task queue${queues.length > 1 ? 's' : ''} ${queues.join(', ')}`;

/** Waits until workers are seen on every task queue that bookings need, at most `limitMs`. Returns what is missing then, in words. */
export async function untilPolled(
  gateway: Pick<BookingGateway, 'health'>,
  limitMs: number,
): Promise<string | undefined> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const { worker, unpolled } = await gateway.health();
    if (worker) return undefined;
    if (Date.now() >= deadline)
      return unpolled.length > 0
        ? unpolledNote(unpolled)
        : 'could not learn from Temporal which task queues workers poll';
    await after(LOOK_AGAIN_MS);
  }
}
