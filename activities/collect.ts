import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isFinalRecord } from '../domain/conversation.ts';
import type { ElevenLabsAgents } from '../providers/interface.ts';
import { keepRecording } from '../records/keep-recording.ts';
import { actsFor } from './belonging.ts';
import { type ActivityDependencies, clockOf, unlessCancelled } from './dependencies.ts';
import type { CollectInput } from './interface.ts';
import { talkOf } from './talk-of-call.ts';

/** The stored parts of a talk. */
export interface Collected {
  transcript: boolean;
  recording: boolean;
}

/** Delays of 1 s, 2 s, 4 s … 30 s between attempts. The workflow bounds their number. */
const delayOf = (attempt: number): number => Math.min(1_000 * 2 ** Math.min(attempt - 1, 5), 30_000);

async function keepAudio(
  stores: Pick<ActivityDependencies, 'records' | 'artifacts'>,
  elevenlabs: ElevenLabsAgents,
  callId: string,
  conversationId: string,
): Promise<boolean> {
  const audio = await unlessCancelled(elevenlabs.conversationAudio(conversationId));
  if (!audio) return false;
  const path = `recordings/${callId}/conversation.${audio.content_type === 'audio/mpeg' ? 'mp3' : 'audio'}`;
  await keepRecording(stores, { call_id: callId, path, ...audio });
  return true;
}

/**
 * Stores transcript and recording of one attempt, except those that the bridge stored itself. If they do not exist yet, it fails and is
 * retried. For a failed or unknown conversation there is nothing to wait for.
 */
export async function collect(deps: ActivityDependencies, input: CollectInput): Promise<Collected> {
  const { records, elevenlabs } = deps;
  const { call_id, booking_id } = input;
  const kept = await records.recording(booking_id, call_id);
  let recording = kept !== undefined;
  let transcript = false;
  let settled = true;
  if (elevenlabs && actsFor(deps, input.belongs)) {
    const conversation = await unlessCancelled(talkOf(elevenlabs, input, clockOf(deps).now()));
    const over = isFinalRecord(conversation?.status);
    if (conversation && over && conversation.turns.length > 0) {
      await records.putTranscript(call_id, conversation.turns, 'conversation');
      transcript = true;
    }
    if (!recording && conversation)
      recording = await keepAudio(deps, elevenlabs, call_id, conversation.conversation_id);
    const awaited = conversation ? conversation.status !== 'failed' : input.conversation_id !== undefined;
    settled = !awaited || (over && recording);
  }
  transcript ||= (await records.turnsOf(call_id)).length > 0;
  if (settled || (transcript && recording)) return { transcript, recording };
  throw ApplicationFailure.create({
    type: 'NotYet',
    message: `Not there yet:${transcript ? '' : ' transcript'}${recording ? '' : ' recording'}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: delayOf(activityInfo().attempt),
    details: [{ transcript, recording }],
  });
}
