import type { Half, Hour } from './hour.ts';
import { ES, numberOf, SOME_NUMBER, wordsFor } from './numbers.ts';
import { needing, type Rule, rule } from './rule.ts';

const H = `(?<h>${wordsFor(ES, 1, 23)}|[01]?\\d|2[0-4])`;
const H12 = `(?<h>${wordsFor(ES, 2, 12)}|\\d|1[0-9]|2[0-4])`;
const FIVES = `cero ?cinco|${Object.keys(ES)
  .filter((word) => ES[word]! >= 10 && ES[word]! % 5 === 0)
  .map((word) => word.replaceAll(' ', ' +'))
  .sort((a, b) => b.length - a.length)
  .join('|')}`;
const MINUTES = `${wordsFor(ES, 1, 59)}|[0-5]?\\d`;
const LEAD = '(?<lead>(?:(?:a|para|pa|de|desde|hasta|sobre|hacia|tipo|entre|tengo|son|y|o) )?(?:a ?las|a ?la|las|la) )';

const HALVES: [RegExp, Half][] = [
  [/^(?:a\.? ?m|a eme)/, 'am'],
  [/^(?:p\.? ?m|pe? eme)/, 'pm'],
  [/madrugada/, 'dawn'],
  [/manana/, 'morning'],
  [/tarde/, 'afternoon'],
  [/noche/, 'night'],
  [/mediodia/, 'noonish'],
  [/dia/, 'day'],
  [/^h/, 'clock'],
];
const halfOf = (said: string | undefined): Half | undefined =>
  said === undefined ? undefined : HALVES.find(([pattern]) => pattern.test(said))?.[1];
const withHalf = (said: string | undefined): Pick<Hour, 'half'> => {
  const half = halfOf(said);
  return half === undefined ? {} : { half };
};

const PART =
  '(?:a\\.? ?m\\.?|p\\.? ?m\\.?|a eme|pe? eme|(?:de|por|en|a) la (?:manana|tarde|tardecita|noche|madrugada)|de (?:la )?(?:tarde|noche|tardecita)|del (?:medio ?dia|dia))';
const HOURS = '(?:hs|hrs|h)\\.?';
const TAIL = `(?: ?(?<hs>${HOURS}))?(?: horas)?(?: en punto| clavad[oa]s?)?(?:,? ?(?<half>${PART}))?(?: en punto)?`;

type Groups = Record<string, string | undefined>;
const halfIn = (groups: Groups): Pick<Hour, 'half'> => withHalf(groups.half ?? groups.hs);
const hourOf = (groups: Groups) => numberOf(ES, groups.h!);

function minuteOf(said: string): number {
  if (/media/.test(said)) return 30;
  if (said === 'cuarto') return 15;
  if (/^cero/.test(said)) return numberOf(ES, said.replace(/^cero ?/, ''));
  return numberOf(ES, said);
}

/** Words that may follow an hour alone; a noun would make it a number of things. */
const AFTER_BARE =
  '(?= *$| *[^a-z0-9 /:$%°#]| +(?:me|te|le|les|nos|lo|la|los|esta|estaria|va|viene|queda|puede|puedo|perfecto|perfecta|bien|listo|gracias|entonces|si|no|o|y|a|hasta|que|con|para|por|en punto|vale|dale|dice|sale|mejor|ahi|ya|tengo|hay|tambien|podria|seria|es|ok|sip|anotad[oa]|apuntad[oa]|confirmad[oa]|agendad[oa]|el|lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|hoy)\\b)';
const ENDS_HERE = new RegExp(`^${AFTER_BARE}`);
const NUMBER_WORD = `(?:${wordsFor(ES, 0, 59)}|\\d+|cero|mil|cien|ciento)`;
const BEFORE_NOT_HOUR = new RegExp(
  `(?:\\b(?:de|un[oa]s|los|las|mis|sus|tus|otr[oa]s|es[oa]s|est[oa]s|tod[oa]s|cada|con|numero|ni|por|son|solo|otros|casi|mas|menos|primer|tercer|y|${NUMBER_WORD}) *|[\\d$€£#/:.-])$`,
);
const NUMBER_AFTER = new RegExp(`^ +(?:y )?${NUMBER_WORD}(?![a-z])`);

const ENDS_IN_NUMBER = new RegExp(`^ ${NUMBER_WORD}${AFTER_BARE}`);

