import { isPassing, type VoceroError, VoceroProblem } from './errors.ts';

const PAUSE = { first: 300, longest: 5_000 };
/** A longer Retry-After is tried in between: an event may be worth it. */
const LONGEST_RETRY_AFTER_S = 60;

/** Whether the API can be reached, for those who follow something: since when it cannot, and the pauses between two tries. Milliseconds. */
export class Contact {
  readonly #patience: number;
  #lostAt: number | undefined;
  #pause = PAUSE.first;

  constructor(patience = 600_000) {
    this.#patience = patience;
  }

  /** There is a connection. Returns whether there was none before. */
  back(): boolean {
    const wasLost = this.#lostAt !== undefined;
    this.#lostAt = undefined;
    return wasLost;
  }

  /** Something was heard: the next pause is a short one again. */
  heard(): void {
    this.#pause = PAUSE.first;
  }

  /** There is no connection. Returns whether there was one before. @throws the error, where no other try makes sense, or not any more */
  lost(why: VoceroError): boolean {
    const wasThere = this.#lostAt === undefined;
    this.#lostAt ??= Date.now();
    if (!isPassing(why) || Date.now() - this.#lostAt > this.#patience) throw why;
    return wasThere;
  }

  /** Before the next try; longer each time, or as long as the API says. */
  next(why?: VoceroError): number {
    const pause = this.#pause;
    this.#pause = Math.min(PAUSE.longest, pause * 2);
    const asked = why instanceof VoceroProblem ? Math.min(LONGEST_RETRY_AFTER_S, why.retryAfter ?? 0) : 0;
    return Math.max(pause, asked * 1_000);
  }
}
