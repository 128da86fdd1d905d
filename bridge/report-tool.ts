import { parseCallId } from '../domain/ids.ts';
import { bookingNamed, readReport } from '../domain/report/read-report.ts';
import { remediesFor } from '../domain/report/remedies.ts';
import type { Report } from '../domain/result.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';

/** Answer to the agent after an accepted report. */
export function acceptedAnswer(report: Report): string {
  const unclear = remediesFor(report);
  return JSON.stringify({ accepted: true, ...(unclear.length > 0 ? { unclear } : {}) });
}

/** `another`: the call that all ids of the report name, when it is not this one. The model most likely invented it. */
type SocketReport = { ok: true; report: Report; another?: string } | { ok: false; message: string };

/**
 * Reads the report of an agent in one call. The ids may be missing, malformed or invented: the socket identifies the call. The message of a
 * refusal names the field and is written for the agent.
 */
export function readSocketReport(callId: string, input: unknown): SocketReport {
  const reading = readReport(input);
  if (!reading.ok) return { ok: false, message: `${reading.field}: ${reading.remedy}` };
  const { report, ids } = reading;
  // A request not to be called counts, whichever ids come with it.
  const isThis = report.result === 'do_not_call' || ids.call_id === undefined || ids.call_id === callId;
  if (isThis || bookingNamed(ids) === undefined) return { ok: true, report };
  return { ok: true, report, another: ids.call_id! };
}

/** True when such a call is stored. While the records do not answer: false, so that the report counts for this call. */
export async function isOnRecord(records: Pick<BookingRecords, 'booking'>, callId: string): Promise<boolean> {
  try {
    const booking = await records.booking(parseCallId(callId)!.bookingId);
    return booking?.view.attempts.some(({ call_id }) => call_id === callId) ?? false;
  } catch {
    return false;
  }
}

/** Answer to the agent for a report about another call. */
export const ANOTHER_CALL = 'call_id: is the id of another call; use the one you were given';
