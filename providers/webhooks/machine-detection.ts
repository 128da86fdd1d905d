import type { CallStatusEvidence, ConversationEvidence } from '../../domain/evidence.ts';

type Unclaimed<E> = Omit<E, 'call_id'>;

export interface MachineDetection {
  type: 'machine_detection';
  conversation_id?: string | undefined;
  call_sid?: string | undefined;
  evidence: Unclaimed<CallStatusEvidence> | Unclaimed<ConversationEvidence>;
}

/** Names of the event: that of the setting, and the spellings that its siblings suggest. */
const EVENT = /^(?:post_call_)?(?:twilio_)?(?:answering_)?machine_detection(?:_\w+)?$/;
/** Twilio's words, which ElevenLabs passes on: twilio.com/docs/voice/answering-machine-detection. */
const VERDICT = /^(?:human|fax|unknown|machine_(?:start|end_(?:beep|silence|other)))$/;
const CALL_SID = /^CA[0-9a-zA-Z]{8,64}$/;
/** Said of the words of a verdict that is about the callee and not about a machine's greeting. */
const MACHINE = /^(?:machine_start|machine_end_(?:beep|silence)|fax)$/;
const CONVERSATION = /^conv_[\x21-\x7e]{1,200}$/;
/** Fields that may hold the verdict. In others, "unknown" and "human" may mean anything. */
const VERDICT_FIELD = /answered_?by|verdict|result|detection|amd|status/i;
/** Objects inside objects that are searched. */
const MAX_DEPTH = 4;

/** All texts of a payload with their fields: its shape is not documented. */
function textsIn(value: unknown, field = '', depth = 0): { field: string; text: string }[] {
  if (typeof value === 'string') return [{ field, text: value.trim() }];
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, name, depth + 1));
}

export const isMachineDetection = (type: string): boolean => EVENT.test(type);

/**
 * Reads ElevenLabs' webhook with the carrier's verdict on who answered a native call. undefined: it has no verdict, or names no call. A
 * verdict `unknown` or `machine_end_other` only says that the call was answered.
 */
export function readMachineDetection(
  data: unknown,
  conversationId: string | undefined,
  stamp: string,
  at: string,
): MachineDetection | undefined {
  const texts = textsIn(data);
  const verdict = texts
    .filter(
      ({ field, text }) => VERDICT.test(text.toLowerCase()) && (VERDICT_FIELD.test(field) || /_|^fax$/i.test(text)),
    )
    .map(({ text }) => text.toLowerCase())[0];
  const callSid = texts.find(({ text }) => CALL_SID.test(text))?.text;
  const conversation_id = conversationId ?? texts.find(({ text }) => CONVERSATION.test(text))?.text;
  const name = callSid ?? conversation_id;
  if (verdict === undefined || name === undefined) return undefined;
  const named = { type: 'machine_detection' as const, conversation_id, call_sid: callSid };
  const id = `amd:${name}:${verdict}:${stamp}`;
  if (callSid === undefined) {
    const call_result = MACHINE.test(verdict) ? 'voicemail' : 'answered';
    const about = { kind: 'conversation', source: 'post_call', status: 'in-progress' } as const;
    return { ...named, evidence: { ...about, id, at, conversation_id: name, call_result } };
  }
  const about = { kind: 'call_status', source: 'detection', status: 'in-progress' } as const;
  return { ...named, evidence: { ...about, id, at, call_sid: callSid, answered_by: verdict } };
}
