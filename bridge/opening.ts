import type { Clock } from './clock.ts';

/** Silence after which an utterance is complete: agents send faster than they speak. */
const QUIET_MS = 700;
const NAME = /^opening\.(\d+)$/;

interface OpeningSetup {
  clock: Clock;
  /** Sends a mark. It comes back when everything before it was played or cleared. */
  mark(name: string): void;
  /** Called once. */
  heard(): void;
}

/**
 * Tells whether the callee has heard the agent's first words to their end. They carry the disclosure. Neither their text nor their handover
 * proves that they were heard; only a mark after their last piece does. If they were interrupted or dropped, this session cannot make up
 * for them.
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

  /** A piece of the agent's voice was sent. */
  played(): void {
    if (this.#phase !== 'coming') return;
    this.#pieces++;
    this.#cancel();
    this.#cancel = this.#setup.clock.after(QUIET_MS, () => this.#ask());
  }

  /** The agent announces an utterance: if it has spoken before, its first words are complete. */
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

  /** Some audio was not played, or no more will follow. */
  end(): void {
    this.#phase = 'over';
    this.#cancel();
  }

  #ask(): void {
    this.#setup.mark(`opening.${this.#pieces}`);
  }
}
