import { normal } from './normal.ts';
import type { ReadTurn, Sentence } from './turns.ts';
import type { TalkContext } from './types.ts';

const NOT =
  "(?:no (?:hay|tenemos|tengo|hacemos|hago|atendemos|atiende|trabajamos|realizamos|ofrecemos|manejamos|llevamos|damos|vemos|se hace|vuelve|viene|esta|contamos)|ya no|de licencia|de vacaciones|de baja|jubil\\w+|en mantenimiento|fuera de servicio|se (?:dano|descompuso|rompio)|danad[oa]|rot[oa]|descompuest[oa]|(?:(?:got|has|have|there's|is) )?no(?! (?:problem|bother|worries|rush|hurry|charge|need|doubt))|(?:don'?t|doesn'?t|do not|can'?t|never|no longer|not|isn'?t|aren'?t|ain'?t) (?:do|does|offer|have|take|handle|see|available|provide|got|open|start|touch|give|an?|the)|broken|out of order|discontinued|stopped)";
/**
 * The business said that it has not what was asked for, and went on to something else. undefined: nothing of the kind. A refused day
 * or hour is none: the refusing sentence must name the errand.
 */
export function otherErrand(
  read: readonly ReadTurn[],
  { service_type, special_requests = '' }: TalkContext['request'],
  givenAt: number,
): Place | undefined {
  const stems = stemsOf(`${service_type} ${special_requests}`);
  if (stems.length === 0) return undefined;
  for (const stem of stems) {
    const refused = refusalOf(read, stem, givenAt);
    if (refused) return refused;
  }
  return undefined;
}

/** The first refusal of what a word's stem names, unless somebody speaks of it later as of something to be had. */
function refusalOf(read: readonly ReadTurn[], stem: string, givenAt: number): Place | undefined {
  const some = `${stem}\\w*`;
  const refusals = [
    new RegExp(`(?<![a-zñ])${some}(?: [a-zñ']+){0,3},? ${NOT}(?![a-zñ])`),
    new RegExp(`(?<![a-zñ])${NOT}(?: [a-zñ']+){0,3} ${some}`),
  ];
  const asked = new RegExp(`^(?:and|but|y|pero)(?: [a-zñ']+){0,3} ${some}[^?]*$`);
  const sentElsewhere = new RegExp(`^(?:for|de|del|para|as for|about) (?:the |la |el |lo |su |his |her )*${some}`);
  const named = new RegExp(`(?<![a-zñ])${some}`);
  let refused: Place | undefined;
  for (const { role, turn, sentences } of read) {
    for (const sentence of sentences) {
      if (role === 'agent') {
        if (sentence.question && asked.test(sentence.text)) return { turn, at: sentence.at, end: sentence.end };
        if (named.test(sentence.text) && turn <= givenAt) refused = undefined;
        continue;
      }
      for (const part of partsOf(sentence)) {
        if (refusals.some((refusal) => refusal.test(part.text))) refused = { turn, at: part.at, end: part.end };
        else if (turn > givenAt && sentElsewhere.test(part.text)) refused = { turn, at: part.at, end: part.end };
        else if (named.test(part.text) && turn <= givenAt) refused = undefined;
      }
    }
  }
  return refused;
}

interface Place {
  turn: number;
  at: number;
  end: number;
}

/** Somebody else's name, with a title, where the slot is given: not whom the errand's person is to see. */
export const OTHER_PERSON =
  /(?<![a-zñ])(?<!(?:con|with|see|by|to|de|del|y|and|from|under|atiende|recibe|a|llama|habla|soy|is|hola|hello|hi|thanks|gracias|si|no|lo ve|la ve|le ve) )(?:don|doña|dona|mr|mrs) (?!him~*)[a-zñ]+/;

/** What stands between commas and buts, but for what speaks of a day or an hour. */
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

const stemsOf = (words: string): string[] =>
  normal(words)
    .split(/[^a-zñ]+/)
    .filter((word) => word.length >= 5)
    .map((word) => word.slice(0, 5));

/** Written out by the recogniser with a capital, as names are. */
const CALLED =
  /(?:that's|that is|it's|this is|es|esto es|eso es|seria) (?:for|para|de) (?:la |el |señora |señor )?(\p{Lu}\p{Ll}{2,})/gu;
const FULL_NAME = /(\p{Lu}\p{Ll}{2,}) (\p{Lu}\p{Ll}{2,})/gu;

const CALENDAR =
  /^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|the|and|para|con|for|at|on)$/;

/** Somebody else is named: another first name, or the right one with another surname. */
export function otherName({ message, turn, role }: ReadTurn, userName: string): Place | undefined {
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
    if (own.length > 1 && isLike(normal(first!), own[0]!) && !isOwn(last!) && !CALENDAR.test(normal(last!)))
      return place(match);
  }
  // Without capitals a surname is known by its likeness: it begins as the right one and ends as another.
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

/** As a recogniser may have written it: at most two letters in five differ. */
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
