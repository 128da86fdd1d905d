import { askedForIso, decisiveAttempts } from './callback.ts';
import type { Channel } from './channels.ts';
import { doubtWords } from './doubt-words.ts';
import {
  callsOf,
  foundFromPerson,
  isOver,
  isPhone,
  machineOnly,
  personReport,
  phoneRang,
  reachedSomebody,
  standingReport,
  wordsMayTell,
} from './leg.ts';
import { offersIn } from './offers.ts';
import { type EvidenceName, type Outcome, type Proof, type Report, type Result, sameReport } from './result.ts';
import type { Attempt, BookingState, Call, Simulation } from './state.ts';
import type { Doubt } from './talk/types.ts';
import { isRecordPending, isUnread, leavesItOpen, weighAttempt } from './weigh-attempt.ts';

/**
 * Result of `arbitrate`: `final`, with an outcome; `waiting`, because evidence may come until a given time (ms since 1970); or `open`,
 * because nobody was reached so far. `ask_once_more`: no result came, and all sources must be read again before that counts.
 * `ask_for_record`: the provider's record of the talk may decide.
 */
export type Verdict =
  | { is: 'final'; outcome: Outcome }
  | { is: 'waiting'; attempt: Call; until: number; ask_once_more?: true; ask_for_record?: true }
  | { is: 'open' };

/**
 * A database that is unreachable for this long after a call counts as lost, and the booking ends on the workflow's own evidence. A shorter
 * wait would help nobody: without the database no outcome can be read, and no callback is sent.
 */
export const RECORDS_AWAY_MAX_MS = 24 * 3_600_000;

function evidenceOf(attempt: Attempt, reported: boolean): EvidenceName[] {
  const names = new Set<EvidenceName>();
  if (reported && attempt.reports.length > 0) names.add('report_result');
  const call: Partial<Call> = isPhone(attempt) ? attempt : {};
  if (call.found_report) names.add(call.found_report.source);
  if (call.transcript && call.transcript.source !== 'bridge') names.add(call.transcript.source);
  // A record without a transcript still says how the call ended, or contains an analysis.
  if (call.record_source && (!call.transcript || call.analysis)) names.add(call.record_source);
  if (call.call_status) names.add('call_status');
  if ((attempt.transcript?.digest.business_turns_after_greeting ?? 0) > 0) names.add('transcript');
  return [...names];
}

/** The basis of an outcome, besides its attempt. `channel`: the last one that was tried, when no attempt is the basis. */
interface Grounds {
  channel?: Channel | undefined;
  report?: Report | undefined;
  notes?: string | undefined;
  proof?: Proof | undefined;
  doubts?: Doubt[] | undefined;
}

/** An outcome based on one attempt, or on no attempt. */
export function outcomeOf(
  state: BookingState,
  result: Result,
  attempt?: Attempt,
  { channel = attempt?.channel, report, notes, proof, doubts }: Grounds = {},
): Outcome {
  return {
    result,
    channel: channel ?? null,
    simulated: state.input.settings.sandbox || channel === 'simulation',
    confirmed_date: (result === 'confirmed' && report?.confirmed_date) || null,
    confirmed_time: (result === 'confirmed' && report?.confirmed_time) || null,
    notes: notes ?? report?.notes ?? null,
    evidence: attempt ? evidenceOf(attempt, report !== undefined || attempt.reports.length > 0) : [],
    proof: proof ?? null,
    offers: offersIn(state, result === 'confirmed' ? report : undefined, channel),
    callback_at: result === 'callback_requested' ? askedForIso(state.input.order, attempt) : null,
    ...(doubts && doubts.length > 0 ? { doubts } : {}),
  };
}

/** The reason why evidence contradicts this report, apart from what was said about an appointment; undefined when nothing does. */
function contradiction(attempt: Attempt, report: Report): string | undefined {
  if (isPhone(attempt)) {
    const found = attempt.found_report?.report;
    if (found && !sameReport(found, report)) return 'the report and the conversation’s own record differ';
    if (attempt.leg === 'ended' && attempt.answered_at === undefined) {
      return 'a result was reported for a call that nobody answered';
    }
  }
  // The transcript decides about an appointment. A request not to be called counts without proof.
  if (report.result === 'confirmed' || report.result === 'do_not_call') return undefined;
  if (attempt.transcript && attempt.transcript.digest.business_turns_after_greeting === 0) {
    return 'a result was reported, but nobody answered the agent in the transcript';
  }
  return undefined;
}

