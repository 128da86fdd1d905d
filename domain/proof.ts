import { type Acceptable, isAcceptable } from './acceptable.ts';
import type { Proof, ProofLevel, Report } from './result.ts';
import { sameOnTheDial } from './talk/clock.ts';
import type { Agreed, Citation, Doubt, DoubtCode, TalkFinding } from './talk/types.ts';

/** The provider's analysis of a talk (its data collection); absent if it contains nothing usable. */
export interface Analysis {
  /** ISO date. */
  date?: string | undefined;
  /** HH:MM. */
  time?: string | undefined;
  confirmed?: boolean | undefined;
}

export interface Witnesses {
  /** Absent: there is no transcript. */
  finding?: TalkFinding | undefined;
  analysis?: Analysis | undefined;
  /** Local day of the call at the business, ISO date. */
  called_on: string;
  /** The appointments that may be taken; absent: any. */
  acceptable?: Acceptable | undefined;
}

export type Weighed =
  | { carried: true; confirmed_date: string; confirmed_time: string; proof: Proof }
  | { carried: false; doubts: Doubt[] };

/** Doubts that leave the question open; the provider's analysis may decide. All others speak against the appointment. */
const UNDECIDED: readonly DoubtCode[] = ['not_agreed', 'day_unclear', 'hour_unclear'];
export const isUndecided = ({ code }: Doubt): boolean => UNDECIDED.includes(code);

/** For an hour without morning or evening: no business means an earlier one. */
const EARLIEST = '06:30';

/**
 * Decides whether the evidence of a talk supports a report `confirmed`, for which day and time, and with which proof. Never guesses: a day
 * or an hour that the words do not give like the report is a doubt.
 */
export function weigh(report: Report, { finding, analysis, called_on, acceptable }: Witnesses): Weighed {
  const heard = finding?.readable ? finding : undefined;
  if (report.unclear?.length) return refused('report_unclear', heard);
  const date = report.confirmed_date ?? only(heard?.date);
  const time = timeOf(report, heard?.time);
  if (date === undefined || time === undefined) return refused('report_unclear', heard);
  const now = finding?.called_time;
  if (date < called_on || (date === called_on && now !== undefined && time <= now)) return refused('day_past', heard);
  if (date > yearAfter(called_on)) return refused('day_too_far', heard);
  if (acceptable && !isAcceptable(acceptable, date, time)) return refused('not_acceptable', heard);

  const seconded = analysis ? compare(analysis, date, time) : 'says_nothing';
  const carry = (level: ProofLevel): Weighed => ({
    carried: true,
    confirmed_date: date,
    confirmed_time: time,
    proof: proofOf(level, date, time, heard),
  });
  const doubts = heard ? [...heard.doubts, ...differences(heard, date, time)] : [];
  // Doubts of the words come first: they give the reason.
  if (seconded === 'differs') {
    const against = doubts.filter((one) => !isUndecided(one));
    return { carried: false, doubts: [...against, doubtOf('analysis_differs', heard)] };
  }
  if (!heard) return carry(seconded === 'same' ? 'analyzed' : 'claimed');

  if (doubts.length === 0 && heard.level && heard.agreement && heard.date && heard.time) return carry(heard.level);
  if (doubts.every(isUndecided) && seconded === 'same') return carry('analyzed');
  return { carried: false, doubts: doubts.length > 0 ? doubts : [{ code: 'not_agreed', cites: [] }] };
}

const refused = (code: DoubtCode, heard: TalkFinding | undefined): Weighed => ({
  carried: false,
  doubts: [doubtOf(code, heard)],
});

const doubtOf = (code: DoubtCode, heard: TalkFinding | undefined): Doubt => ({
  code,
  cites: [heard?.date, heard?.time].flatMap((agreed) => (agreed ? [citation(agreed)] : [])),
});

function differences({ date: day, time: hour }: TalkFinding, date: string, time: string): Doubt[] {
  const doubts: Doubt[] = [];
  if (day && !day.values.includes(date)) doubts.push({ code: 'other_day', cites: [citation(day)] });
  if (hour && !mayMean(hour, time)) doubts.push({ code: 'other_hour', cites: [citation(hour)] });
  return doubts;
}

const mayMean = ({ values }: Agreed, time: string): boolean =>
  values.includes(time) && (values.length === 1 || time >= EARLIEST);

/** Where the report lacks the hour, the words give it. */
function timeOf({ confirmed_time, time_half_unknown }: Report, heard: Agreed | undefined): string | undefined {
  if (confirmed_time === undefined) return only(heard);
  if (!time_half_unknown) return confirmed_time;
  return heard?.values.filter((value) => sameOnTheDial(value, confirmed_time)).sort(plausibleFirst)[0];
}

/** Puts usual business hours before the others. */
const plausibleFirst = (a: string, b: string): number => Number(a < EARLIEST) - Number(b < EARLIEST);

const only = (agreed: Agreed | undefined): string | undefined =>
  agreed?.values.length === 1 ? agreed.values[0] : undefined;

function compare(analysis: Analysis, date: string, time: string): 'same' | 'differs' | 'says_nothing' {
  if (analysis.confirmed === false) return 'differs';
  if (analysis.date !== undefined && analysis.date !== date) return 'differs';
  if (analysis.time !== undefined && analysis.time !== time) return 'differs';
  return analysis.date !== undefined && analysis.time !== undefined ? 'same' : 'says_nothing';
}

function proofOf(level: ProofLevel, date: string, time: string, heard: TalkFinding | undefined): Proof {
  return {
    level,
    date: heard?.date ? { value: date, ...citation(heard.date) } : null,
    time: heard?.time ? { value: time, ...citation(heard.time) } : null,
    agreement: heard?.agreement ?? null,
  };
}

const citation = ({ text, role, turn, at_seconds }: Citation): Citation => ({ text, role, turn, at_seconds });

/** The same day of the next year; for 29 February the 28th. */
function yearAfter(day: string): string {
  const year = Number(day.slice(0, 4)) + 1;
  return `${String(year).padStart(4, '0')}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;
}
