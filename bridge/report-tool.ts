import { parseCallId } from '../domain/ids.ts';
import type { Report } from '../domain/result.ts';
import { reportOf, reportRequestSchema } from '../domain/schemas/report.ts';

/** The client tool by which an agent reports over its socket. */
export const REPORT_TOOL = 'report_result';

export const ACCEPTED = JSON.stringify({ accepted: true });

export type ReportReading = { ok: true; report: Report } | { ok: false; message: string };

/**
 * Reads what the agent of one call reports. The ids may be left out, since the socket is the call's own; if given they
 * must be this call's. The message of a refusal names the field and is meant for the agent.
 */
export function readReport(callId: string, input: unknown): ReportReading {
  const bookingId = parseCallId(callId)?.bookingId;
  const given = typeof input === 'object' && input !== null ? input : {};
  const parsed = reportRequestSchema.safeParse({ call_id: callId, booking_id: bookingId, ...given });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, message: `${issue?.path.join('.') || 'parameters'}: ${issue?.message ?? 'invalid'}` };
  }
  if (parsed.data.call_id !== callId) {
    return { ok: false, message: 'call_id: is not the id of this call; use the one you were given' };
  }
  if (parsed.data.booking_id !== bookingId) {
    return { ok: false, message: 'booking_id: is not the booking of this call; use the one you were given' };
  }
  return { ok: true, report: reportOf(parsed.data) };
}