export const SPANISH_TIMES: readonly Rule<Hour>[] = needing(SOME_NUMBER, [
  rule<Hour>(
    `(?<h>[01]?\\d|2[0-4])(?:(?: ?: ?|\\.)(?<m>[0-5]\\d)|h ?(?<m2>[0-5]\\d))${TAIL}(?! ?(?:%|euros|pesos|mil))`,
    (groups) => ({
      hour: Number(groups.h),
      minute: Number(groups.m ?? groups.m2),
      ...(/^0\d/.test(groups.h!) && groups.half === undefined ? { half: 'clock' as const } : halfIn(groups)),
    }),
  ),
  rule<Hour>(`(?<lead>al? )?(?:un |faltando )?(?<m>cuarto) (?:para|pa|antes de) (?:las? )?${H}${TAIL}`, (groups) => ({
    hour: hourOf(groups),
    minute: -15,
    ...halfIn(groups),
  })),
  rule<Hour>(`(?:faltando |faltan )?(?<m>${MINUTES})(?: minutos)? (?:para|pa|antes de) las? ${H}${TAIL}`, (groups) => ({
    hour: hourOf(groups),
    minute: -minuteOf(groups.m!),
    ...halfIn(groups),
  })),
  rule<Hour>(
    `${LEAD}?${H} (?:y|i|con) ?(?<m>media|cuarto|me dia|${MINUTES})(?<unit> minutos)?${TAIL}`,
    (groups, { text, end }) => {
      const minute = /^me/.test(groups.m!) ? 30 : minuteOf(groups.m!);
      const hour = hourOf(groups);
      const words = !/^\d/.test(groups.m!);
      const time = { hour, minute, ...halfIn(groups) };
      if (groups.unit !== undefined) return time;
      // "veinte y cinco" is 25, "siete y ocho" two hours, "4 y 5" two days.
      if (hour >= 20 && minute < 10) return null;
      if (!words && minute < 10) return null;
      if (minute % 5 === 0) return time;
      // "A las diez y once de la mañana", "a las cinco y seis": two hours to choose from. "A las cinco y doce" is one time.
      if (minute === (hour % 12) + 1) return null;
      if (groups.half !== undefined) return time;
      // "A las ocho y dos personas".
      if (minute <= 12 && !ENDS_HERE.test(text.slice(end))) return null;
      return groups.lead !== undefined ? time : null;
    },
  ),
  rule<Hour>(`${LEAD}?${H} (?:menos|me nos) (?<m>cuarto|${MINUTES})(?: minutos)?${TAIL}`, (groups) => {
    const minute = minuteOf(groups.m!);
    return minute > 30 ? null : { hour: hourOf(groups), minute: -minute, ...halfIn(groups) };
  }),
  rule<Hour>(
    `${LEAD}?${H} (?<m>${FIVES}|cero (?:${wordsFor(ES, 1, 9)}))(?! ?(?:y (?:media|cuarto|${MINUTES})\\b|menos |de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|mil\\b))${TAIL}`,
    (groups) => {
      const hour = hourOf(groups);
      if (/^\d/.test(groups.h!) && groups.lead === undefined) return null;
      if (hour >= 20 && groups.lead === undefined && minuteOf(groups.m!) % 15 !== 0) return null;
      if (/^cero (?!cinco)/.test(groups.m!) && groups.lead === undefined) return null;
      return { hour, minute: minuteOf(groups.m!), ...halfIn(groups) };
    },
  ),
  // "A las doce cinco", "doce cinco el viernes", but not "sábado doce, cinco de la tarde" or "dos cinco cuatro".
  rule<Hour>(
    `${LEAD}?${H} cinco(?! ?(?:(?:y|menos|de|hs|h|am|pm)\\b|a\\.|p\\.))${AFTER_BARE}`,
    (groups, { text, at }) => {
      const led = groups.lead !== undefined;
      if (!led && (/^\d/.test(groups.h!) || BEFORE_NOT_HOUR.test(text.slice(0, at)))) return null;
      return { hour: hourOf(groups), minute: 5 };
    },
  ),
  rule<Hour>(`${LEAD}${H} (?<m>${wordsFor(ES, 13, 59)}|[0-5]\\d)${TAIL}`, (groups) => ({
    hour: hourOf(groups),
    minute: minuteOf(groups.m!),
    ...halfIn(groups),
  })),
  rule<Hour>(`${LEAD}?${H} ?(?:(?<hs>${HOURS})|(?:horas )?(?:en punto )?,?(?<half> ?${PART}))`, (groups) => {
    const hour = hourOf(groups);
    const half = groups.half?.trim();
    if (groups.hs && groups.lead === undefined && (hour < 6 || hour === 24)) return null;
    return { hour, minute: 0, ...withHalf(half ?? groups.hs) };
  }),
  // "Jueves primero, diecinueve horas": nobody waits for that many hours.
  rule<Hour>(`(?<h>${wordsFor(ES, 13, 23)}|1[3-9]|2[0-3]) horas`, (groups, { text, at }) => {
    if (/(?:en|de|por|dentro de|hace|durante|cada|son|unas) $/.test(text.slice(0, at))) return null;
    return { hour: hourOf(groups), minute: 0, half: 'clock' as const };
  }),
  rule<Hour>(`${LEAD}${H}(?: horas)?(?: en punto| clavad[oa]s?)?(?! ?(?:[$€£%/]|\\d))`, (groups, match) => {
    const hour = hourOf(groups);
    const lead = groups.lead!.trim();
    const singular = / ?la$/.test(lead) && !/las$/.test(lead);
    if (singular !== (hour === 1)) return null;
    // With minutes that are not understood, it is another time.
    if (ENDS_IN_NUMBER.test(match.text.slice(match.end))) return null;
    // "las dos", "la una" may be two or one of some things.
    const alone = /^las?$/.test(lead) && hour <= 4 && !/en punto/.test(match.text.slice(match.at, match.end));
    return {
      hour,
      minute: 0,
      ...(alone && { bare: true }),
      ...(/horas/.test(match.text.slice(match.at, match.end)) && { half: 'clock' as const }),
    };
  }),
  rule<Hour>(`(?<lead>(?:tipo|a eso de|cerca de|alrededor de) )${H12}(?! ?(?:[$€£%/]|\\d))`, (groups) => ({
    hour: hourOf(groups),
    minute: 0,
    vague: 'around',
  })),
  rule<Hour>('(?<lead>(?:al?|de|del|el) )?medio ?dia(?<m> y media)?(?! (?:libre|de))', (groups) => ({
    hour: 12,
    minute: groups.m ? 30 : 0,
    half: 'clock',
  })),
  rule<Hour>('media ?noche', () => ({ hour: 0, minute: 0, half: 'clock' })),
  rule<Hour>(`${H12} en punto`, (groups) => ({ hour: hourOf(groups), minute: 0 })),
  rule<Hour>(`${H12}${AFTER_BARE}`, (groups, { text, at, end }) => {
    const hour = hourOf(groups);
    if (hour < 2 || /^0/.test(groups.h!)) return null;
    const weak = BEFORE_NOT_HOUR.test(text.slice(0, at)) || NUMBER_AFTER.test(text.slice(end));
    return { hour, minute: 0, bare: true, ...(weak && { weak: true }) };
  }),
]);

/** Words before a time that make it vague. The text ends where the time begins. */
export const SPANISH_VAGUE: readonly [RegExp, NonNullable<Hour['vague']>][] = [
  [
    /(?:a eso de|sobre|hacia|tipo|cerca de|alrededor de|por ahi (?:de|a)|mas o menos|aprox\w*\.?|como a|por ay a|digamos como a)(?: a)?(?: las?| el| al)? $|\b(?:a eso|cerca|alrededor) del? $|\bcomo (?:a las?|las?|al) $/,
    'around',
  ],
  [/(?:despues de|a partir de|desde|pasad[oa]s|luego de)(?: las?| el)? $|\b(?:despues|a partir) del? $/, 'after'],
  [/(?:antes de|h?asta|maximo|a mas tardar)(?: a)?(?: las?| el)? $|\bantes del? $/, 'before'],
];
export const SPANISH_VAGUE_AFTER: readonly [RegExp, NonNullable<Hour['vague']>][] = [
  [/^(?: y pico| y algo| mas o menos| aprox| o asi\b| por ahi\b|,? mas o menos)/, 'around'],
  [/^ (?:pasadas|en adelante|pa adelante|para adelante|o despues|o mas tarde)/, 'after'],
  [/^ o antes\b/, 'before'],
];
