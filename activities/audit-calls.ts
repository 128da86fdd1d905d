import type { DialOnRecord } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import type { CallSnapshot } from '../providers/interface.ts';
import type { AuditedBooking, DialTo } from '../records/ports/look.ts';
import { type ActivityDependencies, unlessCancelled } from './dependencies.ts';
import { CLOCKS_DIFFER_MS } from './find-leg.ts';

/** A call to the booking's number that is no other booking's. */
export interface CallOfBooking {
  call: CallSnapshot;
  /** The attempt that it is on record for. */
  call_id: string | undefined;
  /** On record for none: the dial of this booking that it must have come of. */
  guessed: string | undefined;
}

/** A call begins when its request arrives; one that began later after a dial came of something else. */
const ARRIVES_IN_MS = 600_000;

/**
 * Whose call it is that is on record for nobody: of the dials to the number that were shortly before it, those without a call come first
 * (the answer was lost, or is not written yet), of these the latest. Undefined: no dial of ours was before it.
 */
export function dialBehind(call: CallSnapshot, dials: readonly DialTo[]): DialTo | undefined {
  const began = Date.parse(call.created_at);
  const before = dials.filter(({ at }) => {
    const dialed = Date.parse(at);
    return dialed <= began + CLOCKS_DIFFER_MS && dialed >= began - ARRIVES_IN_MS;
  });
  return before.findLast(({ named }) => !named) ?? before.at(-1);
}

/** Twilio's calls to the booking's number since its first dial, but for those of other bookings. Throws ProviderUnreachable. */
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
    // One whose dial has its own call already may be another system's on the same number: told of, but neither taken for ours nor ended.
    if (dial)
      return dial.booking_id === order.id
        ? [{ call, call_id: undefined, guessed: dial.named ? undefined : dial.call_id }]
        : [];
    // Without any dial on record its own may be missing there. Otherwise it is a call that we know nothing of, and not ours to judge.
    const inItsTime = own.length === 0 && call.created_at < final_at;
    return inItsTime ? [{ call, call_id: undefined, guessed: undefined }] : [];
  });
}