/** A simulation reached nobody, so there is nothing for a person to look into. */
function inDoubt(state: BookingState, attempt: Attempt, grounds: Grounds): Verdict {
  const result = attempt.channel === 'simulation' ? 'error' : 'needs_review';
  return { is: 'final', outcome: outcomeOf(state, result, attempt, grounds) };
}

const UNREAD =
  'The words of the talk could not be read, so that nobody knows whether the business gave the appointment.';

const NO_RESULT = 'the call was answered, but no result was reported';
const LEFT_ON_HOLD = `${NO_RESULT}: the call was put on hold, and nobody came back`;

const UNPROVED = 'No transcript says whether the business gave the appointment, and this installation requires proof.';

function judgeAppointment(state: BookingState, attempt: Attempt, report: Report, now: number): Verdict {
  const until = settledAt(state, attempt);
  const call = isPhone(attempt) ? attempt : undefined;
  if (isUnread(attempt)) {
    if (call && now < until) return { is: 'waiting', attempt: call, until, ask_for_record: true };
    const notYet = call && beforeSilence(state, call, until, now);
    return notYet ?? inDoubt(state, attempt, { report, notes: UNREAD });
  }
  const weighed = weighAttempt(state.input.order, attempt, report);
  if (weighed.carried && weighed.proof.level === 'claimed' && state.input.settings.require_proof === 'always') {
    return inDoubt(state, attempt, { report, notes: UNPROVED });
  }
  // The bridge's transcript arrives before the provider's record. The result must not depend on which of the two comes first, so the
  // analysis is awaited.
  const pending = call && now < until && !call.analysis && isRecordPending(call) ? call : undefined;
  if (weighed.carried && pending?.transcript?.source === 'bridge') {
    return { is: 'waiting', attempt: pending, until, ask_for_record: true };
  }
  if (weighed.carried) {
    const { confirmed_date, confirmed_time, proof } = weighed;
    const given = { ...report, confirmed_date, confirmed_time };
    return { is: 'final', outcome: outcomeOf(state, 'confirmed', attempt, { report: given, proof }) };
  }
  const { doubts } = weighed;
  if (pending && leavesItOpen(doubts)) {
    return { is: 'waiting', attempt: pending, until, ask_for_record: true };
  }
  return inDoubt(state, attempt, { report, notes: doubtWords(doubts), doubts });
}

function judge(state: BookingState, attempt: Attempt, report: Report, now: number): Verdict {
  const notes = contradiction(attempt, report);
  if (notes !== undefined) return inDoubt(state, attempt, { report, notes });
  if (report.result === 'confirmed') return judgeAppointment(state, attempt, report, now);
  return { is: 'final', outcome: outcomeOf(state, report.result, attempt, { report }) };
}

const settleMs = (state: BookingState): number => state.input.settings.settle_seconds * 1000;

const settledAt = (state: BookingState, attempt: Attempt): number =>
  (attempt.ended_at ?? attempt.heard_at) + settleMs(state);

function judgeReports(state: BookingState, reported: Attempt[], now: number): Verdict {
  const attempt = reported.at(-1)!;
  const report = personReport(attempt)!;
  if (reported.some((other) => !sameReport(personReport(other)!, report))) {
    return {
      is: 'final',
      outcome: outcomeOf(state, 'needs_review', attempt, { report, notes: 'reports of two attempts differ' }),
    };
  }
  const until = settledAt(state, attempt);
  if (isPhone(attempt) && !attempt.transcript && now < until) return { is: 'waiting', attempt, until };
  return judge(state, attempt, report, now);
}

/**
 * Decides what must happen before a missing result counts. While our own database is unreachable, and for the settle time after it is back,
 * a missing result proves nothing; after that, the providers and our records are read once more. Undefined: the silence counts.
 */
function beforeSilence(state: BookingState, attempt: Call, settled: number, now: number): Verdict | undefined {
  const { away_since, back_at } = state.records;
  const giveUp = settled + RECORDS_AWAY_MAX_MS;
  if (now >= giveUp) return undefined;
  if (away_since !== undefined) return { is: 'waiting', attempt, until: giveUp, ask_once_more: true };
  const until = Math.max(settled, (back_at ?? -Infinity) + settleMs(state));
  if (now < until) return { is: 'waiting', attempt, until };
  const asked = (attempt.asked_once_more_at ?? -Infinity) >= until;
  return asked ? undefined : { is: 'waiting', attempt, until: giveUp, ask_once_more: true };
}

