import { isBookingId, parseCallId } from '../domain/ids.ts';
import { readReport } from '../domain/report/read-report.ts';
import { remediesFor } from '../domain/report/remedies.ts';
import type { Report } from '../domain/result.ts';

/** The client tool by which an agent reports over its socket. */
export const REPORT_TOOL = 'report_result';

/** What the agent hears when its report was taken. */
export function acceptedAnswer(report: Report): string {
  const unclear = remediesFor(report);
  return JSON.stringify({ accepted: true, ...(unclear.length > 0 ? { unclear } : {}) });
}

export type SocketReport = { ok: true; report: Report } | { ok: false; message: string };

const notThisCall = (field: string, what: string): SocketReport => ({
  ok: false,
  message: `${field}: is not the ${what} of this call; use the one you were given`,
});

/**
 * Reads what the agent of one call reports. The ids may be left out or be no ids, since the socket is the call's own; if given they
 * must be this call's. The message of a refusal names the field and is meant for the agent.
 */
export function readSocketReport(callId: string, input: unknown): SocketReport {
  const reading = readReport(input);
  if (!reading.ok) return { ok: false, message: `${reading.field}: ${reading.remedy}` };
  const { report, ids } = reading;
  // A wish not to be called is heard from whoever says it.
  if (report.result === 'do_not_call') return { ok: true, report };
  const { call_id = callId, booking_id } = ids;
  if (call_id !== callId) return notThisCall('call_id', 'id');
  if (isBookingId(booking_id) && booking_id !== parseCallId(callId)?.bookingId) {
    return notThisCall('booking_id', 'booking');
  }
  return { ok: true, report };
}
