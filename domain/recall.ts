import { knownNumbers } from './admission.ts';
import type { Decision } from './decide.ts';
import type { DialOnRecord, Evidence } from './evidence.ts';
import { callIdOf, isInboundCall } from './ids.ts';
import { callsOf, isSimulating } from './leg.ts';
import type { Report } from './result.ts';
import type { BookingState, Call } from './state.ts';
import { isUnread } from './weigh-attempt.ts';

/**
 * Before a booking ends, or continues without a phone, the database is read for its dials and their evidence. The run may have been reset
 * to a point after which it dials no more (a cancel, a spent budget, a forbidden number): then no dial finds this out. And signals since
 * then may be lost.
 */
export const mustRecall = (state: BookingState, decision: Decision): boolean => {
  if (state.recalled === true || state.outcome !== null) return false;
  if (decision.is === 'final') return true;
  const simulates = decision.tasks.some((task) => task.do === 'simulate');
  return simulates && !isSimulating(state);
};

const isAmong = ({ input }: BookingState, numbers: readonly number[], callId: string): boolean =>
  numbers.some((n) => callIdOf(input.order.id, n) === callId);

/** Recorded dials that are absent, or never left, in the workflow's state. */
export const unknownTo = (state: BookingState, onRecord: readonly DialOnRecord[]): DialOnRecord[] =>
  onRecord.filter(({ call_id }) => !isAmong(state, knownNumbers(state), call_id));

/**
 * Recorded evidence that the workflow never received, or has forgotten: everything of a call that it did not know (`before`), and results
 * and transcripts of the others.
 */
export const neverTold = (before: BookingState, state: BookingState, onRecord: readonly Evidence[]): Evidence[] =>
  onRecord.filter((evidence) => {
    const attempt = callsOf(state).find((one) => one.call_id === evidence.call_id);
    if (attempt === undefined)
      return (
        isInboundCall(evidence.call_id) ||
        isAmong(
          state,
          state.put_off.map(({ n }) => n),
          evidence.call_id,
        )
      );
    const known = callsOf(before).find((one) => one.n === attempt.n);
    if (attempt.leg === 'unknown' && known?.leg !== 'unknown') return true;
    if (evidence.kind === 'report') return !attempt.reports.some(({ report }) => same(report, evidence.report));
    if (saysMore(evidence, attempt)) return true;
    if (evidence.kind === 'media') return attempt.media === undefined;
    return evidence.kind === 'conversation' && attempt.conversation_status === undefined && !attempt.found_report;
  });

/** True for a transcript that the workflow does not have, or has unread. */
function saysMore(evidence: Evidence, attempt: Call): boolean {
  const told = evidence.kind === 'conversation' || (evidence.kind === 'bridge' && evidence.event === 'talk_ended');
  if (!told || evidence.transcript === undefined) return false;
  return attempt.transcript === undefined || (isUnread(attempt) && evidence.transcript.talk !== undefined);
}

const same = (a: Report, b: Report): boolean => JSON.stringify(a) === JSON.stringify(b);
