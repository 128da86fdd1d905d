import { isInboundCall } from '../domain/ids.ts';
import type { Clock } from './clock.ts';
import { Hello } from './hello.ts';

/** The side that may speak first when the callee has answered. */
export const FIRST_SPEAKERS = ['agent', 'callee'] as const;
export type FirstSpeaker = (typeof FIRST_SPEAKERS)[number];

/** A stream that begins later than this after its call's answer is not its first. */
const MAX_SINCE_ANSWER_MS = 30_000;

/** Milliseconds since the answer. The API notes it, by the clock of its machine: a time that cannot be counts as now. */
export function sinceAnswer(answeredAt: number | undefined, now: Date): number {
  const since = now.getTime() - (answeredAt ?? Number.NaN);
  return since > 0 && since < MAX_SINCE_ANSWER_MS ? since : 0;
}

/** Longest wait for the callee's hello, from the answer on. A business that called us waits for our words. */
export const helloMs = (first: FirstSpeaker, callId: string, most: number): number =>
  first === 'callee' && !isInboundCall(callId) ? most : 0;

interface FirstWordsSetup {
  clock: Clock;
  /** Milliseconds from the answer until now, when the stream begins. */
  sinceAnswerMs: number;
  /** Longest wait for the callee's hello, from the answer on; 0: the agent speaks at once. */
  helloMs: number;
  /** Called at most once, when the agent no longer waits. */
  go(): void;
  /** Called once, with the milliseconds from the answer to the agent's first audio. */
  heard(ms: number): void;
}

/**
 * The agent's first words of a call: lets the callee say hello before them, and measures how late they come. They count as heard when their
 * first audio is handed to Twilio, which plays it at once.
 */
export class FirstWords {
  readonly #setup: FirstWordsSetup;
  readonly #hello = new Hello();
  readonly #began: number;
  #waits: boolean;
  #spoken = false;
  #cancel = (): void => {};

  constructor(setup: FirstWordsSetup) {
    this.#setup = setup;
    this.#began = setup.clock.now();
    const left = setup.helloMs - setup.sinceAnswerMs;
    this.#waits = left > 0;
    if (this.#waits) this.#cancel = setup.clock.after(left, () => this.go());
  }

  /** The agent's words are held back. */
  get waits(): boolean {
    return this.#waits;
  }

  /** The callee's audio, base64 of 8 kHz mu-law. */
  callee(payload: string): void {
    if (this.#waits && this.#hello.hear(Buffer.from(payload, 'base64'))) this.go();
  }

  /** Ends the wait. */
  go(): void {
    if (!this.#waits) return;
    this.#waits = false;
    this.#cancel();
    this.#setup.go();
  }

  /** The agent's audio was handed to Twilio. */
  spoken(): void {
    if (this.#spoken) return;
    this.#spoken = true;
    this.#setup.heard(this.#setup.sinceAnswerMs + this.#setup.clock.now() - this.#began);
  }

  /** No words will follow. */
  end(): void {
    this.#waits = false;
    this.#cancel();
  }
}
