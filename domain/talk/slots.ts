import type { ReadTurn, Sentence } from './turns.ts';
import type { DayMention, TimeMention } from './when/types.ts';

/** A day or an hour that was proposed in a talk. */
export interface Said {
  values: string[];
  role: ReadTurn['role'];
  turn: number;
  at: number;
  end: number;
  text: string;
  /** Refused in the same sentence. */
  rejected: boolean;
  question: boolean;
  exact: boolean;
  vague: boolean;
  conflict: boolean;
  past: boolean;
  /** 0 Sunday … 6, if only a weekday was said. */
  weekday?: number | undefined;
}

/**
 * Words before a day or an hour that is not a slot: the business closes or opens then, or reminds; a thing is ready, or somebody was born.
 */
const ASIDE_BEFORE =
  /(?<![a-zñ])(?:cierr\w+|cerra\w+|abr\w+|hasta|atend\w+ (?:hasta|desde)|desde|a partir de|antes de|despues de|entre|sms|mensaje|recordatorio|empie\w+|termina\w*|entreg\w+|retir\w+|recog\w+|list[oa] (?:para|a)|nacio|llego|en ayunas?(?: desde)?|vence|caduca|sale a (?:almorzar|comer)|almuerz\w+|com[eo]|salgo|clos\w+|open\w*|until|till|til|from|before|after|since|between|ready|pick(?:ed)? up|collect\w*|text|reminder|starts?|ends?|finish\w*|born|expires?|due|done by|back by|lunch|eat|work|running|got|up to|no (?:later|earlier) than|quarter past the) (?:(?:a|las|la|el|los|at|the|on|by|it|him~*|is|de|como|around|about) )*$/;
const NO_BEFORE =
  /(?<![a-zñ])(?:no|not|ni|ni el|no el|not the|not on|not (?:this|next)|except|excepto|menos|salvo|instead of|en vez de|en lugar de|rather than|scratch|(?:rubbed out|wiped|cancell?ed|crossed out|scrapped|binned|dropped|moved)(?: the| her| him~*)?|borro|quito|cancelo|saco|anulo|borre|quite|saque|tach\w+|scrap|forget|skip|drop|olvid\w+|ignor\w+|(?:scratched|scratching|scrapped|scrapping|forget about)|(?:borr|quit|cancel|anul|elimin)\w+|(?:pulled|took|taken|take|knocked|struck|crossed)(?: it| him~*| her| them)? off|s(?:aco|aque|acamos|aqué) d|lo del|la del|el del|no le doy|ya no (?:le|te) doy|ya no) (?:(?:el|la|las|a|del|de la|the|on|at|this|that|for|para|de) )*$/;
const NO_AFTER =
  /^[ ,]*(?:(?:(?:is|has been|'s|one|slot|one's|esta|queda|quedo|fue) )?(?:scratched|rubbed out|wiped|crossed (?:off|out)|cancell?ed|scrapped|binned|deleted|cancelad[oa]|anulad[oa]|borrad[oa]|tachad[oa]|sin efecto|off|out)|(?:lo |la |te lo |se lo )?(?:olvid\w+|tach\w+|borr\w+|quit\w+|cancel\w+|libere|libero|solte|suelto)|ya fue|(?:ya )?no(?![a-zñ])(?! (?:hay problema|problem|bother|worries|pasa))|imposible|fuera|esta (?:llen|complet|ocupad)|(?:is|'s) (?:no good|full|out|gone|taken|off|booked|closed|the)|(?:won't|can't|doesn't|isn't|wouldn't)(?![a-z]))/;

/** All days and hours of a turn that can be a slot. */
export function saidIn(
  read: ReadTurn,
  earlier: { days: readonly Said[]; times: readonly Said[] },
): { days: Said[]; times: Said[] } {
  const days: Said[] = [];
  const times: Said[] = [];
  for (const sentence of read.sentences) {
    for (const day of sentence.days) {
      if (day.kind === 'day_number' && /^(?:first|second|primer[oa]?|segund[oa])$/.test(day.text.toLowerCase()))
        continue;
      if (!isAside(read, day)) days.push(withItsHour(said(read, sentence, day), day, earlier));
    }
    for (const time of sentence.times) {
      if (time.vague && time.vague !== 'around') continue;
      if (
        time.bare &&
        !isHour(sentence, time) &&
        !earlier.times.some(({ values }) => values.some((value) => time.values.includes(value)))
      )
        continue;
      if (!isAside(read, time)) times.push(said(read, sentence, time));
    }
  }
  return { days, times };
}

