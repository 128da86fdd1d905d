import { PHONE, type PhoneChannel, PROVIDERS, type Provider } from '../domain/channels.ts';
import { iso } from '../domain/iso.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';

/** What is counted among the calls that a provider's account may have at once: a call, or a simulation, which is two conversations. */
type Counted = PhoneChannel | 'duet';

const takenBy = (what: Counted): Readonly<Partial<Record<Provider, number>>> =>
  what === 'duet' ? { elevenlabs: 2 } : PHONE[what].takes;

/** Takes what a call needs, or gives the provider that has no place left; undefined: it may go. Throws when the database cannot be used. */
export async function holdSlots(
  deps: ActivityDependencies,
  what: Counted,
  call: { call_id: string; booking_id: string; hold_seconds: number },
): Promise<Provider | undefined> {
  const wanted = wantedBy(deps, what);
  if (wanted.length === 0) return undefined;
  const now = clockOf(deps).now();
  const { call_id, booking_id, hold_seconds } = call;
  const until = iso(now + hold_seconds * 1000);
  return deps.records.takeSlots({ call_id, booking_id, wanted, now: iso(now), until });
}

/** Gives back what was taken for a call that is not to be. Should that fail, the places are free with the call's record. */
export async function giveSlotsBack(deps: ActivityDependencies, what: Counted, callId: string): Promise<void> {
  if (wantedBy(deps, what).length === 0) return;
  await deps.records.releaseSlots(callId).catch((error: unknown) => {
    deps.log.warn({ call_id: callId, err: error }, 'the places of a call that is none are not given back yet');
  });
}

/** Only providers with a limit are counted. */
const wantedBy = (
  { callsAtOnce }: ActivityDependencies,
  what: Counted,
): { provider: Provider; count: number; most: number }[] =>
  PROVIDERS.flatMap((provider) => {
    const count = takenBy(what)[provider];
    const most = callsAtOnce?.[provider];
    return count === undefined || most === undefined ? [] : [{ provider, count, most }];
  });
