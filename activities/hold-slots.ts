import { PHONE, type PhoneChannel, PROVIDERS, type Provider } from '../domain/channels.ts';
import { iso } from '../domain/iso.ts';
import type { Bounded } from '../records/ports/places.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { tellNext } from './hand-line.ts';

/** Whatever takes slots of a provider's account: a call, or a duet, which is two conversations. */
type Counted = PhoneChannel | 'duet';

const takenBy = (what: Counted): Readonly<Partial<Record<Provider, number>>> =>
  what === 'duet' ? { elevenlabs: 2 } : PHONE[what].takes;

/** The gate of a batch: it lets as many calls pass at once as the batch allows. */
export const batchGate = (batch: string): string => `batch:${batch}`;

/**
 * Takes the slots of a call.
 * @returns the gate that has no slot left; undefined: all slots are taken
 * @throws when the database does not answer
 */
export async function holdSlots(
  deps: ActivityDependencies,
  what: Counted,
  call: { call_id: string; booking_id: string; hold_seconds: number; batch?: string | undefined },
): Promise<string | undefined> {
  const wanted = wantedBy(deps, what, call.batch);
  if (wanted.length === 0) return undefined;
  const now = clockOf(deps).now();
  const { call_id, booking_id, hold_seconds } = call;
  const until = iso(now + hold_seconds * 1000);
  return deps.records.takeSlots({ call_id, booking_id, wanted, now: iso(now), until });
}

/** Releases the slots of a call that was not placed. If that fails, they are released with the call's record. */
export async function giveSlotsBack(
  deps: ActivityDependencies,
  what: Counted,
  callId: string,
  batch?: string,
): Promise<void> {
  if (wantedBy(deps, what, batch).length === 0) return;
  try {
    await tellNext(deps, await deps.records.releaseSlots(callId));
  } catch (error) {
    deps.log.warn({ call_id: callId, err: error }, 'could not release the slots of a call that was not placed');
  }
}

/** The places that a call takes: at providers with a limit, and at the gate of its batch, whose bound the batch has set. */
export function wantedBy({ callsAtOnce }: ActivityDependencies, what: Counted, batch?: string): Bounded[] {
  const atProviders = PROVIDERS.flatMap((provider) => {
    const count = takenBy(what)[provider];
    const most = callsAtOnce?.[provider];
    return count === undefined || most === undefined ? [] : [{ gate: provider, count, most }];
  });
  return batch === undefined ? atProviders : [...atProviders, { gate: batchGate(batch), count: 1 }];
}
