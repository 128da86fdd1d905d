import { setInterval as ticks } from 'node:timers/promises';
import { LOAD_FACTOR } from './load.ts';

const LOOK_EVERY_MS = 25;

/**
 * Waits for a condition and returns what it found. In vain, it fails after `limitMs` (on an idle machine) and says what it waited for: sooner than
 * the test's own time-out would, which says nothing.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  limitMs = 25_000,
  what = String(condition),
  lookEveryMs = LOOK_EVERY_MS,
): Promise<NonNullable<T>> {
  const first = await condition();
  if (first) return first;
  const giveUp = performance.now() + limitMs * LOAD_FACTOR;
  for await (const _ of ticks(lookEveryMs)) {
    const found = await condition();
    if (found) return found;
    if (performance.now() > giveUp) break;
  }
  throw new Error(`in vain for ${limitMs * LOAD_FACTOR} ms: ${what}`);
}
