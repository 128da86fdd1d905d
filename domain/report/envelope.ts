import { folded, plain } from './plain-text.ts';

/** Arguments may be JSON text inside JSON text, or the only member of an object. */
const MAX_WRAPPINGS = 3;

export type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The letters of a word, without separators and quotes. */
export const letters = (text: string): string => folded(text).replace(/[\s_\-'"“”‘’«»`*.]/g, '');

/** The fields of a report in any envelope; undefined when there are no readable ones. */
export function fieldsIn(input: unknown): Fields | undefined {
  let value = input;
  for (let n = 0; n <= MAX_WRAPPINGS; n++) {
    if (typeof value === 'string') value = parsed(value);
    else if (Array.isArray(value) && value.length === 1) value = value[0];
    else if (isFields(value)) {
      const inner = innerOf(value);
      if (inner === undefined) return value;
      value = inner;
    } else return undefined;
  }
  return undefined;
}

/** Content of an envelope: a tool call's parameters, or the only member. */
function innerOf(value: Fields): unknown {
  const names = Object.keys(value);
  if (names.some((name) => letters(name) === 'result')) return undefined;
  if ('parameters' in value) return value.parameters;
  return names.length === 1 ? value[names[0]!] : undefined;
}

/** JSON as a model writes it: fenced, with an extra comma, with line breaks inside a text, or in single quotes; or a form. */
function parsed(text: string): unknown {
  const bare = text.trim().replace(/^```(?:json)?\s*|\s*```$/g, '');
  const mended = bare.replace(/,\s*([}\]])/g, '$1').replace(/[\n\r\t]+/g, ' ');
  for (const one of [bare, mended, mended.includes('"') ? '' : mended.replaceAll("'", '"')]) {
    try {
      return JSON.parse(one);
    } catch {
      // The next one may be readable.
    }
  }
  return form(bare) ?? prohibitionIn(bare);
}

/** `result=declined&notes=no+hay+turnos`; a name that appears twice gets a list. */
function form(text: string): Fields | undefined {
  if (!/^[\w.%[\]-]{1,100}=/.test(text)) return undefined;
  const values = new Map<string, string[]>();
  try {
    for (const pair of text.split('&')) {
      const [name = '', ...value] = pair.split('=').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
      values.set(name, [...(values.get(name) ?? []), value.join('=')]);
    }
  } catch {
    return undefined;
  }
  return Object.fromEntries(Array.from(values, ([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

const PROHIBITION = /\bresult\W{1,20}do[\W_]{0,3}not[\W_]{0,3}call(?![a-z])/i;
const ID = (name: string): RegExp => new RegExp(String.raw`\b${name}\W{1,20}([\w.-]{1,200})`);

/** Rescues the essential from a text that is no longer JSON: a request never to be called again, and its ids. */
function prohibitionIn(text: string): Fields | undefined {
  const words = plain(text);
  if (!PROHIBITION.test(words)) return undefined;
  const ids = ['booking_id', 'call_id', 'conversation_id'].map((name) => [name, ID(name).exec(words)?.[1]]);
  return { result: 'do_not_call', notes: words, ...Object.fromEntries(ids) };
}
