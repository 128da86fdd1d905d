/** A text for matching: lower case, no accents. `origin[i]` is the offset in the text as given. */
export interface Plain {
  text: string;
  origin: Uint32Array;
}

const ACCENTED = 'áàäâãéèëêíìïîóòöôõúùüûñç’‘´';
const BARE = "aaaaaeeeeiiiiooooouuuunc'''";
const LETTERS = new Map([...ACCENTED].map((letter, i) => [letter, BARE[i]!]));
const COMBINING = /[\u0300-\u036f]/;
const SPACES = /\s|\u00a0|\u202f/;

/** Speech recognition cuts and swaps words on a bad line. Only strings that are no words of their own stand here. */
export function plain(given: string): Plain {
  let text = '';
  const origin: number[] = [];
  for (let i = 0; i < given.length; i++) {
    const lower = given[i]!.toLowerCase();
    const letter = lower.length === 1 ? lower : given[i]!;
    if (COMBINING.test(letter)) continue;
    text += SPACES.test(letter) ? ' ' : (LETTERS.get(letter) ?? letter);
    origin.push(i);
  }
  origin.push(given.length);
  return { text, origin: Uint32Array.from(origin) };
}

/** A stretch of the plain text, as a stretch of the text as given. */
export function spanOf(given: string, { origin }: Plain, at: number, end: number) {
  const from = origin[at]!;
  const to = end >= origin.length - 1 ? given.length : origin[end]!;
  const text = given.slice(from, to).replace(/\s+$/, '');
  return { at: from, end: from + text.length, text };
}
