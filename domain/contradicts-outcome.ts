import { PHONE } from './channels.ts';
import type { Evidence } from './evidence.ts';
import type { AttemptStatus, BookingView } from './view.ts';

const UNANSWERED: readonly AttemptStatus[] = ['busy', 'no_answer', 'failed', 'canceled'];

/** True for evidence that a person or a machine answered. */
function tellsOfAnAnswer(evidence: Evidence): boolean {
  switch (evidence.kind) {
    case 'call_status':
      // An end alone is no proof: Twilio has sent a second, false one.
      return evidence.status === 'in-progress';
    case 'bridge':
      return evidence.event === 'stream_started' || evidence.event === 'silent';
    case 'report':
    case 'media':
      return true;
    case 'inbound':
      // Where our bridge carries the audio, the caller may have hung up before an agent was joined.
      return PHONE[evidence.channel].media === 'provider';
    case 'conversation':
      return evidence.call_result === 'answered' || (evidence.transcript?.business_turns ?? 0) > 0;
  }
}

/** True for evidence that a call exists at all. */
const tellsOfACall = (evidence: Evidence): boolean =>
  evidence.kind !== 'call_status' || !['queued', 'initiated'].includes(evidence.status);

/**
 * True when late evidence contradicts the outcome: it shows an answered call where the outcome relied on proof that nobody answered, or a
 * call where it relied on proof that no call was placed. Then an assumption about a provider was wrong, and somebody may have been called
 * twice. An outcome `needs_review` already said that it did not know.
 */
export function contradictsOutcome(view: Pick<BookingView, 'attempts' | 'outcome'>, evidence: Evidence): boolean {
  if (view.outcome === null || view.outcome.result === 'needs_review') return false;
  const attempt = view.attempts.find(({ call_id }) => call_id === evidence.call_id);
  if (attempt?.channel === 'simulation') return false;
  const unplaced = !attempt || (attempt.status === 'failed' && attempt.ended_at === null);
  if (unplaced) return tellsOfACall(evidence);
  return UNANSWERED.includes(attempt.status) && tellsOfAnAnswer(evidence);
}
