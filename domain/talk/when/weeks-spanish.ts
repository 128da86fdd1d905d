import { inDays, ofWeek, WD } from './names-spanish.ts';
import { ES, numberOf, wordsFor } from './numbers.ts';
import { needing, type Rule, rule } from './rule.ts';
import type { Said } from './said.ts';

/** Days by weeks or days from another day. They are read before durations are masked. */
export const SPANISH_WEEKS: readonly Rule<Said>[] = needing(/ocho|quince|dias|semana|8|15/, [
  rule<Said>(`${WD} en (?:ocho|8)(?: dias)?(?! y)`, ofWeek(undefined, 7)),
  rule<Said>(`${WD} en (?:quince|15)(?: dias)?(?! y)`, ofWeek(undefined, 14)),
  rule<Said>('(?:de )?manana en (?:ocho|8)(?: dias)?', inDays(8)),
  rule<Said>(
    '(?:de )?hoy en (?:ocho|8)(?: dias)?|(?:en|de aqui a|dentro de) (?:ocho|8) dias|(?:dentro de|en|de hoy en) una semana(?= *$| *[^a-z ]| a las| para)',
    inDays(7),
  ),
  rule<Said>(
    '(?:de )?hoy en (?:quince|15)(?: dias)?|(?:en|de aqui a|dentro de) (?:quince|15) dias|(?:dentro de|en|de hoy en) dos semanas(?= *$| *[^a-z ]| a las| para)',
    inDays(14),
  ),
  rule<Said>(`(?:dentro de|de hoy en|de aqui a) (?<n>${wordsFor(ES, 2, 30)}|\\d{1,2}) dias`, (groups) => ({
    kind: 'relative',
    days: numberOf(ES, groups.n!),
  })),
]);
