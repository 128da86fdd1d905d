import { condition, setHandler } from '@temporalio/workflow';
import { releaseLine } from './messages.ts';

/**
 * The lock on one business number: while this workflow runs, no other booking may ring that number, because its id is
 * made from the number. Ends when the holder releases it, and by itself after `max_seconds`, whatever happened.
 */
export async function holdLine(input: { max_seconds: number }): Promise<void> {
  let released = false;
  setHandler(releaseLine, () => {
    released = true;
  });
  await condition(() => released, input.max_seconds * 1000);
}
