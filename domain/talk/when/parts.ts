import { type Rule, rule } from './rule.ts';
import type { Language, PartOfDay } from './types.ts';

const SPANISH: Record<string, PartOfDay> = {
  manana: 'morning',
  tarde: 'afternoon',
  tardecita: 'afternoon',
  noche: 'night',
  madrugada: 'night',
};

const spanish: readonly Rule<PartOfDay | 'none'>[] = [
  rule<PartOfDay | 'none'>(
    '(?:muy )?buen[oa]s? (?:dias?|tardes?|noches?|mananas?)|mas tarde|tarde o temprano|que tarde|de madrugada',
    () => 'none',
  ),
  rule<PartOfDay | 'none'>(
    '(?:(?:de|por|en|a|para|toda|misma) la|esta(?: misma)?|la|media) (?<part>manana|tarde|tardecita|noche|madrugada)',
    (groups) => SPANISH[groups.part!]!,
  ),
  rule<PartOfDay | 'none'>('de (?<part>manana|tarde|noche)', (groups, { text, at }) =>
    groups.part === 'manana' &&
    /\b(?:lo|la|el|cita|turno|dia|hora|visita|lugar|reserva|partir|agenda) $/.test(text.slice(0, at))
      ? 'none'
      : SPANISH[groups.part!]!,
  ),
];

const english: readonly Rule<PartOfDay | 'none'>[] = [
  rule<PartOfDay | 'none'>(
    '(?:good|lovely|gorgeous) (?:morning|mornin|afternoon|evening|night)|good ?night',
    () => 'none',
  ),
  rule<PartOfDay | 'none'>(
    '(?:(?:in|on|of|for|this|any|one|a|the|that|tomorrow|today|[a-z]+day|at)(?: the| a)? )(?<part>morning|mornin|afternoon|evening|night)(?!s? to you)',
    (groups) => (groups.part === 'mornin' ? 'morning' : (groups.part as PartOfDay)),
  ),
  rule<PartOfDay | 'none'>('tonight', () => 'evening'),
];

export const PARTS: Record<Language, readonly Rule<PartOfDay | 'none'>[]> = { es: spanish, en: english };
