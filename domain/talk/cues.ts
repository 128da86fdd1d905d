import { EN } from './cues-en.ts';
import { ES } from './cues-es.ts';
import type { Language } from './language.ts';
import type { DoubtCode } from './types.ts';

/**
 * What a stretch of words may do in a talk: `commit` gives the slot, `offer` proposes one, `wait` interrupts; each of the others is the
 * doubt that it raises.
 */
type CueKind =
  | 'commit'
  /** It looks forward to seeing somebody: of the one who calls only where it had spoken of the slot before. */
  | 'farewell'
  | 'offer'
  | 'wait'
  /** What was asked for is not done there, or somebody else does it. */
  | 'not_here'
  /** On a list: of those who wait, or of those who come. */
  | 'listed'
  /** It regrets something. */
  | 'sorry'
  /** The business did not hear, or does not know who speaks. */
  | 'unheard'
  | Extract<
      DoubtCode,
      | 'denied'
      | 'taken_back'
      | 'hedged'
      | 'tentative'
      | 'conditional'
      | 'waiting_list'
      | 'call_back'
      | 'elsewhere'
      | 'two_slots'
      | 'not_meant'
      | 'no_person'
    >;

/** Regular expressions without flags, for normalised text; each matches whole words. */
export type CueTable = Record<CueKind, readonly string[]>;

export interface Cue {
  kind: CueKind;
  at: number;
  end: number;
}

const whole = (pattern: string): string => `(?<![a-z0-9ñ'])(?:${pattern.replace(/ +$/, '')})(?![a-z0-9ñ])`;

const KINDS = Object.keys(ES) as CueKind[];

const compiled = (table: CueTable): readonly (readonly [CueKind, RegExp])[] =>
  KINDS.map((kind) => [kind, new RegExp(whole(table[kind].join('|')), 'g')] as const);

const COMPILED: Record<Language, readonly (readonly [CueKind, RegExp])[]> = { es: compiled(ES), en: compiled(EN) };

/** All cues in normalised text, in the order of their places. */
export function findCues(text: string, languages: readonly Language[]): Cue[] {
  const cues: Cue[] = [];
  for (const language of languages) {
    for (const [kind, pattern] of COMPILED[language]) {
      for (const match of text.matchAll(pattern)) {
        const words = match[0].trimStart();
        const end = match.index + match[0].length;
        if (words !== '') cues.push({ kind, at: end - words.length, end });
      }
    }
  }
  return cues.sort((a, b) => a.at - b.at);
}
