/**
 * Lower case, without accents, character for character: an offset into the result is an offset into the text. Typographic quotes, dashes
 * and spaces become plain ones. `ñ` stays, because "ano" is not "año".
 */
export function normal(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += plainOf(text[i]!);
  return out;
}

const kept = new Map<string, string>();

function plainOf(char: string): string {
  if (char >= 'a' && char <= 'z') return char;
  let plain = kept.get(char);
  if (plain === undefined) {
    plain = reckon(char);
    kept.set(char, plain);
  }
  return plain;
}

function reckon(char: string): string {
  if (/[\u2018\u2019\u00b4`]/.test(char)) return "'";
  if (/[\u201c\u201d\u00ab\u00bb]/.test(char)) return '"';
  if (/[\u2010-\u2013]/.test(char)) return '-';
  if (/\s/.test(char)) return ' ';
  const lower = char.toLowerCase();
  if (lower.length !== 1) return char;
  if (lower === 'ñ') return lower;
  const base = lower.normalize('NFD')[0]!;
  return base;
}
