import type { Accounts } from '../../domain/accounts.ts';
import { mayAct } from '../../domain/accounts.ts';
import { PHONE, PHONE_CHANNELS, type PhoneChannel, type Provider } from '../../domain/channels.ts';
import { callIdOf, isInboundNumber, parseCallId } from '../../domain/ids.ts';
import { iso } from '../../domain/iso.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { policyOf } from '../../domain/policy.ts';
import type { ProviderClients } from '../../providers/create.ts';
import type { CallRecords } from '../../records/ports/calls.ts';
import type { LookRecords, OpenBooking } from '../../records/ports/look.ts';

/** A call of an open booking that a provider knows and the database does not. */
export interface LostCall {
  call_id: string;
  channel: PhoneChannel;
  /** Begin; ISO 8601, UTC. */
  at: string;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
  found_at: Provider;
}

export interface Asking extends ProviderClients {
  accounts: Accounts;
  records: Pick<CallRecords, 'dialsOf'> & Pick<LookRecords, 'ownersOf'>;
}

/** The providers' clocks may be behind ours. */
const CLOCKS_DIFFER_MS = 30_000;
/** A call begins at most this long after its dial. */
const ARRIVES_IN_MS = 600_000;

/**
 * Asks both providers for the booking's calls that the database does not know. Undefined: the booking belongs to other accounts, whose
 * providers do not answer us. A call to the same number that names no booking counts, unless a dial on record explains it.
 * @throws ProviderUnreachable
 */
export async function lostCallsOf(
  { twilio, elevenlabs, accounts, records }: Asking,
  booking: OpenBooking,
): Promise<LostCall[] | undefined> {
  const { order, view } = booking;
  if (!mayAct(accounts, booking.accounts, booking.sandbox)) return undefined;
  const since = iso(Date.parse(order.created_at) - CLOCKS_DIFFER_MS);
  const dials = await records.dialsOf(order.id);
  const known = new Set([...dials, ...view.attempts].map(({ call_id }) => call_id));
  const lost: LostCall[] = [];

  for (const talk of (await elevenlabs?.conversationsOf(order.id, since)) ?? []) {
    const { call_id, call_sid, conversation_id, started_at } = talk;
    if (call_id === undefined || known.has(call_id) || parseCallId(call_id)?.bookingId !== order.id) continue;
    known.add(call_id);
    const channel = channelOf(order, call_sid === undefined ? 'twilio' : 'elevenlabs');
    const at = started_at ?? order.created_at;
    lost.push({ call_id, channel, at, call_sid, conversation_id, found_at: 'elevenlabs' });
  }

  const callers = new Set([accounts.caller ?? undefined, ...dials.map(({ caller }) => caller)]);
  const calls = new Map<string, string>();
  for (const caller of twilio ? callers : []) {
    for (const call of await twilio!.callsTo(order.business.phone, since, caller))
      calls.set(call.call_sid, call.created_at);
  }
  const owners = await records.ownersOf([...calls.keys()]);
  const unnamed = dials.filter(({ call_sid }) => call_sid === undefined);
  for (const [call_sid, at] of [...calls].sort(([, a], [, b]) => a.localeCompare(b))) {
    if (owners.has(call_sid) || lost.some((one) => one.call_sid === call_sid)) continue;
    const dial = unnamed.findIndex((one) => mayHaveCaused(one.at, at));
    if (dial >= 0) unnamed.splice(dial, 1);
    else {
      const call_id = callIdOf(order.id, nextNumber(known));
      known.add(call_id);
      lost.push({ call_id, channel: channelOf(order, 'twilio'), at, call_sid, found_at: 'twilio' });
    }
  }
  return lost;
}

function mayHaveCaused(dialed_at: string, began_at: string): boolean {
  const waited = Date.parse(began_at) - Date.parse(dialed_at);
  return waited >= -CLOCKS_DIFFER_MS && waited <= ARRIVES_IN_MS;
}

const nextNumber = (known: ReadonlySet<string>): number =>
  Math.max(0, ...[...known].map((id) => parseCallId(id)?.n ?? 0).filter((n) => !isInboundNumber(n))) + 1;

/** The first channel of the booking on which this provider can say whether a call was placed. */
function channelOf(order: BookingOrder, provider: Provider): PhoneChannel {
  const enabled = PHONE_CHANNELS.filter((channel) => policyOf(order, channel).enabled);
  const all = enabled.length > 0 ? enabled : PHONE_CHANNELS;
  return all.find((channel) => PHONE[channel].deniedBy.includes(provider)) ?? all[0]!;
}
