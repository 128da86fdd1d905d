import type { CallStatusEvidence } from '../../domain/evidence.ts';
import { isCallStatus } from '../twilio/call-snapshot.ts';
import { field, type TwilioForm } from './twilio-signature.ts';

const CALL_SID = /^CA[0-9a-zA-Z]{8,64}$/;

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

/**
 * A genuine status callback as evidence on the attempt that its URL names; undefined when it lacks the call or a known status.
 * `CallDuration` is in seconds (`Duration` is in billed minutes). Asynchronous answering-machine detection uses the same URL, without a
 * `CallStatus`: its verdict is about an answered call.
 */
export function twilioStatusToEvidence(form: TwilioForm, callId: string, now: Date): CallStatusEvidence | undefined {
  const callSid = field(form, 'CallSid');
  if (callSid === undefined || !CALL_SID.test(callSid)) return undefined;
  const answeredBy = field(form, 'AnsweredBy');
  const timestamp = Date.parse(field(form, 'Timestamp') ?? '');
  const common = {
    kind: 'call_status' as const,
    source: 'callback' as const,
    call_id: callId,
    call_sid: callSid,
    at: (Number.isNaN(timestamp) ? now : new Date(timestamp)).toISOString(),
    answered_by: answeredBy,
  };
  const status = field(form, 'CallStatus');
  if (status === undefined && answeredBy !== undefined) {
    return { ...common, id: `amd:${callSid}:${answeredBy}`, status: 'in-progress' };
  }
  if (!isCallStatus(status)) return undefined;
  // Twilio repeats a callback with the same SequenceNumber.
  const sequence = count(field(form, 'SequenceNumber'));
  return {
    ...common,
    id: `callback:${callSid}:${sequence === undefined ? '' : `${sequence}:`}${status}`,
    status,
    duration_seconds: count(field(form, 'CallDuration')),
    sip_code: count(field(form, 'SipResponseCode')),
  };
}
