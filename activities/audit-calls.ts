import type { DialOnRecord } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import type { CallSnapshot } from '../providers/interface.ts';
import type { AuditedBooking, DialTo } from '../records/ports/look.ts';
import { type ActivityDependencies, unlessCancelled } from './dependencies.ts';
import { CLOCKS_DIFFER_MS } from './find-leg.ts';

/** A call to the booking's number that does not belong to another booking. */
export interface CallOfBooking {
  call: CallSnapshot;
  /** The attempt that it is recorded for. */
  call_id: string | undefined;
  /** For a call recorded for no attempt: the attempt whose dial must have caused it. */
  guessed: string | undefined;
}

/** A call begins when its request arrives. A call that began later than this after a dial has another cause. */
const ARRIVES_IN_MS = 600_000;

/**
 * Finds the dial behind a call that is recorded for no attempt. Candidates are the dials to the number shortly before the call. Dials
 * without a call come first (their answer was lost, or is not written yet); among those, the latest wins. Undefined: we did not dial before
 * the call.
 */
export function dialBehind(call: CallSnapshot, dials: readonly DialTo[]): DialTo | undefined {
  const began = Date.parse(call.created_at);
  const before = dials.filter(({ at }) => {
    const dialed = Date.parse(at);
    return dialed <= began + CLOCKS_DIFFER_MS && dialed >= began - ARRIVES_IN_MS;
  });
  return before.findLast(({ named }) => !named) ?? before.at(-1);
}

/**
 * Twilio's calls to the booking's number since its first dial, without the calls of other bookings.
 * @throws ProviderUnreachable
 */
export async function callsSince(
  { twilio, records, phoneHash, accounts }: ActivityDependencies,
  { order, final_at }: AuditedBooking,
  own: readonly DialOnRecord[],
): Promise<CallOfBooking[]> {
  if (!twilio) return [];
  const { phone } = order.business;
  const first = own[0]?.at ?? order.created_at;
  const since = iso(Date.parse(first) - CLOCKS_DIFFER_MS);
  const found = new Map<string, CallSnapshot>();
  for (const caller of new Set([accounts.caller ?? undefined, ...own.map((dial) => dial.caller)])) {
    for (const call of await unlessCancelled(twilio.callsTo(phone, since, caller))) found.set(call.call_sid, call);
  }
  const owners = await records.ownersOf([...found.keys()]);
  const dials = await records.dialsTo({ phone_hash: phoneHash(phone), booking_id: order.id, since });
  return [...found.values()].flatMap((call): CallOfBooking[] => {
    const call_id = owners.get(call.call_sid);
    if (call_id !== undefined) {
      return parseCallId(call_id)?.bookingId === order.id ? [{ call, call_id, guessed: undefined }] : [];
    }
    const dial = dialBehind(call, dials);
    // The dial already has a call, so another system may have placed this one on the same number: report it, but neither count nor end it.
    if (dial)
      return dial.booking_id === order.id
        ? [{ call, call_id: undefined, guessed: dial.named ? undefined : dial.call_id }]
        : [];
    // Without any recorded dial, the record of this booking's dial may be missing. Otherwise the call is unknown to us, and not ours to
    // judge.
    const inItsTime = own.length === 0 && call.created_at < final_at;
    return inItsTime ? [{ call, call_id: undefined, guessed: undefined }] : [];
  });
}
