import { doubtWords } from './doubt-words.ts';
import { type Analysis, weigh } from './proof.ts';
import type { Proof, Report, Result } from './result.ts';
import { readTalk } from './talk/read-talk.ts';
import type { SpokenTurn, TalkContext, TalkFinding } from './talk/types.ts';

/** A talk that is over, with what its agent reported. */
export interface RecordedTalk extends TalkContext {
  /** Turns without words are what was redacted; nothing but such turns is no transcript. */
  turns: readonly SpokenTurn[];
  /** null: none was filed. `unusable`: it says nothing that can be used. */
  report: Report | 'unusable' | null;
  analysis?: Analysis | undefined;
}

/** What the product makes of a talk. `confirmed_date`, `confirmed_time` and `proof` are null unless it is `confirmed`. */
export interface Judgement {
  result: Result;
  confirmed_date: string | null;
  confirmed_time: string | null;
  proof: Proof | null;
  /** For `needs_review`: the reason in an outcome's words, with those of the talk that decided. */
  why: string | null;
}

const nothing = { confirmed_date: null, confirmed_time: null, proof: null };
const forAPerson = (why: string): Judgement => ({ result: 'needs_review', ...nothing, why });

const isTranscript = (turns: readonly SpokenTurn[]): boolean => turns.some(({ message }) => message.trim() !== '');

/** What the words of a talk say; undefined without words. */
export const findingOf = ({ turns, called_on, called_time, request }: RecordedTalk): TalkFinding | undefined =>
  isTranscript(turns) ? readTalk(turns, { called_on, called_time, request }) : undefined;

/** Judges a talk on what its words say; undefined: there is no transcript to be had. */
export function judgeOn({ report, analysis, called_on }: RecordedTalk, finding: TalkFinding | undefined): Judgement {
  if (report === null) return forAPerson('no result was reported');
  if (report === 'unusable') return forAPerson('the report says nothing that can be used');
  if (report.result !== 'confirmed') return { result: report.result, ...nothing, why: null };
  const weighed = weigh(report, { finding, analysis, called_on });
  if (!weighed.carried) return forAPerson(doubtWords(weighed.doubts));
  const { confirmed_date, confirmed_time, proof } = weighed;
  return { result: 'confirmed', confirmed_date, confirmed_time, proof, why: null };
}

/** Judges a recorded talk as the product does one that is over. */
export const judge = (talk: RecordedTalk): Judgement => judgeOn(talk, findingOf(talk));
