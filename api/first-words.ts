import { answeredAt, firstWordsSeconds } from '../domain/first-words.ts';
import { parseCallId } from '../domain/ids.ts';
import type { PostCall } from '../providers/webhooks/index.ts';
import type { Context } from './context.ts';

/** Measures how soon a registered call's agent spoke after the answer, from the provider's record of the talk. Only for metrics. */
export async function measureFirstWords(event: PostCall, callId: string, context: Context): Promise<void> {
  const booking = parseCallId(callId)?.bookingId;
  if (event.type !== 'transcription' || booking === undefined) return;
  const evidence = (await context.records.evidence(booking)).filter(({ call_id }) => call_id === callId);
  const media = evidence.findLast((one) => one.kind === 'media');
  if (media?.kind !== 'media' || media.media !== 'provider') return;
  const seconds = firstWordsSeconds(answeredAt(evidence), event.conversation);
  if (seconds !== undefined) context.metrics.firstWords.observe({ media: 'provider' }, seconds);
}
