/** Longer than any written day or time; a longer text is not a value. */
export const VALUE_MAX = 200;

/** The text with one spelling of spaces and hyphens and without invisible characters: speech models like narrow and non-breaking ones. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .trim();

/** Like `plain`, in lower case, without accents, and without marks around a value. */
export const folded = (text: string): string =>
  plain(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^["'“”‘’«»`* ]+|["'“”‘’«»`*,;. ]+$/g, '');

const NOTHING = new Set([
  ...['', '-', '--', '---', 'null', 'undefined', 'none', 'nil', 'nan', 'n/a', 'n / a', 'na', 'n.a', 'empty', 'false'],
  ...['not applicable', 'not available', 'no date', 'no time'],
  ...['no aplica', 'ninguno', 'ninguna', 'vacio', 'sin fecha', 'sin hora', 'no corresponde'],
]);

/** True for a placeholder that nobody has filled in: `{{call_id}}`. */
const isPlace = (text: string): boolean => /^(?:\{\{[^{}]*\}\}|\$?\{[\w ]*\})$/.test(text);

const saysNothing = (text: string): boolean => {
  if (text.length > VALUE_MAX) return false;
  const words = folded(text);
  return NOTHING.has(words) || isPlace(words);
};

/** JSON as text; undefined for empty values and for deep nesting. */
export function jsonOf(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(value);
    return text === '[]' || text === '{}' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Text of a field; undefined for an empty field and for words that mean nothing (`N/A`, `"null"`). */
export function textOf(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (one === null || one === undefined || one === false) return undefined;
  const text = typeof one === 'string' ? one : typeof one === 'object' ? jsonOf(one) : String(one);
  return text === undefined || saysNothing(text) ? undefined : text;
}

/** At most `most` characters of well-formed text that a database accepts. */
export function storable(text: string, most: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to leave out
  const clean = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
  return Array.from(clean.trim().slice(0, 2 * most))
    .slice(0, most)
    .join('');
}