/** `reached`: all calls that reached somebody. A business that rings back may add one that says nothing to one that said it all. */
function judgeSilence(state: BookingState, reached: Call[], now: number): Verdict {
  const attempt = reached.at(-1)!;
  const until = settledAt(state, attempt);
  if (now < until) return { is: 'waiting', attempt, until };
  const found = foundFromPerson(attempt);
  if (found) return judge(state, attempt, found, now);
  const notYet = beforeSilence(state, attempt, until, now);
  if (notYet) return notYet;
  const told = reached.findLast((call) => foundFromPerson(call) !== undefined);
  if (told) return judge(state, told, foundFromPerson(told)!, now);
  return {
    is: 'final',
    outcome: outcomeOf(state, 'needs_review', attempt, {
      notes: attempt.on_hold_since === undefined ? NO_RESULT : LEFT_ON_HOLD,
    }),
  };
}

/** A simulation counts only for a booking in which no phone ever rang. */
const simulationCounts = (state: BookingState, attempt: Attempt): attempt is Simulation =>
  !isPhone(attempt) && attempt.simulation !== 'running' && !phoneRang(state);

/**
 * Decides the result once no leg may be alive. Never guesses: where the evidence does not support a report, the result is `needs_review`.
 * `open`: nobody was reached, so the booking may continue.
 * @param now milliseconds since 1970
 * @example
 * ```ts
 * const verdict = arbitrate(state, Date.now());
 * const result = verdict.is === 'final' ? verdict.outcome.result : undefined;
 * ```
 */
export function arbitrate(state: BookingState, now: number): Verdict {
  const attempts = decisiveAttempts(state, now, (call) => settledAt(state, call));
  const calls = attempts.filter(isPhone);
  const final = (result: Result, attempt?: Attempt, notes?: string): Verdict => ({
    is: 'final',
    outcome: outcomeOf(state, result, attempt, { notes }),
  });

  const refused = calls.find((attempt) => attempt.no_ring === 'number_refused');
  // A number at which somebody spoke can ring, even if the network denies it for another call.
  const somebodySpoke = callsOf(state).some(
    (call) => personReport(call) !== undefined || (call.n !== refused?.n && reachedSomebody(call)),
  );
  if (refused && !somebodySpoke) return final('invalid_number', refused, refused.problem?.message);

  const reported = attempts.filter(
    (attempt) => personReport(attempt) && (isPhone(attempt) || simulationCounts(state, attempt)),
  );
  if (reported.length > 0) return judgeReports(state, reported, now);

  const unproved = calls.find((attempt) => attempt.leg === 'over' && !machineOnly(attempt));
  const canceled = state.cancel_requested_at !== undefined;
  // A result in the conversation's own record came before the cancel, even if no tool reported it.
  const found = calls.findLast(
    (attempt) => isOver(attempt) && reachedSomebody(attempt) && foundFromPerson(attempt) !== undefined,
  );
  if (canceled && !unproved && found?.found_report) return judge(state, found, found.found_report.report, now);
  if (canceled && !unproved)
    return final(
      'canceled',
      calls.findLast(({ leg }) => leg !== 'none'),
    );

  const reached = calls.filter((attempt) => isOver(attempt) && reachedSomebody(attempt));
  if (reached.length > 0) return judgeSilence(state, reached, now);
  if (unproved) return final('needs_review', unproved, 'the end of a call could not be proved');

  const untold = calls.findLast((attempt) => isOver(attempt) && wordsMayTell(attempt));
  if (untold && now < settledAt(state, untold)) {
    return { is: 'waiting', attempt: untold, until: settledAt(state, untold), ask_for_record: true };
  }

  const simulated = attempts.find((attempt) => simulationCounts(state, attempt));
  if (simulated?.simulation === 'failed') return final('error', simulated, simulated.problem?.message);
  if (simulated) {
    const report = standingReport(simulated);
    return report
      ? judge(state, simulated, report, now)
      : final('error', simulated, 'the simulation ended without a result');
  }
  return { is: 'open' };
}
