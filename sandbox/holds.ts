import type { PhoneCall } from './call.ts';

/** Moments at which a number's calls can be held, in their order. */
export const MOMENTS = ['request', 'answer', 'ringing', 'stream', 'talk', 'reported', 'ended'] as const;
export type Moment = (typeof MOMENTS)[number];

const A_MOMENT_MS = 2000;

/** Holds calls at a moment until a test releases the number. */
export class Holds {
  private readonly waiting = new Map<string, { moment: Moment; waiters: Set<() => void> }>();
  private readonly released = new Map<string, number>();

  /** The moment at which a number's call is held now. */
  at(number: string): Moment | undefined {
    return this.waiting.get(number)?.moment;
  }

  /** True when a number's call is held, or was a moment ago: nobody in it may have lost patience meanwhile. */
  standsStill(number: string): boolean {
    return this.waiting.has(number) || performance.now() - (this.released.get(number) ?? -A_MOMENT_MS) < A_MOMENT_MS;
  }

  /** Resolves when the number is released, when its call is hung up or redirected, or when `signal` aborts. */
  wait(number: string, moment: Moment, signal: AbortSignal, call?: PhoneCall): Promise<void> {
    const held = this.waiting.get(number) ?? { moment, waiters: new Set() };
    this.waiting.set(number, held);
    return new Promise((resolve) => {
      const finish = (): void => {
        held.waiters.delete(finish);
        if (held.waiters.size === 0 && this.waiting.get(number) === held) this.waiting.delete(number);
        stop?.();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const stop = call?.onDisturbed(finish);
      held.waiters.add(finish);
      signal.addEventListener('abort', finish, { once: true });
      if (signal.aborted) finish();
    });
  }

  release(number: string): void {
    if (this.waiting.has(number)) this.released.set(number, performance.now());
    for (const finish of [...(this.waiting.get(number)?.waiters ?? [])]) finish();
  }
}
