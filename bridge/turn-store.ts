import type { EventRecords } from '../records/ports/events.ts';
import type { Clock } from './clock.ts';
import { type BridgeLog, reasonOf } from './log.ts';
import type { IndexedTurn } from './transcript.ts';

const PAUSES_MS = [200, 1000, 5000];

/** Writes turns to the records in sequence, as they come. Retries when the database fails for a moment. */
export class TurnStore {
  readonly #records: Pick<EventRecords, 'addTurn'>;
  readonly #callId: string;
  readonly #clock: Clock;
  readonly #log: BridgeLog;
  #queue: Promise<void> = Promise.resolve();

  constructor(setup: { records: Pick<EventRecords, 'addTurn'>; callId: string; clock: Clock; log: BridgeLog }) {
    this.#records = setup.records;
    this.#callId = setup.callId;
    this.#clock = setup.clock;
    this.#log = setup.log;
  }

  add(turn: IndexedTurn): void {
    const at = this.#clock.date().toISOString();
    this.#queue = this.#queue.then(() => this.#write({ ...turn, at }));
  }

  /** Resolves when all added turns, also those added meanwhile, were written or given up. */
  async written(): Promise<void> {
    for (let queue: Promise<void> | undefined; queue !== this.#queue; ) {
      queue = this.#queue;
      await queue;
    }
  }

  async #write(turn: IndexedTurn & { at: string }): Promise<void> {
    for (const pause of [...PAUSES_MS, undefined]) {
      try {
        return await this.#records.addTurn(this.#callId, turn);
      } catch (error) {
        this.#log.warn({ call_id: this.#callId, index: turn.index, reason: reasonOf(error) }, 'could not store a turn');
        if (pause === undefined) return;
        await new Promise<void>((resolve) => this.#clock.after(pause, resolve));
      }
    }
  }
}
