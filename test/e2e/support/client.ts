import { Vocero, VoceroProblem } from '../../../clients/typescript/src/index.ts';
import { byPhoneChannel, CHANNELS, type Channel } from '../../../domain/channels.ts';
import type { BookingView } from '../../../domain/view.ts';
import { LOAD_FACTOR } from '../../support/load.ts';
import { until } from '../../support/until.ts';

const LOOK_EVERY_MS = 100;
/** A look at a booking asks its workflow, which costs the product more than the call does: its events say when one is worth it. */
const LOOK_ANYHOW_MS = 1_000;
const ANSWER_MS = 15_000 * LOAD_FACTOR;

/** What the API answered, body parsed where it is JSON. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Limits so short that a test need not wait for the usual ones. */
const QUICK = { redial_delay_seconds: 1, ring_seconds: 20, max_call_seconds: 60 };

export type Wish = Partial<Record<Channel, Record<string, unknown>>> & { [field: string]: unknown };

export const ONLY_BRIDGE: Wish = { native: { enabled: false } };
export const ONLY_NATIVE: Wish = { bridge: { enabled: false } };

/** One dial and no more. */
export const ONCE_NATIVE: Wish = { ...ONLY_NATIVE, native: { max_attempts: 1 } };
export const ONCE_BRIDGED: Wish = { ...ONLY_BRIDGE, bridge: { max_attempts: 1 } };

/** A booking's body: the demo business, with short limits. */
export function bookingBody(phone: string, wish: Wish = {}): Record<string, unknown> {
  const more = Object.entries(wish).filter(([field]) => !(CHANNELS as string[]).includes(field));
  return {
    business: { name: 'Clínica Dental Sur', phone },
    request: {
      service_type: 'dentista',
      preferred_date: 'mañana',
      preferred_time: 'por la tarde',
      user_name: 'Mauro',
    },
    escalation: {
      ...byPhoneChannel((channel) => ({ ...QUICK, ...wish[channel] })),
      simulation: { ...wish.simulation },
    },
    ...Object.fromEntries(more),
  };
}

/** The TypeScript client, and what only tests need: answers as they came, and waits that say what they waited for. */
export class Client {
  private readonly url: string;
  private readonly vocero: Vocero;

  constructor(url: string) {
    this.url = url;
    // A test that breaks something wants to see the first answer.
    this.vocero = new Vocero({ url, retries: 0, timeout: ANSWER_MS });
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(this.url + path, {
      method,
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : { text };
    return { status: answer.status, body: parsed as Record<string, unknown> };
  }

  async book(phone: string, wish: Wish = {}): Promise<BookingView> {
    return this.vocero.request('POST', '/v1/bookings', { body: bookingBody(phone, wish) });
  }

  booking(id: string): Promise<BookingView & { stale?: boolean }> {
    return this.vocero.bookings.get(id) as Promise<BookingView & { stale?: boolean }>;
  }

  /** Waits until a booking fits; what it was instead is said when it never does. */
  async until(
    id: string,
    fits: (view: BookingView & { stale?: boolean }) => boolean,
    limitMs = 45_000,
  ): Promise<BookingView> {
    let view: BookingView | undefined;
    let lookAt = 0;
    const over = new AbortController();
    let hears = true;
    const hear = async (): Promise<void> => {
      for await (const _ of this.vocero.bookings.events(id, { signal: over.signal })) lookAt = 0;
    };
    hear()
      .catch(() => {})
      .then(() => {
        hears = false;
      });
    const look = async (): Promise<BookingView | undefined> => {
      if (hears && performance.now() < lookAt) return undefined;
      lookAt = performance.now() + LOOK_ANYHOW_MS;
      view = await this.booking(id);
      return fits(view) ? view : undefined;
    };
    try {
      return await until(look, limitMs, String(fits), LOOK_EVERY_MS);
    } catch (error) {
      throw new Error(`${(error as Error).message}\nthe booking: ${JSON.stringify(view)}`);
    } finally {
      over.abort();
    }
  }

  final(id: string, limitMs = 45_000): Promise<BookingView> {
    return this.until(id, (view) => view.outcome !== null, limitMs);
  }

  /** Books, and waits for the outcome. */
  async outcomeOf(phone: string, wish: Wish = {}): Promise<BookingView> {
    return this.final((await this.book(phone, wish)).id);
  }

  async transcript(id: string): Promise<{ role: string; message: string; at_seconds: number }[]> {
    return (await this.vocero.bookings.transcript(id)).turns;
  }

  /** Waits for the recording: it is fetched after the outcome is known. */
  recording(id: string): Promise<{ type: string; sound: Buffer }> {
    const look = async (): Promise<{ type: string; sound: Buffer } | undefined> => {
      const sound = await this.vocero.bookings.recording(id).catch((error: unknown) => {
        if (error instanceof VoceroProblem) return undefined;
        throw error;
      });
      return sound && { type: sound.type, sound: Buffer.from(await sound.arrayBuffer()) };
    };
    return until(look, 30_000, 'a recording', LOOK_EVERY_MS);
  }
}
