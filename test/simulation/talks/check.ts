import { findingOf, type Judgement, judgeOn } from '../../../domain/judge.ts';
import type { TalkFinding } from '../../../domain/talk/types.ts';
import { KINDS } from './generate.ts';
import type { AdversaryTalk } from './types.ts';

/** `wrongly`: confirmed, and the business did not give that appointment. `unread`: words that can be read were not. */
export type Failure = 'wrongly' | 'unread';

export interface Played {
  talk: AdversaryTalk;
  judgement: Judgement;
  failure: Failure | undefined;
}

/** The product, or a mutant of it. */
export type Judge = (talk: AdversaryTalk['talk'], finding: TalkFinding | undefined) => Judgement;

export const play = (talk: AdversaryTalk, judge: Judge = judgeOn): Played => playOn(talk, findingOf(talk.talk), judge);

export function playOn(talk: AdversaryTalk, finding: TalkFinding | undefined, judge: Judge = judgeOn): Played {
  const judgement = judge(talk.talk, finding);
  return { talk, judgement, failure: failureOf(talk, judgement) };
}

function failureOf({ kind, truth, turns }: AdversaryTalk, judgement: Judgement): Failure | undefined {
  if (judgement.result !== 'confirmed') return undefined;
  const { confirmed_date, confirmed_time, proof } = judgement;
  if (truth.result !== 'confirmed' || truth.day !== confirmed_date || truth.hour !== confirmed_time) return 'wrongly';
  const readable = !KINDS[kind]!.unreadable && turns.some(({ role }) => role === 'business');
  return readable && proof?.level === 'claimed' ? 'unread' : undefined;
}
