import { judgeOn, type RecordedTalk } from '../../../domain/judge.ts';
import type { Report } from '../../../domain/result.ts';
import { type Citation, DOUBTS, type DoubtCode, type TalkFinding } from '../../../domain/talk/types.ts';
import type { Judge } from './check.ts';

/** The product without one of its doubts. */
export interface Mutant {
  without: DoubtCode;
  judge: Judge;
}

const NOWHERE: Citation = { text: '', role: 'business', turn: 0, at_seconds: null };

/** They say that the words do not decide, which goes with whatever is said against it. */
const UNDECIDED: readonly DoubtCode[] = ['not_agreed', 'day_unclear', 'hour_unclear'];

/** Wherever it stands, another that stands beside it says the same: without it nothing would be lost in these talks. */
const NEVER_ALONE: readonly DoubtCode[] = ['moved'];

/** It rests on the order, and the orders of these talks name no days or hours that alone may be taken: see test/domain/acceptable.test.ts. */
const OF_THE_ORDER: readonly DoubtCode[] = ['not_acceptable'];

/** What a reader would say that has no such doubt: where nothing else speaks against it, the appointment is given. */
function unaware(finding: TalkFinding, code: DoubtCode, { confirmed_date, confirmed_time }: Report): TalkFinding {
  const doubts = finding.doubts.filter((doubt) => doubt.code !== code);
  const nothing_left = doubts.every((doubt) => UNDECIDED.includes(doubt.code));
  if (!nothing_left || doubts.length === finding.doubts.length) return { ...finding, doubts };
  const cited = finding.agreement ?? NOWHERE;
  return {
    ...finding,
    doubts: [],
    level: finding.level ?? 'agreed',
    agreement: cited,
    date: finding.date?.values.length ? finding.date : { ...cited, values: [confirmed_date!] },
    time: finding.time?.values.length ? finding.time : { ...cited, values: [confirmed_time!] },
  };
}

/** `weigh` has these by itself, besides what the reader says. */
const OF_WEIGHING: Partial<Record<DoubtCode, Judge>> = {
  other_day: (talk, finding) =>
    judgeOn(
      talk,
      finding && { ...finding, date: finding.date && { ...finding.date, values: [reportOf(talk).confirmed_date!] } },
    ),
  other_hour: (talk, finding) =>
    judgeOn(
      talk,
      finding && { ...finding, time: finding.time && { ...finding.time, values: [reportOf(talk).confirmed_time!] } },
    ),
  day_past: (talk, finding) => judgeOn({ ...talk, called_on: earlier(talk.called_on, reportedDay(talk)) }, finding),
  day_too_far: (talk, finding) => judgeOn({ ...talk, called_on: later(talk.called_on, reportedDay(talk)) }, finding),
  report_unclear: (talk, finding) => judgeOn({ ...talk, report: { ...reportOf(talk), unclear: [] } }, finding),
  analysis_differs: (talk, finding) => judgeOn({ ...talk, analysis: undefined }, finding),
};

const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);
const reportedDay = (talk: RecordedTalk): string => reportOf(talk).confirmed_date!;

const reportOf = ({ report }: RecordedTalk): Report => report as Report;

export const MUTANTS: readonly Mutant[] = DOUBTS.filter(
  (code) => !NEVER_ALONE.includes(code) && !OF_THE_ORDER.includes(code),
).map((code) => ({
  without: code,
  judge: (talk, finding) => {
    const { confirmed_date, confirmed_time } = reportOf(talk);
    if (confirmed_date === undefined || confirmed_time === undefined) return judgeOn(talk, finding);
    const seen = finding && unaware(finding, code, reportOf(talk));
    return (OF_WEIGHING[code] ?? judgeOn)(talk, seen);
  },
}));
