import { doubtWords } from './doubt-words.ts';
import { type Analysis, weigh } from './proof.ts';
import type { Proof, Report, Result } from './result.ts';
import { readTalk } from './talk/read-talk.ts';
import type { SpokenTurn, TalkContext, TalkFinding } from './talk/types.ts';

/** A finished talk, with its agent's report. */
export interface RecordedTalk extends TalkContext {
  /** Turns without words were redacted. Only such turns are not a transcript. */
  turns: readonly SpokenTurn[];
  /** null: the agent reported nothing. `unusable`: the report contains nothing usable. */
  report: Report | 'unusable' | null;
  analysis?: Analysis | undefined;
}

/** The product's decision about a talk. `confirmed_date`, `confirmed_time` and `proof` are null unless it is `confirmed`. */
export interface Judgement {
  result: Result;
  confirmed_date: string | null;
  confirmed_time: string | null;
  proof: Proof | null;
  /** For `needs_review`: the reason in an outcome's words, with the decisive words of the talk. */
  why: string | null;
}

const nothing = { confirmed_date: null, confirmed_time: null, proof: null };
const forAPerson = (why: string): Judgement => ({ result: 'needs_review', ...nothing, why });

const isTranscript = (turns: readonly SpokenTurn[]): boolean => turns.some(({ message }) => message.trim() !== '');

/** The reading of a talk's words; undefined without words. */
export const findingOf = ({ turns, called_on, called_time, request }: RecordedTalk): TalkFinding | undefined =>
  isTranscript(turns) ? readTalk(turns, { called_on, called_time, request }) : undefined;

/** Judges a talk by the reading of its words; undefined: there is no transcript. */
export function judgeOn(
  { report, analysis, called_on, request }: RecordedTalk,
  finding: TalkFinding | undefined,
): Judgement {
  if (report === null) return forAPerson('no result was reported');
  if (report === 'unusable') return forAPerson('the report says nothing that can be used');
  if (report.result !== 'confirmed') return { result: report.result, ...nothing, why: null };
  const weighed = weigh(report, { finding, analysis, called_on, acceptable: request.acceptable });
  if (!weighed.carried) return forAPerson(doubtWords(weighed.doubts));
  const { confirmed_date, confirmed_time, proof } = weighed;
  return { result: 'confirmed', confirmed_date, confirmed_time, proof, why: null };
}

/**
 * Judges a recorded talk in the same way as a finished call.
 * @example
 * ```ts
 * const { result, confirmed_date } = judge({
 *   called_on: '2026-11-30',
 *   request: { service_type: 'haircut', user_name: 'Ana Pérez' },
 *   turns: [
 *     { role: 'agent', message: 'Hello, could I book a haircut for Ana Pérez tomorrow at ten in the morning?' },
 *     { role: 'business', message: 'Yes, tomorrow at ten is fine. I have booked her in.' },
 *   ],
 *   report: { result: 'confirmed', confirmed_date: '2026-12-01', confirmed_time: '10:00' },
 * });
 * ```
 */
export const judge = (talk: RecordedTalk): Judgement => judgeOn(talk, findingOf(talk));
