import { condition, defineSignal, proxyLocalActivities, setHandler } from '@temporalio/workflow';

/** The world has changed: its next event may be nearer than it was. */
export const nudge = defineSignal<[]>('nudge');
/** The booking is over. */
export const dismiss = defineSignal<[]>('dismiss');

export interface CourierActivities {
  /** Lets the world happen until now and delivers what is due; returns how long nothing more will happen, in ms. */
  pump(bookingId: string): Promise<number>;
}

const { pump } = proxyLocalActivities<CourierActivities>({ startToCloseTimeout: '30 s' });

/** The world's time is the server's, and that passes only while a timer waits for it: this is that timer. */
export async function courier(bookingId: string): Promise<void> {
  let nudged = false;
  let dismissed = false;
  setHandler(nudge, () => {
    nudged = true;
  });
  setHandler(dismiss, () => {
    dismissed = true;
  });
  while (!dismissed) {
    nudged = false;
    const quiet = await pump(bookingId);
    await condition(() => nudged || dismissed, Math.max(quiet, 1));
  }
}
