import { PHONE } from '../domain/channels.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import { isTerminal } from '../domain/leg.ts';
import type { SpanFacts } from './span.ts';
import { callSpans, type TimedTurn } from './story.ts';

/** The records of a call of the business after the outcome. */
export interface RecordedFollowUp {
  bookingId: string;
  followUp: FollowUp;
  /** Of this call. */
  evidence: readonly Evidence[];
  turns: readonly TimedTurn[];
  /** When it was found to be over, ms since 1970. */
  over: number;
}

/** The end of the call; a later news of the same end counts no more. */
function endOf(evidence: readonly Evidence[]): { at: number; status: string } | undefined {
  const ends = evidence.flatMap((one) =>
    one.kind === 'call_status' && isTerminal(one.status) ? [{ at: Date.parse(one.at), status: one.status }] : [],
  );
  return ends.toSorted((a, b) => a.at - b.at)[0];
}

/** The spans of a call of the business after its booking's outcome: it rang here, and talked. Its report, messages and streams have their own. */
export function storyOfFollowUp({ bookingId, followUp, evidence, turns, over }: RecordedFollowUp): SpanFacts[] {
  const { call_id, at } = followUp;
  const inbound = evidence.find((one) => one.kind === 'inbound');
  const end = endOf(evidence);
  return callSpans({
    bookingId,
    call_id,
    from: Date.parse(at),
    end: end?.at ?? over,
    evidence,
    turns,
    rings: true,
    // Where the provider carries the audio, its agent answers by itself.
    answered: inbound && PHONE[inbound.channel].media === 'provider' ? Date.parse(inbound.at) : undefined,
    attributes: {
      'vocero.call.direction': 'inbound',
      'vocero.call.after_outcome': true,
      'vocero.call.status': end?.status ?? 'unknown',
      'vocero.result': followUp.report?.result ?? 'none',
      ...(inbound && { 'vocero.channel': inbound.channel }),
    },
  });
}
