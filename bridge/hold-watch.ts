import { holdIn } from '../domain/talk/hold-words.ts';
import type { Clock } from './clock.ts';

interface HoldSetup {
  clock: Clock;
  /** Longest wait. */
  holdMs: number;
  /** The call is on hold, for the n-th time, from 1: after a request to wait, nobody has spoken for `HOLD_BEGINS_MS`. */
  onHold(n: number): void;
  /** Somebody speaks again. */
  back(n: number): void;
  /** The wait has lasted `holdMs`: the agent must say goodbye. */
  tooLong(): void;
  /** The agent has not ended the call since. */
  giveUp(): void;
}

/** A shorter pause is not a hold. */
const HOLD_BEGINS_MS = 4_000;
/** Without a request to wait: nobody has spoken for so long. */
const SILENT_MS = 20_000;
/** Time for the agent's goodbye. */
const GOODBYE_MS = 20_000;

/** For an agent whose wait on hold is over. */
export const WAITED_LONG =
  'You have waited on hold long enough. Say a short, polite goodbye, report the result, and end the call with end_call.';

/** Notices from the words and the agent's tools that a call is on hold, and bounds the wait. */
export class HoldWatch {
  readonly #setup: HoldSetup;
  #cancelBegin = (): void => {};
  #cancelEnd = (): void => {};
  #onHold = false;
  #holds = 0;

  constructor(setup: HoldSetup) {
    this.#setup = setup;
  }

  /** The agent waits by its tool. */
  waits(): void {
    this.#beginsIn(HOLD_BEGINS_MS);
  }

  businessSaid(message: string): void {
    const said = holdIn(message);
    if (said === 'recorded' && this.#onHold) return;
    this.#ended();
    this.#beginsIn(said === 'talks' ? SILENT_MS : HOLD_BEGINS_MS);
  }

  /** Its words are no end of a hold; it may have answered before the wait. */
  agentSaid(): void {
    if (!this.#onHold) this.#beginsIn(SILENT_MS);
  }

  close(): void {
    this.#cancelBegin();
    this.#cancelEnd();
    this.#onHold = false;
  }

  #beginsIn(ms: number): void {
    if (this.#onHold) return;
    this.#cancelBegin();
    this.#cancelBegin = this.#setup.clock.after(ms, () => this.#began(ms));
  }

  #began(waitedMs: number): void {
    const { clock, holdMs, onHold, tooLong, giveUp } = this.#setup;
    this.#onHold = true;
    this.#holds++;
    onHold(this.#holds);
    this.#cancelEnd = clock.after(Math.max(0, holdMs - waitedMs), () => {
      this.#cancelEnd = clock.after(GOODBYE_MS, giveUp);
      tooLong();
    });
  }

  #ended(): void {
    this.#cancelBegin();
    this.#cancelEnd();
    if (!this.#onHold) return;
    this.#onHold = false;
    this.#setup.back(this.#holds);
  }
}
