import { errandSigns } from './errand-signs.ts';
import type { Move } from './moves.ts';
import { themesOf } from './themes.ts';
import type { ReadTurn, Sentence } from './turns.ts';
import type { Doubt, TalkContext } from './types.ts';

/** A talk as the rules read it. */
export interface Heard {
  read: readonly ReadTurn[];
  moves: readonly Move[];
  /** The turn whose words gave the slot; absent when no turn did. */
  givenAt?: number | undefined;
  /** The turn of the business's last mention of the slot. */
  agreedAt?: number | undefined;
  doubts: readonly Doubt[];
  request: TalkContext['request'];
}

const LAST_TURNS = 3;
const STEM = 5;

/** A turn before, at or after the one that gave the slot. */
type Place = '<' | '=' | '>';

interface Told {
  turn: ReadTurn;
  place: Place;
  words: string[];
  /** Themes of each sentence. */
  themes: string[][];
  asks: boolean;
  isLast: boolean;
}

/**
 * Signs of a talk, each a short string: words and word pairs by place and speaker, themes (`themes.ts`) and pairs of them, the sequence of
 * turns, the findings of the rules, and mentions of the errand. Only turns after the agent's first words count.
 */
export function signsOf(heard: Heard): Set<string> {
  const signs = new Set<string>(heard.doubts.map(({ code }) => `R:${code}`));
  const told = turnsOf(heard);
  for (const each of told) {
    addWords(signs, each);
    addThemes(signs, each);
  }
  addCourse(signs, told);
  addShape(signs, told, heard);
  for (const sign of errandSigns(heard)) signs.add(sign);
  return signs;
}

function turnsOf({ read, givenAt, agreedAt }: Heard): Told[] {
  const first = read.findIndex(({ role }) => role === 'agent');
  const given = givenAt ?? agreedAt ?? -1;
  const last = new Set(read.filter(({ role, turn }) => role === 'business' && turn > first).slice(-LAST_TURNS));
  return read.slice(Math.max(first, 0)).map((turn) => {
    const plain = plainOf(turn);
    return {
      turn,
      place: turn.turn > given ? '>' : turn.turn === given ? '=' : '<',
      words: wordsIn(plain),
      themes: plain.split(/[.!?;]+/).map((sentence) => themesOf(wordsIn(sentence).map(bare))),
      asks: turn.message.includes('?'),
      isLast: last.has(turn),
    };
  });
}

const bare = (word: string): string => word.replace('?', '');

/** With these, two words with one word between them are a sign as well. */
const PLACES = /[<=>]/;

function addWords(signs: Set<string>, { turn, place, words, isLast }: Told): void {
  const prefixes =
    turn.role === 'agent' ? ['A:', place === '>' ? 'A>' : 'A<'] : isLast ? ['', place, 'L:'] : ['', place];
  for (const prefix of prefixes) {
    for (const [i, word] of words.entries()) {
      signs.add(prefix + word);
      if (i > 0) signs.add(`${prefix}${words[i - 1]} ${word}`);
      if (i > 1 && PLACES.test(prefix)) signs.add(`${prefix}${words[i - 2]}_${word}`);
    }
  }
  if (turn.role === 'agent') return;
  for (const word of words) if (word.length > STEM) signs.add(`~${word.slice(0, STEM)}`);
}

function addThemes(signs: Set<string>, { turn, place, themes, isLast }: Told): void {
  const business = turn.role === 'business';
  const prefixes = business ? (isLast ? ['', place, 'L'] : ['', place]) : ['A', `A${place}`];
  for (const sentence of themes) {
    for (const prefix of prefixes) {
      for (const [i, theme] of sentence.entries()) {
        signs.add(`#${prefix}${theme}`);
        if (i > 0) signs.add(`#${prefix}${sentence[i - 1]}-${theme}`);
      }
    }
    if (!business) continue;
    const each = [...new Set(sentence)].sort();
    for (const [i, one] of each.entries()) {
      for (const other of each.slice(i + 1)) {
        signs.add(`#${one}&${other}`);
        signs.add(`#${place}${one}&${other}`);
      }
    }
  }
}

