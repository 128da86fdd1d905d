import { sleep } from '@temporalio/workflow';

/**
 * The only timer of a booking. A running timer that rings early enough is left alone: evidence comes every few seconds, and cancelled and
 * new timers would make up most of a booking's history. So it may ring early, and the workflow checks the time then.
 */
export class AlarmClock {
  /** Number of times that it rang. */
  rung = 0;
  private next = Number.POSITIVE_INFINITY;

  /** Rings at `at` (ms since 1970) or before. The Temporal UI shows `summary` next to the timer. */
  set(at: number, summary: string): void {
    if (at >= this.next) return;
    this.next = at;
    void this.ring(at, summary);
  }

  private async ring(at: number, summary: string): Promise<void> {
    await sleep(Math.max(at - Date.now(), 1), { summary });
    if (this.next === at) this.next = Number.POSITIVE_INFINITY;
    this.rung += 1;
  }
}
