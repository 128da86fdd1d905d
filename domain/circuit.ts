import type { DialResult } from './evidence.ts';

/** The state of a provider, from the end of a dial: it works, it does not, or it refuses our account. */
export type Health = 'well' | 'down' | 'refused';

/** A booking whose dial failed at the provider, and the time (ms since 1970). */
interface Strike {
  booking_id: string;
  at: number;
}

/**
 * One provider's circuit, shared by all workers. `closed`: dials leave; `strikes` are those of the last minutes since the last good dial.
 * `open`: no dial leaves before `until`; then one at a time, as the `trial`. Times in milliseconds since 1970.
 */
export type Circuit =
  | { is: 'closed'; strikes: Strike[] }
  | {
      is: 'open';
      why: 'down' | 'refused';
      until: number;
      pause_ms: number;
      /** If its worker dies, it blocks nothing after `until`. */
      trial?: { call_id: string; until: number } | undefined;
    };

export const CLOSED: Circuit = { is: 'closed', strikes: [] };

/**
 * This many different bookings must fail in a row. One booking counts once, however often it is dialed, so that a fault of one order never
 * closes a provider to the others.
 */
export const OPENS_AFTER = 10;
/** Strikes further apart than this are not an outage. */
export const REMEMBERED_MS = 300_000;
/** The first pause; each failed trial doubles it. */
export const FIRST_PAUSE_MS = 30_000;
export const LONGEST_PAUSE_MS = 600_000;
/** Longer than the request of any dial: a dial that has not ended by then never will. */
export const TRIAL_MS = 120_000;

/**
 * Undefined: the result says nothing about the provider as a whole (a request refused for its content, a 429, one of our checks). A
 * refused number does: the provider has processed it.
 */
export function healthOf(result: DialResult): Health | undefined {
  switch (result.proves) {
    case 'accepted':
    case 'number_refused':
      return 'well';
    case 'not_sent':
    case 'unknown':
      return 'down';
    case 'channel_refused':
      return result.account ? 'refused' : undefined;
    case 'deferred':
    case 'skipped':
      return undefined;
  }
}

export type Permit =
  | { may: 'dial' }
  /** The dial is the trial, once `next` is stored as the circuit. */
  | { may: 'try'; next: Circuit }
  /** No dial may leave before `until`. */
  | { may: 'not'; until: number; why: 'down' | 'refused' };

/** Decides whether a dial may leave now. */
export function permit(circuit: Circuit, callId: string, now: number): Permit {
  if (circuit.is === 'closed') return { may: 'dial' };
  const until = Math.max(circuit.until, circuit.trial?.until ?? 0);
  if (now < until) return { may: 'not', until, why: circuit.why };
  return { may: 'try', next: { ...circuit, trial: { call_id: callId, until: now + TRIAL_MS } } };
}

/** The circuit after a dial has ended; the same object when nothing changes. */
export function afterDial(
  circuit: Circuit,
  dial: { booking_id: string; call_id: string; health: Health | undefined },
  now: number,
): Circuit {
  const { booking_id, call_id, health } = dial;
  if (circuit.is === 'open') {
    // A dial that left before the circuit opened, or as a trial that was given up, is too old to count.
    if (circuit.trial?.call_id !== call_id) return circuit;
    if (health === 'well') return CLOSED;
    if (health === undefined) return { ...circuit, trial: undefined };
    return open(health, Math.min(circuit.pause_ms * 2, LONGEST_PAUSE_MS), now);
  }
  if (health === undefined) return circuit;
  if (health === 'well') return circuit.strikes.length === 0 ? circuit : CLOSED;
  const others = circuit.strikes.filter((one) => one.booking_id !== booking_id && now - one.at < REMEMBERED_MS);
  if (others.length + 1 >= OPENS_AFTER) return open(health, FIRST_PAUSE_MS, now);
  return { is: 'closed', strikes: [...others, { booking_id, at: now }] };
}

const open = (why: 'down' | 'refused', pause_ms: number, now: number): Circuit => ({
  is: 'open',
  why,
  until: now + pause_ms,
  pause_ms,
});

export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;

/** State for operators: `half_open` once a trial may leave. */
export const circuitState = (circuit: Circuit, now: number): (typeof CIRCUIT_STATES)[number] =>
  circuit.is === 'closed' ? 'closed' : now < circuit.until ? 'open' : 'half_open';
