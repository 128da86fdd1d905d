import type { Evidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import type { PostCall } from '../providers/webhooks/index.ts';
import { keepRecording } from '../records/keep-recording.ts';
import { UnknownBooking } from '../records/unknown-booking.ts';
import type { Context } from './context.ts';
import { type Delivered, deliver } from './deliver.ts';

type Told = Extract<PostCall, { evidence: unknown }>;
type Answer = Delivered | 'kept' | 'recorded' | 'ignored' | 'erased';

const fileName = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 120);

const idsOf = (event: PostCall) =>
  event.type === 'transcription'
    ? { conversation_id: event.conversation.conversation_id, call_sid: event.conversation.call_sid }
    : { conversation_id: event.conversation_id, call_sid: 'call_sid' in event ? event.call_sid : undefined };

/** It speaks of a booking that was erased: nothing of it is to be stored. */
async function isErased(event: PostCall, { records }: Context): Promise<boolean> {
  const named = event.type === 'transcription' ? parseCallId(event.call_id)?.bookingId : undefined;
  const attempt = await records.findAttempt(idsOf(event));
  return records.isErased({ booking_id: named ?? parseCallId(attempt)?.bookingId, ...idsOf(event) });
}

/** The attempt that a webhook speaks of: as the payload names it, else as the providers' ids tell. */
async function attemptOf(event: PostCall, { records }: Context): Promise<string | undefined> {
  const named = event.type === 'transcription' ? parseCallId(event.call_id) : undefined;
  if (named && event.type === 'transcription' && (await records.booking(named.bookingId))) return event.call_id;
  return records.findAttempt(idsOf(event));
}

/** Not (yet) an attempt's: it may belong to a dial whose answer is lost, and is kept for its reconciliation. */
async function keep(event: Told, { records }: Context): Promise<Answer> {
  const { conversation_id, call_sid } = idsOf(event);
  await records.addUnclaimed({
    ...(call_sid ? { call_sid } : {}),
    ...(conversation_id ? { conversation_id } : {}),
    ...(event.type === 'initiation_failure' && event.phone ? { phone: event.phone } : {}),
    at: event.evidence.at,
    evidence: event.evidence,
  });
  return 'kept';
}

async function tell(event: Told, callId: string, body: Buffer, context: Context): Promise<Answer> {
  const { records, artifacts } = context;
  const evidence = { ...event.evidence, call_id: callId } as Evidence;
  const artifact = `webhooks/${callId}/${fileName(evidence.id)}.json`;
  await artifacts.put(artifact, body);
  try {
    await records.addEvidence(evidence, artifact);
  } catch (error) {
    // Erased in this very moment: what has just been written must not stay behind.
    if (error instanceof UnknownBooking) await artifacts.remove(artifact);
    throw error;
  }
  await records.linkAttempt(callId, idsOf(event));
  if (event.type === 'transcription' && event.conversation.turns.length > 0) {
    await records.putTranscript(callId, event.conversation.turns, 'conversation');
  }
  return deliver(context, 'postCall', evidence);
}

/** Our own recording of a bridged call has both sides apart; the provider's mixed one does not replace it. */
async function record(event: Extract<PostCall, { type: 'audio' }>, callId: string, context: Context): Promise<Answer> {
  const { records } = context;
  const known = await records.recording(parseCallId(callId)!.bookingId);
  if (known?.call_id === callId) return 'recorded';
  const path = `recordings/${callId}/conversation.mp3`;
  await keepRecording(context, { call_id: callId, path, content_type: event.content_type, content: event.audio });
  return 'recorded';
}

/**
 * Takes one genuine post-call webhook: what it brings is stored, and what it says is told to the workflow of its attempt, which is returned where it is known.
 * Throws `Unavailable` when that cannot be told now, so that the provider repeats it.
 */
export async function takePostCall(
  event: PostCall,
  body: Buffer,
  context: Context,
): Promise<{ answer: Answer; call_id?: string | undefined }> {
  if (event.type === 'other') {
    // A name as they give them: anything else that stands there may be anybody's words.
    const name = /^[a-z_]{1,60}$/.test(event.name) ? event.name : 'no name';
    context.log.warn({ name }, 'a post-call webhook of a type that is not understood');
    return { answer: 'ignored' };
  }
  if (await isErased(event, context)) return { answer: 'erased' };
  const call_id = await attemptOf(event, context);
  if (event.type === 'audio') return { answer: call_id ? await record(event, call_id, context) : 'ignored', call_id };
  return { answer: await (call_id ? tell(event, call_id, body, context) : keep(event, context)), call_id };
}
