import { randomUUID } from 'node:crypto';
import { orderOfCall } from '../domain/call-order.ts';
import { parseCallId } from '../domain/ids.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { CallRecords } from '../records/ports/calls.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Bridge } from './interface.ts';
import { type BridgeLog, reasonOf } from './log.ts';

/** Interval in which a bridge announces itself and reads its events: a phone rings for seconds. */
const BEAT_MS = 500;
/** While beats fail, the log gets one line in this time. */
const WARN_EVERY_MS = 60_000;

interface PresenceSetup {
  bridge: Bridge;
  records: Pick<CallRecords, 'beatBridge' | 'leaveBridge'> & Pick<BookingRecords, 'booking'>;
  /** Base URL of this process's streams for Twilio: `wss:` or `ws:`, without a slash at its end. */
  url: string;
  log: BridgeLog;
  clock?: Clock;
}

/**
 * Announces a bridge process to all others through the database, so that TwiML can name it. Reads the events of its calls that happened
 * elsewhere: calls to prepare, legs that ended, streams that another bridge took over. State of a call belongs to its socket; nothing else
 * ties a call to a process.
 */
export class Presence {
  readonly id = `bridge-${randomUUID()}`;
  readonly #setup: PresenceSetup;
  readonly #stopBeating: () => void;
  #beating: Promise<void> | undefined;
  #draining = false;
  #warnedAt: number | undefined;

  private constructor(setup: PresenceSetup) {
    this.#setup = setup;
    this.#stopBeating = (setup.clock ?? systemClock).every(BEAT_MS, () => void this.#beat());
  }

  /** Resolves when the others can see this bridge. An unreachable database delays that and nothing else. */
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
    // A slow database gets no second query before it has answered the first.
    this.#beating ??= this.#exchange()
      .then(() => this.#recovered())
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
      if (booking) bridge.prepare(callId, orderOfCall(booking.order, booking.view.attempts, callId));
    }
  }

  #warn(error: unknown): void {
    const now = (this.#setup.clock ?? systemClock).now();
    if (this.#warnedAt !== undefined && now - this.#warnedAt < WARN_EVERY_MS) return;
    this.#warnedAt = now;
    this.#setup.log.warn({ bridge: this.id, reason: reasonOf(error) }, 'could not announce this bridge');
  }

  #recovered(): void {
    if (this.#warnedAt === undefined) return;
    this.#warnedAt = undefined;
    this.#setup.log.info({ bridge: this.id }, 'announced this bridge again');
  }
}
