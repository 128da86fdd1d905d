import {
  DAY,
  dated,
  dayOf,
  inDays,
  MONTH,
  NO_HOUR,
  ofWeek,
  SOME_MONTH,
  SOME_WEEKDAY,
  WD,
  weekdayOf,
  YEAR,
} from './names-spanish.ts';
import { type Match, needing, type Rule, rule } from './rule.ts';
import { NO_DAY, type Said } from './said.ts';

/** Words that may follow a day of the month alone; a noun would make another thing of it ("el cinco tambor"). */
const AFTER_NUMBER =
  '(?= *$| *[^a-z0-9 ]| +(?:a|al|de (?:este|ese|el|la|esta)|por|en|y|o|que|no|si|me|te|le|les|lo|los|la|esta|estoy|tengo|tenemos|queda|puede|puedo|va|viene|con|sin|para|tambien|es|seria|ya|entonces|mejor|perfecto|gracias|tipo|sobre|hay|tiene|tienen|bien|vale|dale|listo|desde|como|temprano|imposible|completo|nada|ni|sale|cierra|abre|cierran|abren|porque|pero|tampoco|nos|se|cae|martes|lunes|jueves)\\b)';
const NO_WEEKDAY_RANGE = '(?! (?:a|al|hasta el?) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo))';

const isMorning = (match: Match) =>
  /(?:\b(?:de|a|por|en|para|toda|esta|misma|cada|media|buena|otra|hora de|primera) (?:la )?|\bla )$/.test(
    match.text.slice(0, match.at),
  );

export const SPANISH_DAYS: readonly Rule<Said>[] = [
  ...needing(SOME_WEEKDAY, [
    // Past days and parts of the week are not days to come.
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
  ]),
  ...needing(SOME_MONTH, [
    rule<Said>(`${DAY} de ${MONTH},? (?:que (?:es|cae)(?: en)? )?(?:un )?${WD}${YEAR}`, dated),
    rule<Said>(`${DAY} de ${MONTH}${YEAR}`, dated),
  ]),
  ...needing(/ mes\b|del corriente/, [
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
  ]),
  ...needing(SOME_WEEKDAY, [
    rule<Said>(
      `${WD}(?: que viene)?,?(?: (?:que es|que seria|que es el|o sea el|o sea|dia|el dia|el proximo|proximo|el|es|es el|este))? ${DAY}${NO_HOUR}`,
      (groups, match) => {
        const next = match.text.slice(match.end);
        if (groups.day === 'un' || groups.day === 'una') return null;
        // After a comma a low number may be an hour or people: "el sábado, nueve".
        if (/,\s*\S+$/.test(match.text.slice(match.at, match.end)) && dayOf(groups.day!) < 13) return null;
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
  ]),
  ...needing(/\d ?\//, [
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
  ]),
  rule<Said>(`(?<year>20\\d\\d)-(?<mm>\\d\\d)-(?<dd>\\d\\d)`, (groups) => ({
    kind: 'date',
    year: Number(groups.year),
    month: Number(groups.mm),
    day: Number(groups.dd),
  })),

  ...needing(SOME_WEEKDAY, [
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
  ]),
  rule<Said>('pasado(?: de)? manana|pasadomanana', inDays(2)),
  rule<Said>(`(?<lead>el |dia |del |para el |al )(?:dia )?${DAY}${NO_HOUR}${AFTER_NUMBER}`, (groups, match) => {
    const alone = match.text.slice(match.at, match.end);
    // "el uno", "el primero" choose one of several more often than they name a day.
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
