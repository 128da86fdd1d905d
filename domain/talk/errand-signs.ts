import { COMMON } from './common-words.ts';
import type { Move } from './moves.ts';
import { normal } from './normal.ts';
import { themesOf } from './themes.ts';
import { besideSlots, type ReadTurn } from './turns.ts';
import type { TalkContext } from './types.ts';

interface Heard {
  read: readonly ReadTurn[];
  moves: readonly Move[];
  givenAt?: number | undefined;
  agreedAt?: number | undefined;
  request: TalkContext['request'];
}

const STEM = 5;
const LEAST = 4;
/** In one sentence with the errand, these words may say that it is not done. */
const REFUSING = new Set(['no', 'not', 'nothing', 'full', 'notdone', 'until', 'but', 'other', 'sorry', 'move']);

/**
 * Signs of how the business mentions the errand and other things: `asked` and `strange` things in the words that gave the slot, a refusal
 * of the errand, a strange thing that is named more than once.
 */
export function errandSigns({ read, givenAt, agreedAt, request }: Heard): Set<string> {
  const signs = new Set<string>();
  const first = read.find(({ role, spoken }) => role === 'agent' && spoken);
  if (!first) return signs;
  const asked = stemsOf(`${request.service_type} ${request.special_requests ?? ''} ${first.text}`);
  const errand = stemsOf(`${request.service_type} ${request.special_requests ?? ''}`);
  const given = givenAt ?? agreedAt ?? -1;
  const turnsOf = new Map<string, number>();
  const atGiven = new Set<string>();
  for (const turn of read) {
    if (turn.role === 'agent' || turn.turn < first.turn) continue;
    const inTurn = new Set<string>();
    for (const sentence of turn.sentences) {
      const words = wordsOf(besideSlots(sentence, ' '));
      const stems = words.filter(isThing).map(stemOf);
      const refuses = themesOf(words).some((theme) => REFUSING.has(theme));
      const ofIt = stems.some((stem) => asked.has(stem));
      const ofErrand = stems.some((stem) => errand.has(stem));
      const place = turn.turn > given ? '>' : turn.turn === given ? '=' : '<';
      if (ofIt) signs.add(`E${place}asked${refuses ? 'No' : ''}`);
      if (ofErrand) signs.add(`E${place}errand${refuses ? 'No' : ''}`);
      for (const stem of stems) if (!asked.has(stem)) inTurn.add(stem);
      if (turn.turn === given) for (const stem of stems) if (!asked.has(stem)) atGiven.add(stem);
    }
    for (const stem of inTurn) turnsOf.set(stem, (turnsOf.get(stem) ?? 0) + 1);
  }
  signs.add(`E=strange${Math.min(3, atGiven.size)}`);
  const again = [...turnsOf].filter(([, turns]) => turns > 1).map(([stem]) => stem);
  if (again.length > 0) signs.add(`E:again${Math.min(3, again.length)}`);
  if (again.some((stem) => atGiven.has(stem))) signs.add('E=again');
  const all = [...signs].sort();
  for (const [i, one] of all.entries()) for (const other of all.slice(i + 1)) signs.add(`${one}&${other}`);
  return signs;
}

const wordsOf = (text: string): string[] => text.split(/[^a-zñ']+/).filter(Boolean);
const stemOf = (word: string): string => word.slice(0, STEM);
const stemsOf = (text: string): Set<string> =>
  new Set(
    normal(text)
      .split(/[^a-zñ']+/)
      .filter((word) => word.length >= LEAST)
      .map(stemOf),
  );

/** Things that can be booked have only these themes. */
const OF_THINGS = new Set(['service', 'form', 'people', 'doctor', 'bring']);

/** Long enough, and not a word of every talk. */
const isThing = (word: string): boolean =>
  word.length >= LEAST &&
  !word.startsWith('him') &&
  !COMMON.has(word) &&
  themesOf([word]).every((theme) => OF_THINGS.has(theme));
