import { setTimeout as delay } from 'node:timers/promises';
import { Vocero } from '../../clients/typescript/src/index.ts';
import { bookingBody } from '../booking-body.ts';
import { machineTime } from '../clock.ts';

/** So far from each other that no window of a few hours is open in both. */
const ASLEEP = 'Asia/Tokyo';
const AWAKE = 'America/Argentina/Buenos_Aires';
const LOOK_EVERY_MS = 20;

/** A calling window that is open in Buenos Aires now and for some hours, and shut in Tokyo, twelve hours away. */
export function windowNow(now = new Date()): string {
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone: AWAKE, hour: 'numeric', hourCycle: 'h23' }).format(now),
  );
  // A window does not cross midnight.
  const from = Math.min(Math.max(hour - 1, 0), 19);
  return `${two(from)}:00-${from + 5 > 23 ? '24' : two(from + 5)}:00`;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The embedded Temporal may be behind: then the client tries again, with the same key. */
const patient = (url: string): Vocero => new Vocero({ url, retries: 100 });

async function place(vocero: Vocero, phone: string, timezone: string): Promise<string> {
  return (await vocero.bookings.create(bookingBody(phone, timezone), { idempotencyKey: phone })).id;
}

/** Places bookings that wait for the calling window, some at a time, each for a number of its own. */
export async function placeWaiting(url: string, count: number, atOnce: number, first = 0): Promise<void> {
  const vocero = patient(url);
  let next = first;
  const one = async (): Promise<void> => {
    while (next < first + count) await place(vocero, `+54114${2_000_000 + next++}`, ASLEEP);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** Milliseconds from a booking's POST until its dial is seen, for some bookings one after the other. */
export async function dialTimes(url: string, count: number, first = 0): Promise<number[]> {
  const vocero = patient(url);
  const times: number[] = [];
  for (let n = first; n < first + count; n++) {
    const began = machineTime();
    const id = await place(vocero, `+54115${2_000_000 + n}`, AWAKE);
    for (;;) {
      const { attempts, outcome } = await vocero.bookings.get(id);
      if (attempts.length > 0) break;
      if (outcome || machineTime() - began > 60_000) throw new Error(`${id} was not dialed`);
      await delay(LOOK_EVERY_MS);
    }
    times.push(machineTime() - began);
  }
  return times;
}
