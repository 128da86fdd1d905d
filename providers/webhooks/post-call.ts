import { z } from 'zod';
import type { CallStatus, CallStatusEvidence, ConversationEvidence } from '../../domain/evidence.ts';
import { isTerminal } from '../../domain/leg.ts';
import { conversationSnapshot } from '../elevenlabs/conversation-snapshot.ts';
import type { ConversationSnapshot } from '../interface.ts';
import { isCallStatus } from '../twilio/call-snapshot.ts';
import { isMachineDetection, type MachineDetection, readMachineDetection } from './machine-detection.ts';

type Unclaimed<E> = Omit<E, 'call_id'>;

/**
 * Content of a genuine post-call webhook. `call_id` and `booking_id` are set where the payload names them. Otherwise (initiation failures,
 * audio) `conversation_id` or `call_sid` identifies the attempt.
 */
export type PostCall =
  | {
      type: 'transcription';
      conversation: ConversationSnapshot;
      call_id?: string | undefined;
      booking_id?: string | undefined;
      evidence: Unclaimed<ConversationEvidence>;
    }
  | { type: 'audio'; conversation_id: string; audio: Buffer; content_type: 'audio/mpeg' }
  | {
      type: 'initiation_failure';
      conversation_id?: string | undefined;
      call_sid?: string | undefined;
      /** The dialed number, when the payload names it. */
      phone?: string | undefined;
      evidence: Unclaimed<CallStatusEvidence> | Unclaimed<ConversationEvidence>;
    }
  | MachineDetection
  /** An unknown type, or an unreadable body of a known type. */
  | { type: 'other'; name: string; conversation_id?: string | undefined };

const text = z.string().min(1).optional().catch(undefined);

const envelope = z.looseObject({
  type: z.string().min(1),
  event_timestamp: z.number().positive().optional().catch(undefined),
  data: z.looseObject({ conversation_id: text }),
});

const failureData = z.looseObject({
  failure_reason: text,
  metadata: z
    .looseObject({ body: z.record(z.string(), z.unknown()).catch({}).default({}) })
    .nullish()
    .catch(undefined),
});

/** `failure_reason` as Twilio's status and as a conversation's `call_result`. */
const REASONS: Record<string, { status: CallStatus; call_result: 'busy' | 'no_answer' | 'failed' }> = {
  busy: { status: 'busy', call_result: 'busy' },
  'no-answer': { status: 'no-answer', call_result: 'no_answer' },
  unknown: { status: 'failed', call_result: 'failed' },
};

const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

export function conversationEvidence(
  conversation: ConversationSnapshot,
  source: ConversationEvidence['source'],
  id: string,
  at: string,
): Unclaimed<ConversationEvidence> {
  return {
    kind: 'conversation',
    id,
    at,
    source,
    conversation_id: conversation.conversation_id,
    call_sid: conversation.call_sid,
    status: conversation.status,
    call_result: conversation.call_result,
    report: conversation.report,
    transcript: conversation.digest,
    ...(conversation.analysis && { analysis: conversation.analysis }),
    ...(conversation.on_hold && { on_hold: true }),
    duration_seconds: conversation.duration_seconds,
  };
}

/** The SIP answer, as Twilio's number, or as a SIP trunk's number or status line (`603 Decline`). */
function sipIn(body: Record<string, unknown>): number | undefined {
  const texts = [body.SipResponseCode, body.sip_status_code, body.sip_status].map(stringOf);
  const codes = texts.flatMap((text) => /^(?:SIP\/2\.0 )?([1-6]\d\d)\b/i.exec(text ?? '')?.[1] ?? []);
  return codes[0] === undefined ? undefined : Number(codes[0]);
}

function initiationFailure(
  data: unknown,
  conversationId: string | undefined,
  stamp: string,
  at: string,
): PostCall | undefined {
  const parsed = failureData.safeParse(data);
  const body = parsed.data?.metadata?.body ?? {};
  const reason = REASONS[parsed.data?.failure_reason ?? 'unknown'] ?? REASONS.unknown!;
  const callSid = stringOf(body.CallSid) ?? stringOf(body.call_sid);
  const name = conversationId ?? callSid;
  if (name === undefined) return undefined;
  const sip = sipIn(body);
  const twilioStatus = stringOf(body.CallStatus);
  const status = isCallStatus(twilioStatus) && isTerminal(twilioStatus) ? twilioStatus : reason.status;
  const named = { type: 'initiation_failure' as const, conversation_id: conversationId, call_sid: callSid };
  const phone = stringOf(body.To) ?? stringOf(body.to_number);
  const id = `initiation_failure:${name}:${stamp}`;
  if (callSid === undefined) {
    // Without a CallSid it is about the conversation only.
    const failed = { kind: 'conversation' as const, source: 'post_call' as const, status: 'failed' as const };
    const evidence = { ...failed, id, at, conversation_id: name, call_result: reason.call_result };
    return { ...named, phone, evidence };
  }
  const evidence: Unclaimed<CallStatusEvidence> = {
    kind: 'call_status',
    source: 'initiation_failure',
    id,
    at,
    call_sid: callSid,
    status,
    sip_code: sip,
  };
  return { ...named, phone, evidence };
}

/**
 * Parses the body of a post-call webhook, after its signature was checked; undefined: not a webhook body. Repeats are identical, so `(type,
 * conversation_id, event_timestamp)` identifies the event.
 */
export function postCallToEvidence(body: unknown, now: Date): PostCall | undefined {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return undefined;
  const { type, event_timestamp, data } = parsed.data;
  const at = (event_timestamp === undefined ? now : new Date(event_timestamp * 1000)).toISOString();
  const stamp = event_timestamp === undefined ? 'undated' : String(event_timestamp);
  const other: PostCall = { type: 'other', name: type, conversation_id: data.conversation_id };
  switch (type) {
    case 'post_call_transcription': {
      const conversation = conversationSnapshot(data, 'done');
      if (!conversation) return other;
      const id = `post_call:${conversation.conversation_id}:${stamp}`;
      const evidence = conversationEvidence(conversation, 'post_call', id, at);
      return {
        type: 'transcription',
        conversation,
        call_id: conversation.call_id,
        booking_id: conversation.booking_id,
        evidence,
      };
    }
    case 'post_call_audio': {
      const audio = typeof data.full_audio === 'string' ? Buffer.from(data.full_audio, 'base64') : Buffer.alloc(0);
      if (data.conversation_id === undefined || audio.length === 0) return other;
      return { type: 'audio', conversation_id: data.conversation_id, audio, content_type: 'audio/mpeg' };
    }
    case 'call_initiation_failure':
      return initiationFailure(data, data.conversation_id, stamp, at) ?? other;
    default:
      if (!isMachineDetection(type)) return other;
      return readMachineDetection(data, data.conversation_id, stamp, at) ?? other;
  }
}
