import { unavailable } from './problem.ts';
import { tooMany } from './rate-limit.ts';

/** Retry-After for a client whose places are all taken: a place stays taken for as long as its stream is open. */
const RETRY_SECONDS = 5;

/**
 * Places that all keys share, such as open event streams. Each key may use half of those that the others leave, so that one more key always
 * finds some. With `one` key only, all places are its own. Guards one process.
 */
export function fairShare(places: number, one: boolean) {
  const held = new Map<string, number>();
  let all = 0;
  return {
    /**
     * Takes a place.
     * @throws Problem 429 when the key has its share, 503 when no place is left
     */
    take(owner: string): void {
      if (all >= places) throw unavailable('Too many event streams and waits are open');
      const own = held.get(owner) ?? 0;
      const left = places - (all - own);
      if (own >= (one ? left : Math.ceil(left / 2))) {
        const detail = `This key has ${own} event streams and waits open, its share of the ${places} of this process; close some, or read GET /v1/bookings/{id} without waiting.`;
        throw tooMany(detail, RETRY_SECONDS);
      }
      held.set(owner, own + 1);
      all++;
    },
    giveBack(owner: string): void {
      const own = held.get(owner) ?? 0;
      if (own > 1) held.set(owner, own - 1);
      else held.delete(owner);
      all--;
    },
    get all(): number {
      return all;
    },
  };
}
