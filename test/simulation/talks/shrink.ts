import { type Judge, type Played, play } from './check.ts';
import { spoken } from './generate.ts';
import type { AdversaryTalk } from './types.ts';

const without = (talk: AdversaryTalk, from: number, count: number): AdversaryTalk => {
  const turns = talk.turns.filter((_, at) => at < from || at >= from + count);
  return { ...talk, turns, talk: { ...talk.talk, turns: spoken(turns) } };
};

/** It fails in the same way: a talk of which nothing is left would fail too, but show nothing. */
const alike = (a: Played, b: Played): boolean =>
  a.failure === b.failure && a.judgement.proof?.level === b.judgement.proof?.level;

/** Takes turns away, those on which the truth rests excepted, while the talk is still judged as wrongly. */
export function shrink(failed: Played, judge?: Judge): Played {
  let small = failed;
  for (let count = 4; count > 0; count = Math.floor(count / 2)) {
    for (let from = small.talk.turns.length - count; from >= 0; from--) {
      if (small.talk.turns.slice(from, from + count).some(({ decisive }) => decisive)) continue;
      const smaller = play(without(small.talk, from, count), judge);
      if (alike(smaller, failed)) small = smaller;
    }
  }
  return small;
}
