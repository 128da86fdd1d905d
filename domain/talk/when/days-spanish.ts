import { ES, numberOf, wordsFor } from './numbers.ts';
import { type Match, type Rule, rule } from './rule.ts';
import { NO_DAY, type Said } from './said.ts';

const MONTHS: Record<string, number> = {
  enero: 1,
  febrero: 2,
  marzo: 3,
  abril: 4,
  mayo: 5,
  junio: 6,
  julio: 7,
  agosto: 8,
  septiembre: 9,
  setiembre: 9,
  octubre: 10,
  noviembre: 11,
  diciembre: 12,
};

/** As said, and as speech recognition spells them on a bad line. */
const WEEKDAYS: Record<string, number> = {
  domingo: 0,
  'do mingo': 0,
  lunes: 1,
  'lu nes': 1,
  martes: 2,
  'mar tes': 2,
  miercoles: 3,
  miercole: 3,
  'mier coles': 3,
  jueves: 4,
  juebes: 4,
  'jue ves': 4,
  'jue bes': 4,
  viernes: 5,
  biernes: 5,
  'vier nes': 5,
  sabado: 6,
  savado: 6,
  'sa bado': 6,
};

const WD = `(?<weekday>${Object.keys(WEEKDAYS).join('|')})`;
const MONTH = `(?<month>${Object.keys(MONTHS).join('|')})`;
const DAY = `(?<day>\\d{1,2}|1[°ºo]|1ro|primero|${wordsFor(ES, 1, 31)})`;
const YEAR = '(?: (?:de |del )?(?:ano )?(?<year>20\\d\\d))?';
const MINUTES = `(?:${wordsFor(ES, 10, 59)}|[1-5]\\d)`;
/** The number before is an hour. */
const HOUR_FOLLOWS = `(?! ?(?:[:.]\\d\\d|hs?\\b|hrs\\b|horas\\b|am\\b|pm\\b|a\\. ?m|p\\. ?m|en punto|y (?:media|cuarto|pico|${MINUTES})\\b|i ?media|menos |de la (?:manana|tarde|noche|madrugada)|del mediodia|a la (?:manana|noche) en punto))`;
/** … and so it is where minutes follow it ("nueve treinta"), unless those are themselves an hour ("nueve, diez y media"). */
const MINUTES_FOLLOW = `(?! (?:${MINUTES}|cero ?\\w+)\\b(?! ?(?:[:.]\\d\\d|y |menos |hs|h\\b|de la |am\\b|pm\\b|en punto)))`;
const NO_HOUR = HOUR_FOLLOWS + MINUTES_FOLLOW;

const weekdayOf = (word: string | undefined) => (word === undefined ? undefined : WEEKDAYS[word.replace(/ +/g, ' ')]);
const dayOf = (word: string) => (/^(?:primero|1ro|1[°ºo])$/.test(word) ? 1 : numberOf(ES, word));
const yearOf = (year: string | undefined) => (year === undefined ? {} : { year: Number(year) });

function dated(groups: Record<string, string | undefined>): Said | null {
  const day = dayOf(groups.day!);
  const weekday = weekdayOf(groups.weekday);
  return {
    kind: weekday === undefined ? 'date' : 'weekday_and_date',
    ...(weekday !== undefined && { weekday }),
    day,
    month: MONTHS[groups.month!]!,
    ...yearOf(groups.year),
  };
}

const ofWeek =
  (which: Said['which'], beyond = 0) =>
  (groups: Record<string, string | undefined>): Said => ({
    kind: 'weekday',
    weekday: weekdayOf(groups.weekday)!,
    ...(which !== undefined && { which }),
    ...(beyond > 0 && { beyond }),
  });

const inDays = (days: number) => (): Said => ({ kind: 'relative', days });

/** Words that may follow a day of the month said alone; a noun would make another thing of it ("el cinco tambor"). */
const AFTER_NUMBER =
  '(?= *$| *[^a-z0-9 ]| +(?:a|al|de (?:este|ese|el|la|esta)|por|en|y|o|que|no|si|me|te|le|les|lo|los|la|esta|estoy|tengo|tenemos|queda|puede|puedo|va|viene|con|sin|para|tambien|es|seria|ya|entonces|mejor|perfecto|gracias|tipo|sobre|hay|tiene|tienen|bien|vale|dale|listo|desde|como|temprano|imposible|completo|nada|ni|sale|cierra|abre|cierran|abren|porque|pero|tampoco|nos|se|cae|martes|lunes|jueves)\\b)';
