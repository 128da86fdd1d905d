import { LOAD_FACTOR } from '../../support/load.ts';

/** Waits for a condition; a test that waits in vain fails with the condition's name. */
export async function until(what: string, met: () => unknown, ms = 8000): Promise<void> {
  const giveUp = performance.now() + ms * LOAD_FACTOR;
  while (!(await met())) {
    if (performance.now() > giveUp) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
