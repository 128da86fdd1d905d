import { EN, ES, SOME_NUMBER, wordsFor } from './numbers.ts';
import { type Rule, rule } from './rule.ts';
import type { Language } from './types.ts';

/** Numbers that are not days or hours: prices, ages, people, durations, keys to press, addresses, phone numbers. */
const masked = (body: string, needs: RegExp = SOME_NUMBER): Rule<true> => ({ ...rule<true>(body, () => true), needs });

const ES_MONTHS = 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre';

const ES_ANY = `(?:(?:ciento?|(?:dos|tres|cuatro|seis|sete|ocho|nove)cient[oa]s|quinient[oa]s|mil)[ -]+(?:y +)?)*(?:\\d+(?:[.,]\\d+)?|${wordsFor(ES, 1, 59)}|(?:sesenta|setenta|ochenta|noventa)(?: y (?:${wordsFor(ES, 1, 9)}))?|ciento?|(?:dos|tres|cuatro|seis|sete|ocho|nove)cient[oa]s|quinient[oa]s|mil)`;
const EN_ANY = `(?:\\d+(?:[.,]\\d+)?|${wordsFor(EN, 1, 59)}|(?:sixty|seventy|eighty|ninety)(?:[ -](?:${wordsFor(EN, 1, 9)}))?)`;

const ES_THINGS =
  'mil|cien|pesos?|euros?|dolares|soles|lucas?|varos?|reales|quetzales|pavos|por ciento|personas?|adult[oa]s?|nin[oa]s?|nen[ae]s?|chic[oa]s|comensales|cubiertos|invitad[oa]s|herman[oa]s|hij[oa]s|amig[oa]s|senor[ae]s|mujeres|hombres|gente|puestos|plazas|lugares|perr[oa]s?|gat[oa]s?|anos?|anitos|meses|mes|semanas?|segundos?|seg|noches|veces|cuadras|km|kilos?|kilometros|metros|gramos|cosas|clases|sesiones|piezas|pares|neumaticos|llantas|ruedas|eles|eses|enes|erres|des|tes|grados|puntos|pisos|pa(?:x|xs)|lineas?|opciones|prendas|trajes|mesas|canchas|turnos|huecos|citas|horas antes|largo|regular|corto|d[ei] talla';
const EN_THINGS =
  'hundred|thousand|grand|k|dollars?|bucks?|pounds?|quid|euros?|cents?|pence|percent|per cent|people|persons?|adults?|kids?|children|guests?|folks?|ladies|girls|boys|lads|men|women|friends|sisters|brothers|seats?|covers?|heads?|diners|years?|yrs?|yr|year-olds?|months?|weeks?|days?|seconds|secs?|nights?|times|miles?|blocks|minutes?|mins?|hours?|hrs?|pack|items?|things?|sessions?|pairs?|tyres?|tires?|wheels?|degrees|stone|kilos?|feet|(?:foot|feet)(?: (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|\\d+))?|inch(?:es)?|cows|horses|dogs?|cats?|pets|cobs|doors down|rooms?|tables?|slots|stars?|of (?:us|them|you|ye)|or (?:so )?people';

/** Words that make the number before them an hour. */
const NO_CLOCK =
  '(?! ?(?:[:.]\\d|hs\\b|hrs\\b|h\\b|y (?:media|cuarto)|quince\\b|treinta\\b|y (?:diez|veinte|quince)\\b|de la (?:manana|tarde|noche)|am\\b|pm\\b|a\\. ?m|p\\. ?m))';

const SPANISH = [
  masked('24 ?/ ?7'),
  masked(
    `(?:(?:mesas?|reserva|lugar|cancha|grupo|espacio) (?:para|de)|somos|seriamos|seremos|vamos a ser|vamos|son|vienen|venimos|mesa) (?:(?:como|unos|unas) )?(?:${ES_ANY})${NO_CLOCK}`,
  ),
  masked(
    `(?<!cuarto )(?:para|pa) (?:unos |unas )?(?:${wordsFor(ES, 2, 30)}|\\d{1,2})(?! ?(?:[:./]\\d|hs|h|y (?:media|cuarto)|menos|de la|de (?:${ES_MONTHS})|am|pm|a\\.m|p\\.m))`,
  ),
  masked(
    `(?:calle|avenida|avda|av|carrera|cra|cr|cl|esquina|pasaje|plaza|ruta|kilometro|km|piso|apartamento|apto|depto|departamento|puerta|local|oficina|consultorio|sala|box|mesa|linea|casa|torre|manzana|lote|interno|extension|anexo|numero|nro|n°|talle?a?|talla|bus|camion|cancha|futbol|opcion|tecla|marque|marcar|oprima|pulse|presione|digite|pagina|nivel|grado|unidad|codigo|folio|matricula) (?:de |con |y )*(?:el |la |al |numero |nro\\.? |# ?)*(?:${ES_ANY})(?: (?:con|#|y|bis|a|b) \\d+)?${NO_CLOCK}`,
  ),
  masked(
    '(?:calle|avenida|avda|av|plaza|esquina|barrio|colonia)\\.? (?:\\d{1,2}|primero|' +
      wordsFor(ES, 1, 31) +
      `) de (?:${ES_MONTHS})(?: (?:al )?\\d+)?`,
  ),
  masked(`\\d{1,2} de (?:${ES_MONTHS}) (?:al )?(?!20\\d\\d)\\d{3,5}`),
  masked(
    `(?:hace|desde hace|durante|dura|duran|tarda|tardan|cada|ayuno de) (?:unos |unas |como )*(?:${ES_ANY})(?: horas?| hs| h)?`,
  ),
  masked(`(?<!\\b(?:y|las|menos) )(?:${ES_ANY}) ?(?:minutos?|minutitos|min)(?! (?:para|pa|antes de) l)`, /min/),
  masked(`(?:${wordsFor(ES, 2, 12)}|\\d{1,2}) (?:ultim|primer|siguient)[oe]?[ae]?s`),
  masked(
    `(?<!\\blas )(?<![\\d:.])(?:${ES_ANY}) (?:horas?|horitas?)(?: y media)?(?! de la (?:manana|tarde|noche))`,
    /hor/,
  ),
  masked(
    '(?:media|una|de) (?:hora|horita)(?: y media| y cuarto)?|hora y (?:media|cuarto)|tres cuartos de hora|cuarto de hora|toneladas? y media|ano y medio',
  ),
  masked(`(?:24|36|48|72) ?(?:hs?|hrs)`),
  masked(`(?:${ES_ANY}) (?:(?:o|a|y) (?:${wordsFor(ES, 1, 59)}|\\d+) )?(?:de )?(?:${ES_THINGS})`),
  masked('(?:[$€£] ?\\d[\\d.,]*|\\d[\\d.,]* ?[$€£%])'),
  masked(`(?:tiene|tengo|cumple|cumplio|de) (?:${wordsFor(ES, 1, 59)}|\\d+) (?:anos?|anitos|meses)`, /an[oi]|meses/),
];

