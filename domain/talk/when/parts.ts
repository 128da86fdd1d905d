import { type Rule, rule } from './rule.ts';
import type { Language, PartOfDay } from './types.ts';

const SPANISH: Record<string, PartOfDay> = {
  manana: 'morning',
  tarde: 'afternoon',
  tardecita: 'afternoon',
  noche: 'night',
  madrugada: 'night',
};

const spanish: readonly Rule<PartOfDay | null>[] = [
  rule<PartOfDay | null>(
    '(?:muy )?buen[oa]s? (?:dias?|tardes?|noches?|mananas?)|mas tarde|tarde o temprano|que tarde|de madrugada',
    () => null,
  ),
  rule<PartOfDay | null>(
    '(?:(?:de|por|en|a|para|toda|misma) la|esta(?: misma)?|la|media) (?<part>manana|tarde|tardecita|noche|madrugada)',
    (groups) => SPANISH[groups.part!]!,
  ),
  rule<PartOfDay | null>('de (?<part>manana|tarde|noche)', (groups, { text, at }) =>
    groups.part === 'manana' &&
    /\b(?:lo|la|el|cita|turno|dia|hora|visita|lugar|reserva|partir|agenda) $/.test(text.slice(0, at))
      ? null
      : SPANISH[groups.part!]!,
  ),
];

const english: readonly Rule<PartOfDay | null>[] = [
  rule<PartOfDay | null>('(?:good|lovely|gorgeous) (?:morning|mornin|afternoon|evening|night)|good ?night', () => null),
  rule<PartOfDay | null>(
    '(?:(?:in|on|of|for|this|any|one|a|the|that|tomorrow|today|[a-z]+day|at)(?: the| a)? )(?<part>morning|mornin|afternoon|evening|night)(?!s? to you)',
    (groups) => (groups.part === 'mornin' ? 'morning' : (groups.part as PartOfDay)),
  ),
  rule<PartOfDay | null>('tonight', () => 'evening'),
];

export const PARTS: Record<Language, readonly Rule<PartOfDay | null>[]> = { es: spanish, en: english };
