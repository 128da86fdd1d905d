import { randomUUID } from 'node:crypto';
import { parseCallId } from '../domain/ids.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { CallRecords } from '../records/ports/calls.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Bridge } from './interface.ts';
import { type BridgeLog, reasonOf } from './log.ts';

/** How often a bridge says that it is there, and hears what it is to host: a phone rings for seconds. */
const BEAT_MS = 500;

interface PresenceSetup {
  bridge: Bridge;
  records: Pick<CallRecords, 'beatBridge' | 'leaveBridge'> & Pick<BookingRecords, 'booking'>;
  /** Base URL at which Twilio reaches this process's streams: `wss:` or `ws:`, no slash at its end. */
  url: string;
  log: BridgeLog;
  clock?: Clock;
}

/**
 * Makes a bridge process known to all others through the database, so that TwiML can name it, and brings it what happens to
 * its calls elsewhere: calls that it is to be ready for, legs that ended, streams that another bridge has taken over. State
 * of a call lives with its socket; nothing else binds a call to a process.
 */
export class Presence {
  readonly id = `bridge-${randomUUID()}`;
  readonly #setup: PresenceSetup;
  readonly #stopBeating: () => void;
  #beating: Promise<void> | undefined;
  #draining = false;

  private constructor(setup: PresenceSetup) {
    this.#setup = setup;
    this.#stopBeating = (setup.clock ?? systemClock).every(BEAT_MS, () => void this.#beat());
  }

  /** Resolves when the others can see it. A database that is out of reach delays that, and nothing else. */
  static async announce(setup: PresenceSetup): Promise<Presence> {
    const presence = new Presence(setup);
    await presence.#beat();
    return presence;
  }

  /** From now on no new stream is sent here. */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#beating;
    await this.#beat();
  }

  async leave(): Promise<void> {
    this.#stopBeating();
    await this.#beating;
    await this.#setup.records.leaveBridge(this.id).catch((error: unknown) => this.#warn(error));
  }

  #beat(): Promise<void> {
    // A database that is slow is not asked again before it has answered.
    this.#beating ??= this.#exchange()
      .catch((error: unknown) => this.#warn(error))
      .finally(() => {
        this.#beating = undefined;
      });
    return this.#beating;
  }

  async #exchange(): Promise<void> {
    const { bridge, records, url, clock = systemClock } = this.#setup;
    const heard = await records.beatBridge({
      id: this.id,
      url,
      live: bridge.live(),
      draining: this.#draining,
      now: clock.date().toISOString(),
      calls: bridge.calls(),
    });
    for (const { call_id, over, epoch } of heard.calls) {
      if (over) bridge.release(call_id);
      else bridge.fence(call_id, epoch);
    }
    for (const callId of heard.prepare) {
      const booking = await records.booking(parseCallId(callId)?.bookingId ?? '');
      if (booking) bridge.prepare(callId, booking.order);
    }
  }

  #warn(error: unknown): void {
    this.#setup.log.warn({ bridge: this.id, reason: reasonOf(error) }, 'the bridge could not make itself known');
  }
}
