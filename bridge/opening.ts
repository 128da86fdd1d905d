import type { Clock } from './clock.ts';

/** When no further piece has come for so long the utterance is all there: agents send faster than they speak. */
const QUIET_MS = 700;
const NAME = /^opening\.(\d+)$/;

interface OpeningSetup {
  clock: Clock;
  /** Sends a mark, which comes back when everything before it was played, or cleared. */
  mark(name: string): void;
  /** Once. */
  heard(): void;
}

/**
 * Whether the callee has heard the agent's first words to their end. They carry the disclosure: their text proves nothing, nor
 * does it that they were handed over; only a mark behind their last piece does. What was interrupted, or dropped on the way,
 * this session's opening cannot make up for.
 */
export class Opening {
  readonly #setup: OpeningSetup;
  #phase: 'coming' | 'complete' | 'over' = 'coming';
  #pieces = 0;
  #announced = false;
  #cancel = (): void => {};

  constructor(setup: OpeningSetup) {
    this.#setup = setup;
  }

  /** A piece of the agent's voice went out. */
  played(): void {
    if (this.#phase !== 'coming') return;
    this.#pieces++;
    this.#cancel();
    this.#cancel = this.#setup.clock.after(QUIET_MS, () => this.#ask());
  }

  /** The agent begins to say something: if it has spoken before, that was all of its first words. */
  announced(): void {
    if (this.#phase === 'coming' && this.#announced && this.#pieces > 0) {
      this.#phase = 'complete';
      this.#cancel();
      this.#ask();
    }
    this.#announced = true;
  }

  /** A mark has come back. */
  mark(name: string): void {
    if (this.#phase === 'over' || NAME.exec(name)?.[1] !== String(this.#pieces)) return;
    this.end();
    this.#setup.heard();
  }

  /** Something of it was not played, or nothing more will be. */
  end(): void {
    this.#phase = 'over';
    this.#cancel();
  }

  #ask(): void {
    this.#setup.mark(`opening.${this.#pieces}`);
  }
}
