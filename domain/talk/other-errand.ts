import { normal } from './normal.ts';
import type { Place, ReadTurn, Sentence } from './turns.ts';
import type { TalkContext } from './types.ts';

const NOT =
  "(?:no (?:hay|tenemos|tengo|hacemos|hago|atendemos|atiende|trabajamos|realizamos|ofrecemos|manejamos|llevamos|damos|vemos|se hace|vuelve|viene|esta|contamos)|ya no|de licencia|de vacaciones|de baja|jubil\\w+|en mantenimiento|fuera de servicio|se (?:dano|descompuso|rompio)|danad[oa]|rot[oa]|descompuest[oa]|(?:got|has|have|there's|there is) no(?! (?:problem|bother|worries|rush|hurry|charge|need|doubt|more|wonder))|(?:don'?t|doesn'?t|do not|can'?t|never|no longer|not|isn'?t|aren'?t|ain'?t) (?:do|does|offer|have|take|handle|see|available|provide|got|open|start|touch|give|an?|the)|broken|out of order|discontinued|stopped|(?:no one|nobody|noone) (?:doing|for|who does|to do))";
/**
 * The business said that it does not have the errand, and continued with something else. Undefined: no such thing. The refusing sentence
 * must name the errand; a refused day or hour does not count.
 */
export function otherErrand(
  read: readonly ReadTurn[],
  { service_type, special_requests = '' }: TalkContext['request'],
  givenAt: number,
): Place | undefined {
  const own = stemsOf(`${service_type} ${special_requests}`);
  const [errand] = read.filter(({ role, spoken }) => role === 'agent' && spoken);
  const stems = [...own, ...stemsOf([...(errand?.text.matchAll(THING) ?? [])].map(([, thing]) => thing).join(' '))];
  if (stems.length === 0) return undefined;
  for (const stem of stems) {
    const refused = refusalOf(read, stem, givenAt, own.includes(stem));
    if (refused) return refused;
  }
  return undefined;
}

/** The object of an errand: the word after an article or a preposition. */
const THING = /(?<![a-zñ])(?:por|para|de|un|una|for|an?|his|her|su|the|some) (?:[a-zñ]+ )?([a-zñ]{5,})/g;

/** The first refusal of a word's stem, unless somebody later mentions it as available. */
function refusalOf(read: readonly ReadTurn[], stem: string, givenAt: number, isOwn: boolean): Place | undefined {
  const some = `${stem}\\w*`;
  const refusals = [
    new RegExp(
      `(?<![a-zñ])${some}(?: [a-zñ']+){0,3},? ${NOT}(?![a-zñ])(?!.* (?:si no|sin|unless|without|until|till|hasta|a menos) )`,
    ),
    new RegExp(
      `(?<![a-zñ])${NOT}(?: [a-zñ']+){0,3} ${some}(?!.* (?:si no|sin|unless|without|until|till|hasta|a menos) )`,
    ),
  ];
  const asked = new RegExp(
    `^(?:and|but|y|pero) (?:the|for the|la|el|los|las|para la|para el|por la|por el) ${some}[^?]*$`,
  );
  const sentElsewhere = new RegExp(`^(?:for|de|del|para|as for|about) (?:the |la |el |lo |su |his |her )*${some}`);
  const named = new RegExp(`(?<![a-zñ])${some}`);
  let refused: Place | undefined;
  for (const { role, turn, sentences } of read) {
    for (const sentence of sentences) {
      if (role === 'agent') {
        if (isOwn && sentence.question && asked.test(sentence.text))
          return { turn, at: sentence.at, end: sentence.end };
        if (named.test(sentence.text) && turn <= givenAt) refused = undefined;
        continue;
      }
      for (const part of partsOf(sentence)) {
        if (PASSED_ON.test(part.text)) continue;
        if (refusals.some((refusal) => refusal.test(part.text))) refused = { turn, at: part.at, end: part.end };
        else if (turn > givenAt && sentElsewhere.test(part.text)) refused = { turn, at: part.at, end: part.end };
        else if (named.test(part.text) && turn <= givenAt) refused = undefined;
      }
    }
  }
  return refused;
}

