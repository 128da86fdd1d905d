import { knownNumbers } from './admission.ts';
import type { Step } from './decide.ts';
import type { DialOnRecord, Evidence } from './evidence.ts';
import { callIdOf } from './ids.ts';
import { callsOf, isSimulating } from './leg.ts';
import type { Report } from './result.ts';
import type { BookingState, Call } from './state.ts';
import { isUnread } from './weigh-attempt.ts';

/**
 * Before a booking ends, or goes on without a phone, the database is asked which of its dials ever left and what came of them. The run
 * may have been set back to a point from which nothing is dialed any more (a cancel, a spent budget, a forbidden number): then no dial
 * finds out. And what was signaled to it since may be gone.
 */
export const mustRecall = (state: BookingState, step: Step): boolean => {
  if (state.recalled === true || state.outcome !== null) return false;
  if (step.is === 'final') return true;
  const simulates = step.tasks.some((task) => task.do === 'simulate');
  return simulates && !isSimulating(state);
};

const isAmong = ({ input }: BookingState, numbers: readonly number[], callId: string): boolean =>
  numbers.some((n) => callIdOf(input.order.id, n) === callId);

/** Dials on record of which the workflow believes that they do not exist, or never left. */
export const unknownTo = (state: BookingState, onRecord: readonly DialOnRecord[]): DialOnRecord[] =>
  onRecord.filter(({ call_id }) => !isAmong(state, knownNumbers(state), call_id));

/**
 * What is on record that the workflow was never told, or has forgotten: all of a call that it did not know of (`before`), and the
 * results and the words of the others.
 */
export const neverTold = (before: BookingState, state: BookingState, onRecord: readonly Evidence[]): Evidence[] =>
  onRecord.filter((evidence) => {
    const attempt = callsOf(state).find((one) => one.call_id === evidence.call_id);
    if (attempt === undefined)
      return isAmong(
        state,
        state.put_off.map(({ n }) => n),
        evidence.call_id,
      );
    const known = callsOf(before).find((one) => one.n === attempt.n);
    if (attempt.leg === 'unknown' && known?.leg !== 'unknown') return true;
    if (evidence.kind === 'report') return !attempt.reports.some(({ report }) => same(report, evidence.report));
    if (saysMore(evidence, attempt)) return true;
    if (evidence.kind === 'media') return attempt.media === undefined;
    return evidence.kind === 'conversation' && attempt.conversation_status === undefined && !attempt.found_report;
  });

/** The words of the talk, which nobody has told or read yet. */
function saysMore(evidence: Evidence, attempt: Call): boolean {
  const told = evidence.kind === 'conversation' || (evidence.kind === 'bridge' && evidence.event === 'talk_ended');
  if (!told || evidence.transcript === undefined) return false;
  return attempt.transcript === undefined || (isUnread(attempt) && evidence.transcript.talk !== undefined);
}

const same = (a: Report, b: Report): boolean => JSON.stringify(a) === JSON.stringify(b);
