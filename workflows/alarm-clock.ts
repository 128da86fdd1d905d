import { sleep } from '@temporalio/workflow';

/**
 * One clock for all that a booking waits for. A timer that runs already and rings early enough is left alone: evidence comes
 * every few seconds, and taking timers back and setting new ones would make most of a booking's history. So it may ring
 * early; whoever hears it looks what time it is.
 */
export class AlarmClock {
  /** How often it has rung. */
  rung = 0;
  private next = Number.POSITIVE_INFINITY;

  /** Rings at `at` (Unix ms) or before; `summary` is shown beside the timer in the Temporal UI. */
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