/** A message for the errand's person: "y dígales que en dos clases no hay milagros". */
const PASSED_ON = /^[^a-zñ]*(?:and |y |pero |but )*(?:tell|dig[ae]|dile|decil|diga|recuerd|remind|avis)/;

const TITLE = '(?:la señora|el señor|la senora|el senor|don|doña|dona|mrs?\\.?|miss|ms\\.?)';
const NOT_A_NAME =
  '(?!him~*|her|his|them|the|that|this|el|la|las|los|su|sus|ese|esa|ella|ellos|usted|ustedes|dos|tres|cuatro|cinco|seis|mañana|hoy|un|una|lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|control|way|eighteen|sixteen|fifteen|[0-9])';

/** Somebody else who gets the slot: with a title, but not as the person to see, or by the name of the entry. */
const OTHER_PERSON = new RegExp(
  `(?<![a-zñ])(?:(?<!(?<![a-zñ])(?:con|with|see|sees|seeing|under|by|to|de|del|y|and|from|atiende|recibe|a|llama|habla|soy|is|it's|hola|hello|hi|thanks|gracias|has|tiene|where|ask) )${TITLE} (?!him~*)([a-zñ]{3,})(?!(?:'s|,? (?:is|was|has|had|can|will|would|does|do|did|takes|sees|said|says|likes|handles|tiene|tendra|atiende|esta|estara|viene|puede|dice|dijo|lo|la|le|los|las|no|se|ya))(?![a-zñ]))|(?:under|a nombre de|al nombre de|name of|somebody called|someone called|un tal|una tal) (?:${TITLE} )?${NOT_A_NAME}([a-zñ]{3,})|(?:queda|quedo) para ${NOT_A_NAME}([a-zñ]{5,}))`,
);

/** True when a turn gives the slot to somebody else: it names a person who does not have the first name of the errand's person. */
export function otherPerson({ text, message, turn }: ReadTurn, userName: string, house: string): Place | undefined {
  const match = OTHER_PERSON.exec(text);
  if (!match) return undefined;
  const name = match[1] ?? match[2] ?? match[3]!;
  const own = normal(userName)
    .split(/[^a-zñ]+/)
    .filter((part) => part.length > 2);
  const [first = ''] = own;
  const words = normal(message).split(/[^a-zñ]+/);
  const isNamed = own.length > 1 ? words.includes(first) : /him~*/.test(text);
  // The person in the name of the business works there.
  if (isNamed || house.includes(name) || own.some((part) => isLike(name, part))) return undefined;
  return { turn, at: match.index, end: match.index + match[0].length };
}

/** Parts between commas and buts, except those about a day or an hour. */
function partsOf({ text, at, days, times }: Sentence): { text: string; at: number; end: number }[] {
  const parts: { text: string; at: number; end: number }[] = [];
  let from = 0;
  for (const part of text.split(/(?=,| pero | but )/)) {
    const start = at + from;
    const end = start + part.length;
    from += part.length;
    if (![...days, ...times].some((mention) => mention.at >= start && mention.at < end))
      parts.push({ text: part, at: start, end });
  }
  return parts;
}