/** "Jueves nueve", when Thursday has another date and nine was named as the hour: the day that was named before. */
function withItsHour(
  said: Said,
  { day, weekday, month }: DayMention,
  { days, times }: { days: readonly Said[]; times: readonly Said[] },
): Said {
  if (!said.conflict || month !== undefined || day === undefined || day > 12) return said;
  const isSaid = times.some(({ values }) => values.some((value) => Number(value.slice(0, 2)) % 12 === day % 12));
  const named = days.findLast(({ values }) => values.length === 1 && weekdayOf(values[0]!) === weekday);
  return isSaid && named ? { ...said, values: named.values, conflict: false } : said;
}

/** A number alone is an hour next to a day, or when it was named as an hour before. */
const isHour = (sentence: Sentence, { at }: TimeMention): boolean =>
  !sentence.times.some(({ bare }) => !bare) &&
  sentence.days.some((day) => Math.abs(day.end - at) < 12 || Math.abs(at - day.at) < 12);

const before = ({ text }: ReadTurn, at: number): string => text.slice(Math.max(0, at - 40), at);

const ASIDE_AFTER =
  /^ (?:se (?:llena|pone|va)|cierr|abr(?:e|imos)|empie|termin|sale|salgo|tengo (?:a |otr|que|un|una)|viene (?:el|la|otr)|closes|opens|starts|finishes|i'm (?:out|away|gone|off|at|in|on)|(?:yo )?estoy (?:en|de|con|fuera)|it's (?:mad|busy|packed|dark))/;

/** The arrival time for forms, before the appointment. */
const EARLY_BEFORE =
  /(?<![a-zñ])(?:come|be|get|arrive|pop|show up|turn up|lleg\w+|veng\w*|ven|venir|present\w+|pas[ae]\w*|este)(?: [a-zñ']+){0,5}? (?:antes|early|earlier|before|by|temprano|adelantad[oa]),?(?: (?:a las|a la|al|at|by|around|say|like|tipo))*? $/;
const EARLY_AFTER =
  /^[ ,]*(?:(?:de la|de|in the|en|sharp|clavad\w*|manana|tarde|morning|afternoon) ?){0,3}(?:[a-zñ]+ )?(?:for|to (?:do|fill|sign)|por|para)(?: (?:llenar|hacer|firmar|completar|rellenar))? (?:the |some |her |his |their |el |los |la |las |un |unos |una )?(?:[a-zñ]+ )?(?:forms?|paper\w*|registration|check-?in|questionnaire|papel\w*|formularios?|fichas?|tramites?|registro|cuestionario|firmas?|datos|planilla)(?![a-zñ])/;

const isAside = (read: ReadTurn, { at, end }: { at: number; end: number }): boolean =>
  ASIDE_BEFORE.test(before(read, at)) ||
  ASIDE_AFTER.test(read.text.slice(end, end + 30)) ||
  (read.role === 'business' &&
    (EARLY_BEFORE.test(before(read, at)) || EARLY_AFTER.test(read.text.slice(end, end + 60))));

function said(read: ReadTurn, sentence: Sentence, mention: DayMention | TimeMention): Said {
  const { at, end, text, values } = mention;
  const alone = sentence.days.length + sentence.times.length === 1;
  const refused = sentence.cues.some(({ kind }) => kind === 'denied');
  return {
    values,
    role: read.role,
    turn: read.turn,
    at,
    end,
    text,
    rejected: NO_BEFORE.test(before(read, at)) || NO_AFTER.test(read.text.slice(end, end + 40)) || (refused && alone),
    question: sentence.question,
    exact: 'exact' in mention ? mention.exact : mention.values.length === 1,
    vague: 'vague' in mention && mention.vague !== undefined,
    conflict: 'conflict' in mention && mention.conflict === true,
    weekday:
      // "Martes subsiguiente" is one day, and not any Tuesday that was named.
      'kind' in mention && mention.kind === 'weekday' && mention.values.length > 0 && /^\p{L}+$/u.test(mention.text)
        ? weekdayOf(mention.values[0]!)
        : undefined,
    past: 'past' in mention && mention.past === true,
  };
}

/** True when both may mean the same. A weekday alone agrees with any named date on that weekday. */
export const agree = (a: Said, b: Said): boolean =>
  a.values.some((value) => b.values.includes(value)) || isDayOf(a, b) || isDayOf(b, a);

const isDayOf = ({ weekday }: Said, { values }: Said): boolean =>
  weekday !== undefined && values.some((value) => weekdayOf(value) === weekday);

const weekdayOf = (date: string): number | undefined =>
  date.length === 10 ? new Date(`${date}T00:00:00Z`).getUTCDay() : undefined;
