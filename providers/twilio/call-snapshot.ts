import { CALL_STATUSES, type CallStatus } from '../../domain/evidence.ts';
import type { CallSnapshot } from '../interface.ts';

/** The used parts of the SDK's call. Dates are Date objects, or the raw text if it was unreadable. */
interface CallResource {
  sid: string;
  status: string;
  to: string;
  from: string;
  dateCreated?: unknown;
  startTime?: unknown;
  endTime?: unknown;
  duration?: string | null;
  answeredBy?: string | null;
}

export const isCallStatus = (status: unknown): status is CallStatus =>
  typeof status === 'string' && (CALL_STATUSES as readonly string[]).includes(status);

function isoOf(date: unknown): string | undefined {
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}

/** Twilio's call resource; undefined for an unknown status. `createdAt` replaces an unreadable creation date. */
export function callSnapshot(call: CallResource, createdAt: string): CallSnapshot | undefined {
  if (typeof call.sid !== 'string' || !isCallStatus(call.status)) return undefined;
  const seconds = call.duration ? Number(call.duration) : Number.NaN;
  return {
    call_sid: call.sid,
    status: call.status,
    to: call.to,
    from: call.from,
    created_at: isoOf(call.dateCreated) ?? isoOf(call.startTime) ?? createdAt,
    ended_at: isoOf(call.endTime),
    duration_seconds: Number.isFinite(seconds) ? seconds : undefined,
    answered_by: call.answeredBy || undefined,
  };
}