/** Words of every call's beginning that name no errand. */
const NO_ERRAND =
  /^(?:automat\w*|assist\w*|asist\w*|agent\w*|agente\w*|sistema|system|digital|virtual|voice|calling|phoning|ringing|behalf|llam\w*|habl\w*|parte|nombre|hello|buenos|buenas|tardes|noches|morning|afternoon|evening|would|could|should|there|their|about|quier\w*|quisier\w*|podr\w*|tendr\w*|tienen|puede\w*|lunes|martes|miercoles|jueves|viernes|sabado|domingo|mañana|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|weekend|enero|febrero|marzo|abril|agosto|septiembre|octubre|noviembre|diciembre|january|february|march|april|august|september|october|november|december|primer\w*|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w*teenth|twent\w*|thirt\w*|cuatro|cinco|siete|nueve|doce|trece|catorce|quince|veint\w*|treinta|three|seven|eight|eleven|twelve|media|cuarto|quarter|o'clock|clock|hour\w*|minut\w*|appointment|turno|reserva\w*|somebody|someone|please|favor|thank\w*|gracias|señor\w*|necesit\w*|needs?|wants?|likes?|after|before|around|early|later|sobre|antes|despues|tarde|semana|proxim\w*|siguiente|person\w*|people|which|where|when|possible|posible|sería|seria|hacer|tener|algun\w*|himself|herself)$/;

const stemsOf = (words: string): string[] =>
  normal(words)
    .split(/[^a-zñ]+/)
    .filter((word) => word.length >= 5 && !NO_ERRAND.test(word))
    .map((word) => word.slice(0, 5));

/** The speech recogniser writes names with a capital. */
const CALLED =
  /(?:that's|that is|it's|this is|es|esto es|eso es|seria) (?:for|para|de) (?:la |el |señora |señor )?(\p{Lu}\p{Ll}{2,})/gu;
const FULL_NAME = /(\p{Lu}\p{Ll}{2,}) (\p{Lu}\p{Ll}{2,})/gu;

const NO_FIRST_NAME =
  /^(?:yes|yeah|yep|okay|right|so|and|for|mr|mrs|ms|miss|mister|madam|young|old|lovely|great|perfect|grand|brilliant|hello|hi|hiya|thanks|thank|hola|gracias|vale|dale|claro|pues|anotad[oa]|agendad[oa]|reservad[oa]|then|then,|now|good|oh|ah|srta|sra|sr|doctora|profe|niñ[oa]|dear|señor|señora|señorita|don|doña|listo|perfecto|bueno|si|entonces|familia|family|the|la|el|doctor|doctora|licenciad[oa]|ingenier[oa]|maestr[oa])$/;
const CALENDAR =
  /^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|the|and|para|con|for|at|on)$/;

/** Somebody else is named: another first name, or the right one with another surname. */
export function otherName({ message, turn, role }: ReadTurn, userName: string, agentWords: string): Place | undefined {
  if (role !== 'business') return undefined;
  const own = normal(userName)
    .split(/[^a-zñ]+/)
    .filter((part) => part.length > 2);
  if (own.length === 0) return undefined;
  const isOwn = (name: string): boolean => own.some((part) => isLike(normal(name), part));
  for (const match of message.matchAll(CALLED)) {
    if (!isOwn(match[1]!)) return place(match);
  }
  for (const match of message.matchAll(FULL_NAME)) {
    const [, first, last] = match;
    if (
      own.length > 1 &&
      isLike(normal(last!), own.at(-1)!) &&
      !isOwn(first!) &&
      !agentWords.includes(normal(first!)) &&
      !NO_FIRST_NAME.test(normal(first!))
    )
      return place(match);
    if (own.length > 1 && isLike(normal(first!), own[0]!) && !isOwn(last!) && !CALENDAR.test(normal(last!)))
      return place(match);
  }
  // Without capitals a surname is recognised by its similarity: it begins like the right one and ends differently.
  for (const match of normal(message).matchAll(/([a-zñ]{3,}) ([a-zñ]{4,})/g)) {
    const [, first, last] = match;
    const confusable = own.slice(1).some((part) => part.slice(0, 4) === last!.slice(0, 4) && part.length > 4);
    if (confusable && first === own[0] && !isOwn(last!)) return place(match);
  }
  return undefined;

  function place(match: RegExpExecArray): { turn: number; at: number; end: number } {
    return { turn, at: match.index, end: match.index + match[0].length };
  }
}

/** A possible spelling of the recogniser: at most two letters in five differ. */
function isLike(a: string, b: string): boolean {
  return distance(a, b) <= Math.max(a.length, b.length) * 0.4;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
