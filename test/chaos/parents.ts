import type { BatchRowView, BatchView } from '../../domain/batch/view.ts';
import type { ShortlistView } from '../../domain/shortlist/view.ts';
import type { BookingView } from '../../domain/view.ts';
import type { Moment } from '../../sandbox/holds.ts';
import { readEvents } from '../e2e/support/event-stream.ts';
import { until } from '../support/until.ts';
import { type Leg, type Talk, violationsOf } from './checker.ts';
import type { World } from './phases.ts';
import type { Rig } from './rig.ts';

/** Longer than all disasters together, so that nothing runs out while calls are held; and a bound for a call's life. */
export const PATIENT = { redial_delay_seconds: 1, ring_seconds: 110, max_call_seconds: 600 };
const LEG_SECONDS = PATIENT.ring_seconds + PATIENT.max_call_seconds + 15;

const ON = { enabled: true, ...PATIENT };
const OFF = { enabled: false };
export const BRIDGED = { native: OFF, bridge: ON, simulation: OFF };
export const NATIVE = { native: ON, bridge: OFF, simulation: OFF };

const LONG_MS = 90_000;

/** A booking with its order, as `?include=order` shows it. */
export type OrderedView = BookingView & { order: { business: { phone: string } } };

/** Batches and shortlists of a rig, as its API shows them. */
export class Parents {
  private readonly rig: Rig;

  constructor(rig: Rig) {
    this.rig = rig;
  }

  /** An answer's body; fails with what was said instead of `status`. */
  async ask<T>(status: number, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.rig.client.send(method, path, body);
    if (answer.status !== status)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  /** What was answered; undefined: the API went away before. */
  async answered(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> } | undefined> {
    return this.rig.client.send('POST', path, body, headers).catch(() => undefined);
  }

  batch = (id: string): Promise<BatchView> => this.ask(200, 'GET', `/v1/batches/${id}`);

  shortlist = (id: string): Promise<ShortlistView> => this.ask(200, 'GET', `/v1/shortlists/${id}`);

  async rows(id: string): Promise<BatchRowView[]> {
    return (await this.ask<{ data: BatchRowView[] }>(200, 'GET', `/v1/batches/${id}/rows?limit=100`)).data;
  }

  async report(id: string): Promise<string> {
    return (await this.ask<{ text: string }>(200, 'GET', `/v1/batches/${id}/report.csv`)).text;
  }

  /** Bookings of a batch or a shortlist. */
  async bookings(parentId: string): Promise<OrderedView[]> {
    const kind = parentId.startsWith('ba_') ? 'batch' : 'shortlist';
    const path = `/v1/bookings?limit=100&include=order&${kind}=${parentId}`;
    return (await this.ask<{ data: OrderedView[] }>(200, 'GET', path)).data;
  }

  /** Orders a shortlist of these numbers; its id. */
  async shortlistOf(numbers: readonly string[], escalation: object, callback_url: string): Promise<string> {
    const candidates = numbers.map((phone, i) => ({ business: { name: `Dentista ${i + 1}`, phone } }));
    const request = { service_type: 'dentista', user_name: 'Mauro', preferred_time: 'por la tarde' };
    const wish = { candidates, request, escalation, callback_url };
    return (await this.ask<{ id: string }>(202, 'POST', '/v1/shortlists', wish)).id;
  }

  /** Waits until a batch or a shortlist fits; what it was instead is said when it never does. */
  async until<T extends BatchView | ShortlistView>(
    read: (id: string) => Promise<T>,
    id: string,
    fits: (view: T) => boolean,
    limitMs = LONG_MS,
  ): Promise<T> {
    let view: T | undefined;
    const look = async (): Promise<T | undefined> => {
      view = await read(id);
      return fits(view) ? view : undefined;
    };
    return until(look, limitMs, String(fits), 100).catch((error: Error) => {
      throw new Error(`${error.message}\nit was: ${JSON.stringify(view)}`);
    });
  }
}

/** The world of each number: how its business behaves, and where its next call is held. */
export class Phones {
  private readonly rig: Rig;
  private readonly worlds = new Map<string, World>();

  constructor(rig: Rig) {
    this.rig = rig;
  }

  /** Sets the behaviour of a number. */
  are(number: string, world: World = {}): string {
    this.worlds.set(number, world);
    this.rig.sandbox.scenario({ number, ...world });
    return number;
  }

  /** Holds the next calls to these numbers at a moment. Only for numbers without a call: their calls are counted anew. */
  hold(numbers: readonly string[], hold: Moment): void {
    for (const number of numbers) this.rig.sandbox.scenario({ number, ...this.worlds.get(number), hold });
  }

  /** Lets the call of a number go on, to a later moment or to its end. */
  goOn(number: string, hold?: Moment): void {
    this.rig.sandbox.release(number);
    if (hold) this.hold([number], hold);
  }

  /** Which of the numbers have a call that is held at this moment. */
  at(moment: Moment, numbers: readonly string[]): string[] {
    return numbers.filter((number) => this.rig.sandbox.heldAt(number) === moment);
  }

  /** Waits until so many of the numbers have a call that is held there; these. */
  reach(moment: Moment, numbers: readonly string[], count = numbers.length): Promise<string[]> {
    const there = (): string[] | undefined => {
      const found = this.at(moment, numbers);
      return found.length === count ? found : undefined;
    };
    return until(there, LONG_MS, `${count} calls to be held at ${moment}`);
  }
}

/** What was wrong with each booking on its own, by the guarantees of any booking. */
export async function violationsOfBookings(rig: Rig, bookings: readonly OrderedView[]): Promise<string[]> {
  const found: string[] = [];
  const { calls, conversations, webhooks } = rig.sandbox.log();
  for (const view of bookings) {
    const { id } = view;
    const number = view.order.business.phone;
    const isShared = bookings.filter(({ order }) => order.business.phone === number).length > 1;
    const events = await readEvents(`${rig.url}/v1/bookings/${id}/events`);
    const violations = violationsOf({
      id,
      number,
      legSeconds: LEG_SECONDS,
      view,
      again: await rig.client.booking(id),
      finals: events.flatMap(({ event, data }) => (event === 'final' ? [String(data.at)] : [])),
      legs: (calls as unknown as Leg[]).filter((leg) => leg.booking_id === id),
      talks: (conversations as unknown as Talk[]).filter((talk) => talk.call_id.startsWith(`${id}.`)),
      // They do not say which booking they are about.
      webhooks: isShared ? [] : webhooks.filter((hook) => hook.number === number),
    });
    found.push(...violations.map((violation) => `${id}: ${violation}`));
  }
  return found;
}
