import { parseCallId } from '../domain/ids.ts';
import { isTracing, recordSpan, type SpanEvent } from '../tracing/span.ts';
import type { Clock } from './clock.ts';

/** A talk of an hour has fewer. */
const MAX_EVENTS = 500;
/** A pause that is longer is no answer to what was said before. */
const MAX_TURN_MS = 30_000;

/**
 * Measures one stream of a talk: how long the business waits for each answer of the agent, and how often it interrupts. While tracing is on,
 * its end is a span under the call's talk.
 */
export class TalkTimes {
  readonly #clock: Clock;
  readonly #onTurn: (ms: number) => void;
  readonly #events: SpanEvent[] | undefined;
  readonly #from: number;
  #saidAt: number | undefined;
  #turns = 0;
  #interruptions = 0;

  /** @param onTurn called with the milliseconds from the end of the business's words, as the agent's side tells it, to the agent's audio */
  constructor(clock: Clock, onTurn: (ms: number) => void) {
    this.#clock = clock;
    this.#onTurn = onTurn;
    this.#events = isTracing() ? [] : undefined;
    this.#from = clock.date().getTime();
  }

  /** The business has said something. */
  businessSaid(): void {
    this.#saidAt = this.#clock.now();
    if (this.#turns === 0 && this.#interruptions === 0) this.#note('business_heard', {});
  }

  /** The agent's audio was handed to the phone. Called for each frame. */
  agentAudio(): void {
    if (this.#saidAt === undefined) return;
    const ms = this.#clock.now() - this.#saidAt;
    this.#saidAt = undefined;
    if (ms > MAX_TURN_MS) return;
    this.#turns++;
    this.#onTurn(ms);
    this.#note('turn', { 'vocero.turn.delay_ms': Math.round(ms) });
  }

  /** The agent's first audio of the call. */
  firstAudio(msSinceAnswer: number): void {
    this.#note('agent_first_audio', { 'vocero.since_answer_ms': Math.round(msSinceAnswer) });
  }

  interrupted(): void {
    this.#interruptions++;
    this.#saidAt = undefined;
    this.#note('barge_in', {});
  }

  /** The stream has ended. */
  end(callId: string, streamSid: string, how: string): void {
    const bookingId = parseCallId(callId)?.bookingId;
    if (!this.#events || bookingId === undefined) return;
    recordSpan({
      bookingId,
      name: 'streamed',
      key: `${callId}/${streamSid}`,
      under: { name: 'talked', key: callId },
      from: this.#from,
      to: this.#clock.date().getTime(),
      attributes: {
        'vocero.call.id': callId,
        'vocero.stream.end': how,
        'vocero.turns.answered': this.#turns,
        'vocero.barge_ins': this.#interruptions,
      },
      events: this.#events,
      failed: how === 'agent_failed' || how === 'lost' ? how : undefined,
    });
  }

  #note(name: string, attributes: SpanEvent['attributes']): void {
    if (!this.#events || this.#events.length >= MAX_EVENTS) return;
    this.#events.push({ name, at: this.#clock.date().getTime(), attributes });
  }
}