const NO_WEEKDAY_RANGE = '(?! (?:a|al|hasta el?) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo))';

const isMorning = (match: Match) =>
  /(?:\b(?:de|a|por|en|para|toda|esta|misma|cada|media|buena|otra|hora de|primera) (?:la )?|\bla )$/.test(
    match.text.slice(0, match.at),
  );

export const SPANISH_DAYS: readonly Rule<Said>[] = [
  // Days that pass, and stretches of the week, are no day to come.
  rule<Said>(
    `(?:${WD.replace('<weekday>', '<from>')}) (?:a|al|hasta el?) ${WD}|(?:el )?${WD.replace('<weekday>', '<gone>')} (?:pasado|anterior)|(?:todos |solo )?los ${WD.replace('<weekday>', '<all>')}(?! \\d)|(?:cada|un) ${WD.replace('<weekday>', '<each>')}`,
    () => NO_DAY,
  ),
  rule<Said>(`${WD},? (?:(?:que es|que seria|o sea|es|dia|el|el dia) )*${DAY} de ${MONTH}${YEAR}`, dated),
  rule<Said>(
    `${WD},? (?:el |dia )?(?<a>\\d{1,2}) ?[/-] ?(?<b>\\d{1,2})(?: ?[/-] ?(?<year>20\\d\\d|\\d\\d))?(?! ?[/-])`,
    (groups) => ({
      kind: 'weekday_and_date',
      weekday: weekdayOf(groups.weekday)!,
      stroke: [Number(groups.a), Number(groups.b)],
      strokeOrder: 'day_first',
      ...(groups.year && { year: (Number(groups.year) % 100) + 2000 }),
    }),
  ),
  rule<Said>(`${DAY} de ${MONTH},? (?:que (?:es|cae)(?: en)? )?(?:un )?${WD}${YEAR}`, dated),
  rule<Said>(`${DAY} de ${MONTH}${YEAR}`, dated),
  rule<Said>(
    `${WD},? (?:(?:que es|que seria|o sea|dia|el dia) (?:el )?)?${DAY} (?:de este mes|del corriente)`,
    (groups) => ({
      kind: 'weekday_and_date',
      weekday: weekdayOf(groups.weekday)!,
      day: dayOf(groups.day!),
      months: 0,
    }),
  ),
  rule<Said>(
    `(?:${WD},? (?:el |dia )?|el |dia )${DAY} (?:del (?:mes que viene|proximo mes|mes proximo|otro mes|mes siguiente)|de(?:l)? (?:proximo|siguiente) mes)`,
    (groups) => ({
      kind: groups.weekday ? 'weekday_and_date' : 'date',
      ...(groups.weekday && { weekday: weekdayOf(groups.weekday)! }),
      day: dayOf(groups.day!),
      months: 1,
    }),
  ),
  rule<Said>(
    `${WD},?(?: (?:que es|que seria|que es el|o sea el|o sea|dia|el dia|el proximo|proximo|el|es|es el|este))? ${DAY}${NO_HOUR}`,
    (groups, match) => {
      const next = match.text.slice(match.end);
      if (groups.day === 'un' || groups.day === 'una') return null;
      // "el sábado, cinco personas", "el martes dos chicas": the masks have those; a comma parts a number of people from its day.
      if (
        /^[a-z]+,? (?:\w+|\d+)$/.test(match.text.slice(match.at, match.end)) &&
        match.text.slice(match.at, match.end).includes(',')
      )
        return null;
      if (/^ (?:cero ?cinco|para las|pa las)/.test(next)) return null;
      return { kind: 'weekday_and_date', weekday: weekdayOf(groups.weekday)!, day: dayOf(groups.day!) };
    },
  ),
  rule<Said>(
    `(?:el|dia|del|al) (?:dia )?${DAY},? (?:que (?:es|cae|seria) )?(?:el |un )?${WD}(?! ${DAY.replace('<day>', '<other>')})`,
    (groups) => ({
      kind: 'weekday_and_date',
      weekday: weekdayOf(groups.weekday)!,
      day: dayOf(groups.day!),
    }),
  ),
  rule<Said>(
    `(?<lead>el |dia |para el |del |al )(?<a>\\d{1,2}) ?/ ?(?<b>\\d{1,2})(?: ?/ ?(?<year>20\\d\\d|\\d\\d))?`,
    (groups) => ({
      kind: 'date',
      stroke: [Number(groups.a), Number(groups.b)],
      strokeOrder: 'day_first',
      ...(groups.year && { year: (Number(groups.year) % 100) + 2000 }),
    }),
  ),
  rule<Said>(`(?<=^|[,.;:?!¿¡] ?)(?<a>\\d{1,2})/(?<b>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?`, (groups) => ({
    kind: 'date',
    stroke: [Number(groups.a), Number(groups.b)],
    strokeOrder: 'day_first',
    ...(groups.year && { year: (Number(groups.year) % 100) + 2000 }),
  })),
  rule<Said>(`(?<year>20\\d\\d)-(?<mm>\\d\\d)-(?<dd>\\d\\d)`, (groups) => ({
    kind: 'date',
    year: Number(groups.year),
    month: Number(groups.mm),
    day: Number(groups.dd),
  })),

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
  rule<Said>(`${WD} en (?:ocho|8)(?: dias)?(?! y)`, ofWeek(undefined, 7)),
  rule<Said>(`${WD} en (?:quince|15)(?: dias)?(?! y)`, ofWeek(undefined, 14)),
  rule<Said>(`${WD} (?:de|en) (?:esta|esta misma) semana`, ofWeek({ week: 0 })),
  rule<Said>(
    `${WD},? (?:de|en) (?:la )?(?:(?:proxima|otra|siguiente) semana|semana (?:que viene|proxima|entrante|que entra|siguiente))`,
    ofWeek({ week: 1 }),
  ),
  rule<Said>(
    `(?:la |de la )?(?:(?:proxima|otra) semana|semana (?:que viene|proxima|entrante|que entra)),? (?:el |para el )?${WD}(?! ${DAY})`,
    ofWeek({ week: 1 }),
  ),
  rule<Said>(`${WD} (?:de la )?(?:subsiguiente|semana subsiguiente)`, ofWeek({ week: 2 })),
  rule<Said>(
    `(?:proximo|siguiente|otro) ${WD}|${WD.replace('<weekday>', '<w2>')} (?:que viene|proximo|siguiente|entrante|que entra)`,
    (groups) => ofWeek('next')({ weekday: groups.weekday ?? groups.w2 }),
  ),
  rule<Said>(`(?:(?:este|ese|mismo|proximo) )*${WD}${NO_WEEKDAY_RANGE}`, ofWeek(undefined)),

  rule<Said>('pasado(?: de)? manana|pasadomanana', inDays(2)),
  rule<Said>(`(?<lead>el |dia |del |para el |al )(?:dia )?${DAY}${NO_HOUR}${AFTER_NUMBER}`, (groups, match) => {
    const alone = match.text.slice(match.at, match.end);
    // "el uno", "el primero": which one, more often than which day.
    if (/^(?:el|al|del|para el) (?:uno|un|una|primero)$/.test(alone)) return null;
    return { kind: 'day_number', day: dayOf(groups.day!) };
  }),
  rule<Said>('hoy(?! (?:en|por) (?:dia|hoy))|esta (?:misma )?(?:manana|tarde|noche)', inDays(0)),
  rule<Said>('manana', (_, match) => {
    const before = match.text.slice(0, match.at);
    if (/\b(?:lo|la|el|cita|turno|dia|hora|visita|lugar|reserva|partir|agenda|sesion|clase) de $/.test(before))
      return inDays(1)();
    if (/\b(?:hasta|para|desde) $/.test(before)) return inDays(1)();
    return isMorning(match) ? null : inDays(1)();
  }),
];
