import type { CueKind, CueTable } from './cue-table.ts';
import { EN } from './cues-en.ts';
import { ES } from './cues-es.ts';
import type { Language } from './language.ts';

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

/** All cues in normalised text, in the order of their positions. */
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
