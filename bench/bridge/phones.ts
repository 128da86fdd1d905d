import { machineTime } from '../clock.ts';
import { PhoneCall } from './phone-call.ts';
import { RoundTrips } from './round-trips.ts';
import { FRAME_MS } from './stamped-audio.ts';

/** So many calls are dialled together. */
const BATCH = 20;
/** A call that nobody answers in this time will not be answered. */
const UP_MS = 20_000;
/** What has not come back this long after the last counted frame is lost. */
const LAST_MS = 2000;

/** All calls of one measurement and the one timer that they speak by, each in its own part of the 20 ms. */
export class Phones {
  readonly roundTrips: RoundTrips;
  /** How late the timer was for each frame: beyond a few milliseconds the load itself is what is measured. */
  readonly lateness: RoundTrips;
  readonly #calls: PhoneCall[] = [];
  readonly #total: number;
  readonly #timer: NodeJS.Timeout;
  #counting = false;

  /** `frames`: about how many are going to be counted. */
  constructor(total: number, frames: number) {
    this.#total = total;
    this.roundTrips = new RoundTrips(frames);
    this.lateness = new RoundTrips(frames);
    const began = machineTime();
    const apart = FRAME_MS / total;
    let slot = 0;
    this.#timer = setInterval(() => {
      // Slots are counted from the beginning, so a late tick is made up for and nothing drifts.
      const now = machineTime();
      for (; began + slot * apart <= now; slot++) {
        const call = this.#calls[slot % total];
        if (!call) continue;
        call.speak();
        if (this.#counting) this.lateness.add(now - (began + slot * apart));
      }
    }, 1);
  }

  /** Calls `ports` in turn, some calls at a time; resolves when every call hears its agent. */
  async dial(ports: readonly number[]): Promise<void> {
    while (this.#calls.length < this.#total) {
      const from = this.#calls.length;
      const batch = Math.min(BATCH, this.#total - from);
      for (let n = from; n < from + batch; n++) {
        this.#calls.push(new PhoneCall(n, ports[n % ports.length]!, (ms) => this.roundTrips.add(ms)));
      }
      await inTime(Promise.all(this.#calls.slice(from).map((call) => call.up())));
    }
  }

  beginCount(): void {
    this.#counting = true;
    for (const call of this.#calls) call.beginCount();
  }

  endCount(): void {
    this.#counting = false;
    for (const call of this.#calls) call.endCount();
  }

  /** Resolves when all counted frames are back, or have had their time; meanwhile the calls go on. */
  async settled(): Promise<void> {
    const giveUp = machineTime() + LAST_MS;
    while (machineTime() < giveUp && this.totals().lost > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  totals(): { sent: number; lost: number; repeated: number; strange: number; broken: number } {
    const totals = { sent: 0, lost: 0, repeated: 0, strange: 0, broken: 0 };
    for (const call of this.#calls) {
      const count = call.count();
      totals.sent += count.sent;
      totals.lost += count.sent - count.received;
      totals.repeated += count.repeated;
      totals.strange += count.strange;
      if (call.broken) totals.broken++;
    }
    return totals;
  }

  hangUp(): void {
    clearInterval(this.#timer);
    for (const call of this.#calls) call.hangUp();
  }

  drop(): void {
    clearInterval(this.#timer);
    for (const call of this.#calls) call.drop();
  }
}

async function inTime(up: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`calls were not answered in ${UP_MS / 1000} s`)), UP_MS);
  });
  await Promise.race([up, late]).finally(() => clearTimeout(timer));
}
