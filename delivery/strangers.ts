import { iso } from '../domain/iso.ts';
import type { Report } from '../domain/result.ts';
import type { DeliveryDependencies } from './dependencies.ts';

type Deps = Pick<DeliveryDependencies, 'records' | 'now'>;

/**
 * Takes the report of a talk with a caller whom no booking rang. Its number is entered in the do-not-call list if it asked for that, once for
 * each call: an operator's removal stays. False: this is no such talk.
 */
export async function heardOfStranger(
  { records, now }: Deps,
  callId: string | undefined,
  report: Report | undefined,
): Promise<boolean> {
  const stranger = callId === undefined ? undefined : await records.strangerOf(callId);
  if (!stranger) return false;
  const { call_sid, phone_hash, phone_masked } = stranger;
  if (report?.result === 'do_not_call')
    await records.forbidNumber({ call_id: call_sid, phone_hash, phone_masked, booking_id: '', at: iso(now()) });
  return true;
}
