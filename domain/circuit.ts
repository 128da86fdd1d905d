import type { DialResult } from './evidence.ts';

/** What a dial's end says of the health of the provider it went to: it works, it does not, or it refuses our account. */
export type Health = 'well' | 'down' | 'refused';

/** A booking whose dial the provider failed, and when (Unix ms). */
interface Strike {
  booking_id: string;
  at: number;
}

/**
 * One provider's circuit, shared by all workers. `closed`: dials go through; `strikes` are those of the last minutes, without a
 * dial that went well between them. `open`: none goes until `until`; then one at a time, as the `trial`. Times in Unix ms.
 */
export type Circuit =
  | { is: 'closed'; strikes: Strike[] }
  | {
      is: 'open';
      why: 'down' | 'refused';
      until: number;
      pause_ms: number;
      /** Lost with its worker, it stands in nobody's way after `until`. */
      trial?: { call_id: string; until: number } | undefined;
    };

export const CLOSED: Circuit = { is: 'closed', strikes: [] };

/**
 * So many different bookings must fail in a row. One booking counts once, however often it is dialed, so that what is
 * wrong with one order never closes a provider to the others.
 */
export const OPENS_AFTER = 10;
/** Strikes further apart than this are no outage. */
export const REMEMBERED_MS = 300_000;
/** The first pause; each trial that fails doubles it. */
export const FIRST_PAUSE_MS = 30_000;
export const LONGEST_PAUSE_MS = 600_000;
/** Longer than any dial's request may take: whoever has not come back by then never will. */
export const TRIAL_MS = 120_000;

/**
 * Undefined: it says nothing of the provider as a whole (a request refused for what is in it, a 429, our own last look).
 * A refused number does: somebody there has looked at it.
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
  /** It is the trial, once `next` is stored in the circuit's place. */
  | { may: 'try'; next: Circuit }
  /** Nobody may before `until`. */
  | { may: 'not'; until: number; why: 'down' | 'refused' };

/** Whether a dial may leave now. */
export function permit(circuit: Circuit, callId: string, now: number): Permit {
  if (circuit.is === 'closed') return { may: 'dial' };
  const until = Math.max(circuit.until, circuit.trial?.until ?? 0);
  if (now < until) return { may: 'not', until, why: circuit.why };
  return { may: 'try', next: { ...circuit, trial: { call_id: callId, until: now + TRIAL_MS } } };
}

/** The circuit after a dial has ended; the same object where that changes nothing. */
export function afterDial(
  circuit: Circuit,
  dial: { booking_id: string; call_id: string; health: Health | undefined },
  now: number,
): Circuit {
  const { booking_id, call_id, health } = dial;
  if (circuit.is === 'open') {
    // What left before the circuit opened, or as a trial that was given up, comes too late to say anything.
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

/** In the words of those who watch: `half_open` once a trial may leave. */
export const circuitState = (circuit: Circuit, now: number): (typeof CIRCUIT_STATES)[number] =>
  circuit.is === 'closed' ? 'closed' : now < circuit.until ? 'open' : 'half_open';
