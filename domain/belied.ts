import type { Evidence } from './evidence.ts';
import type { AttemptStatus, BookingView } from './view.ts';

const UNANSWERED: readonly AttemptStatus[] = ['busy', 'no_answer', 'failed', 'canceled'];

/** Word that somebody, or something, picked up. */
function tellsOfAnAnswer(evidence: Evidence): boolean {
  switch (evidence.kind) {
    case 'call_status':
      // An end alone is no proof: Twilio has been seen to send a second, false one.
      return evidence.status === 'in-progress';
    case 'bridge':
      return evidence.event === 'stream_started' || evidence.event === 'silent';
    case 'report':
    case 'media':
      return true;
    case 'conversation':
      return evidence.call_result === 'answered' || (evidence.transcript?.business_turns ?? 0) > 0;
  }
}

/** Word that there is a call at all. */
const tellsOfACall = (evidence: Evidence): boolean =>
  evidence.kind !== 'call_status' || !['queued', 'initiated'].includes(evidence.status);

/**
 * Whether evidence that came after the outcome tells of an answered call where the booking went by the proof that nobody
 * picked up, or of a call where it went by the proof that none was placed: an assumption about a provider did not hold, and
 * somebody may have been rung twice. An outcome of `needs_review` said already that it did not know.
 */
export function isBelied(view: Pick<BookingView, 'attempts' | 'outcome'>, evidence: Evidence): boolean {
  if (view.outcome === null || view.outcome.result === 'needs_review') return false;
  const attempt = view.attempts.find(({ call_id }) => call_id === evidence.call_id);
  if (attempt?.channel === 'simulation') return false;
  const unplaced = !attempt || (attempt.status === 'failed' && attempt.ended_at === null);
  if (unplaced) return tellsOfACall(evidence);
  return UNANSWERED.includes(attempt.status) && tellsOfAnAnswer(evidence);
}