/** The beginning of a turn after the themes of the previous one, and the sequence of kinds of turns. */
function addCourse(signs: Set<string>, told: readonly Told[]): void {
  const kinds = told.map(kindOf);
  for (const [i, { turn, place, themes, words }] of told.entries()) {
    const before = told[i - 1];
    if (!before) continue;
    const begins = themes.flat()[0] ?? 'none';
    const spoken = new Set(before.themes.flat());
    if (before.asks) spoken.add('?');
    if (spoken.size === 0) spoken.add('none');
    const from = `${before.turn.role[0]}`;
    for (const theme of spoken) signs.add(`%${place}${from}${theme}>${turn.role[0]}${begins}`);
    if (spoken.has('day') && spoken.has('time') && turn.role === 'business' && before.turn.role === 'agent') {
      for (const word of words.slice(0, 3)) signs.add(`%back${before.asks ? '?' : ''}>${word}`);
      signs.add(`%back${before.asks ? '?' : ''}>${themes.flat().slice(0, 2).join('-')}`);
    }
    signs.add(`T${kinds[i - 1]}>${kinds[i]}`);
  }
  for (const length of [1, 2, 3]) signs.add(`TE${kinds.slice(-length).join('>')}`);
}

const OF_CUES: Readonly<Record<string, string>> = { commit: 'k', offer: 'o', farewell: 'f', wait: 'w' };

function kindOf({ turn }: Told): string {
  const kind = new Set<string>();
  for (const { question, days, times, cues } of turn.sentences) {
    if (question) kind.add('q');
    if (days.length > 0) kind.add('d');
    if (times.length > 0) kind.add('h');
    for (const cue of cues) kind.add(OF_CUES[cue.kind] ?? '-');
  }
  return turn.role[0] + [...kind].sort().join('');
}

/** The findings of the rules, with their places. */
function addShape(signs: Set<string>, told: readonly Told[], { moves, givenAt, doubts, read }: Heard): void {
  const given = givenAt ?? -1;
  const placeOf = (turn: number): Place => (turn > given ? '>' : turn === given ? '=' : '<');
  const business = told.filter(({ turn }) => turn.role === 'business');
  const [last, butLast] = [business.at(-1), business.at(-2)];
  for (const { kind, how, turn } of moves) {
    signs.add(`M${placeOf(turn)}${kind}${how ?? ''}`);
    signs.add(`M:${kind}${how ?? ''}`);
    if (last && turn >= last.turn.turn) signs.add(`ML:${kind}`);
    if (butLast && turn >= butLast.turn.turn) signs.add(`ML2:${kind}`);
  }
  for (const { turn } of business) {
    for (const sentence of turn.sentences) {
      for (const { kind } of sentence.cues) signs.add(`C${placeOf(turn.turn)}${kind}${sentence.question ? '?' : ''}`);
      signs.add(`S${placeOf(turn.turn)}${shapeOf(sentence)}`);
    }
  }
  if (last) {
    const shapes = [...new Set(last.turn.sentences.map(shapeOf))].sort();
    signs.add(`LB:${shapes.join('_')}`);
    signs.add(`LB:${last.turn.sentences.at(-1)?.question ? 'q' : 's'}`);
    signs.add(`LB:len${Math.min(6, Math.floor(last.words.length / 3))}`);
  }
  if (givenAt === undefined) signs.add('N:notGiven');
  else {
    signs.add(`N:after${Math.min(4, business.filter(({ turn }) => turn.turn > given).length)}`);
    const at = told.find(({ turn }) => turn.turn === given);
    if (at) signs.add(`N:given${Math.min(6, Math.floor(at.words.length / 4))}`);
  }
  const agent = told.findLast(({ turn }) => turn.role === 'agent');
  if (agent) signs.add(`AL:len${Math.min(5, Math.floor(agent.words.length / 2))}${agent.asks ? '?' : ''}`);
  signs.add(`N:turns${Math.min(6, Math.floor(read.length / 3))}`);
  signs.add(`N:business${Math.min(8, business.length)}`);
  signs.add(`N:doubts${Math.min(4, doubts.length)}`);
}

const shapeOf = ({ question, days, times, cues }: Sentence): string =>
  `${question ? 'q' : 's'}${days.length > 0 ? 'd' : ''}${times.length > 0 ? 'h' : ''}${cues.some(({ kind }) => kind === 'commit') ? 'k' : ''}`;

/** Normalised, days and hours as `dayy` and `timee`. */
function plainOf({ text, sentences }: ReadTurn): string {
  let plain = '';
  let at = 0;
  const mentions = sentences
    .flatMap(({ days, times }) => [
      ...days.map((day) => ({ at: day.at, end: day.end, word: ' dayy ' })),
      ...times.map((time) => ({ at: time.at, end: time.end, word: ' timee ' })),
    ])
    .sort((a, b) => a.at - b.at);
  for (const mention of mentions) {
    if (mention.at < at) continue;
    plain += text.slice(at, mention.at) + mention.word;
    at = mention.end;
  }
  return plain + text.slice(at);
}

const wordsIn = (plain: string): string[] => plain.split(/[^a-zñ'?]+/).filter(Boolean);
