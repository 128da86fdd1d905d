import { parseCallId } from '../domain/ids.ts';
import { bookingNamed, readReport } from '../domain/report/read-report.ts';
import { remediesFor } from '../domain/report/remedies.ts';
import type { Report } from '../domain/result.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';

/** The client tool by which an agent reports over its socket. */
export const REPORT_TOOL = 'report_result';

/** What the agent hears when its report was taken. */
export function acceptedAnswer(report: Report): string {
  const unclear = remediesFor(report);
  return JSON.stringify({ accepted: true, ...(unclear.length > 0 ? { unclear } : {}) });
}

/** `another`: the call that its ids name with one voice, which is not this one; made up, most likely. */
type SocketReport = { ok: true; report: Report; another?: string } | { ok: false; message: string };

/**
 * Reads what the agent of one call reports. The ids may be left out, be no ids, or made up: the socket tells whose it is. The message of a
 * refusal names the field and is meant for the agent.
 */
export function readSocketReport(callId: string, input: unknown): SocketReport {
  const reading = readReport(input);
  if (!reading.ok) return { ok: false, message: `${reading.field}: ${reading.remedy}` };
  const { report, ids } = reading;
  // A wish not to be called is heard from whoever says it.
  const isThis = report.result === 'do_not_call' || ids.call_id === undefined || ids.call_id === callId;
  if (isThis || bookingNamed(ids) === undefined) return { ok: true, report };
  return { ok: true, report, another: ids.call_id! };
}

/** Whether there is such a call on record. While the records cannot be asked, there is none: what is reported here is this call's. */
export async function isOnRecord(records: Pick<BookingRecords, 'booking'>, callId: string): Promise<boolean> {
  try {
    const booking = await records.booking(parseCallId(callId)!.bookingId);
    return booking?.view.attempts.some(({ call_id }) => call_id === callId) ?? false;
  } catch {
    return false;
  }
}

/** What the agent hears of a report that is another call's. */
export const ANOTHER_CALL = 'call_id: is the id of another call; use the one you were given';
