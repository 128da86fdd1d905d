import { normal } from './normal.ts';
import type { ReadTurn, Sentence } from './turns.ts';
import type { TalkContext } from './types.ts';

const NOT =
  "(?:no (?:hay|tenemos|tengo|hacemos|hago|atendemos|atiende|trabajamos|realizamos|ofrecemos|manejamos|llevamos|damos|vemos|se hace|vuelve|viene|esta|contamos)|ya no|de licencia|de vacaciones|de baja|jubil\\w+|en mantenimiento|fuera de servicio|se (?:dano|descompuso|rompio)|danad[oa]|rot[oa]|descompuest[oa]|(?:don'?t|doesn'?t|do not|can'?t|never|no longer|not|isn'?t|aren'?t|ain'?t) (?:do|does|offer|have|take|handle|see|available|provide|got|open|start|touch|give|an?|the)|broken|out of order|discontinued|stopped)";
/**
 * The business said that it has not what was asked for, and went on to something else. undefined: nothing of the kind. A refused day
 * or hour is none: the refusing sentence must name the errand.
 */
export function otherErrand(
  read: readonly ReadTurn[],
  { service_type, special_requests = '' }: TalkContext['request'],
): { turn: number; at: number; end: number } | undefined {
  const stems = stemsOf(`${service_type} ${special_requests}`);
  if (stems.length === 0) return undefined;
  const some = `(?:${stems.join('|')})\\w*`;
  const refusals = [
    new RegExp(`(?<![a-zñ])${some}(?: [a-zñ']+){0,3},? ${NOT}(?![a-zñ])`),
    new RegExp(`(?<![a-zñ])${NOT}(?: [a-zñ']+){0,3} ${some}`),
  ];
  for (const { role, turn, sentences } of read) {
    if (role !== 'business') continue;
    for (const sentence of sentences) {
      for (const part of partsOf(sentence)) {
        if (refusals.some((refusal) => refusal.test(part.text))) return { turn, at: part.at, end: part.end };
      }
    }
  }
  return undefined;
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