const ENGLISH = [
  masked('24 ?/ ?7|twenty[ -]four[ -]seven'),
  masked(
    `(?:table|party|group|room|brunch|dinner|lunch|breakfast|booking|reservation) (?:for|of) (?:about |around )?(?:${EN_ANY})(?! ?(?:thirty|fifteen|forty|o'? ?clock|am|pm|a\\.m|p\\.m|:))`,
  ),
  masked(
    `(?:press|dial|say|option|extension|ext|number|line|room|suite|unit|floor|flat|apartment|apt|gate|bay|door|route|highway|exit|size|page|step|chapter|building|platform|ramp|chair|aged?|ages|turns|turning|turned|nearly|under|over|is (?:he|she)|(?:he|she|they)(?:'s| is| was|'re| are)|lot|aisle|phase|grade|year|form|level) (?:number |about |only |just |around )?(?:${EN_ANY})(?! ?(?:thirty|fifteen|forty[ -]?five|o'? ?clock|am|pm|a\\.m|p\\.m|:))`,
  ),
  masked(
    `(?:for|in|takes?|lasts?|about|another|every|within|under) (?:about |around |roughly |another |the next )*(?:${EN_ANY}|an?|half an?) ?(?:to (?:${EN_ANY}) )?(?:minutes?|mins?|hours?|hrs?|seconds|days?|weeks?|months?|years?)(?: and a half)?`,
  ),
  masked(
    `half (?:an? )?(?:hour|dozen|day|price|term|pint|a morning|a day|share)s?|an? (?:half[ -])?hour(?: and a (?:half|quarter))?|half a (?:share|morning|day|dozen)`,
  ),
  masked(
    `(?:(?:${EN_ANY}) (?:to|or) )?(?:${EN_ANY})[ -](?:minutes?|mins?)(?! (?:to|past|after|before|till?|until) (?:the )?(?:${wordsFor(EN, 1, 12)}|\\d|noon|midday|midnight))`,
  ),
  masked(
    `(?:${EN_ANY}) (?:and a half )?(?:or (?:${EN_ANY}) |to (?:${EN_ANY}) |and (?:a half|(?:${EN_ANY})) )?(?!(?:minutes?|mins?)\\b)(?:${EN_THINGS.replaceAll('|k|', '|')})`,
  ),
  masked(`(?:${EN_ANY})[ -]year[ -]olds?|(?:${EN_ANY})-(?:minute|hour|day|week|month|point|door|seater|piece|year)`),
  masked(
    `(?:a|one|two|three|four|five|six|seven|eight|nine) (?:hundred|thousand|grand)(?: and)?(?: (?:${EN_ANY}))?`,
    /hundred|thousand|grand/,
  ),
  masked('\\d+ (?:[a-z]+ ){1,2}(?:street|road|rd|avenue|ave|lane|drive|close|court|terrace|boulevard|blvd|crescent)'),
  masked('(?:[$€£] ?\\d[\\d.,]*|\\d[\\d.,]* ?[$€£%])'),
  masked(
    'wait a second|one second|just a second|hang on a second|the other one|this one|that one|which one|no one|one of|one more|one tick|one moment|one sec|second (?:floor|time|one|line|opinion|thought)s?|first (?:thing|time|name|visit|hour|floor|one|appointment|available|of all|come)s?',
  ),
];

const DIGIT_WORDS = `(?:zero|oh|double|nought|cero|\\d|${wordsFor(ES, 1, 9)}|${wordsFor(EN, 1, 9)})`;

/** Numbers read out digit by digit or in groups, and long numbers. */
const READ_OUT = [
  masked(`${DIGIT_WORDS}(?:[ ,.-]+(?:y )?${DIGIT_WORDS}){3,}`),
  masked('\\+?\\d[\\d]{4,}|(?!20\\d\\d-\\d\\d-\\d\\d(?!\\d))\\+?\\d{2,4}(?:[ -]\\d{2,4}){2,}|\\d{3,4}[ -]\\d{4}'),
];

export const MASKS: Record<Language, readonly Rule<true>[]> = {
  es: [...READ_OUT, ...SPANISH],
  en: [...READ_OUT, ...ENGLISH],
};
