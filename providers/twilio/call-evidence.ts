import type { CallStatusEvidence } from '../../domain/evidence.ts';
import { isTerminal } from '../../domain/leg.ts';
import type { CallSnapshot } from '../interface.ts';

/**
 * Evidence on the attempt `callId` from Twilio's call resource.
 * @param now time of the request, ISO 8601
 */
export function callEvidence(call: CallSnapshot, callId: string, now: string): CallStatusEvidence {
  const { call_sid, status, answered_by } = call;
  const ended = isTerminal(status);
  return {
    kind: 'call_status',
    source: 'poll',
    id: `poll:${call_sid}:${status}`,
    call_id: callId,
    call_sid,
    at: (ended ? call.ended_at : undefined) ?? now,
    status,
    answered_by,
    duration_seconds: ended ? call.duration_seconds : undefined,
  };
}
