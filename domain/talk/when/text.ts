/** A text for matching: lower case, no accents. `origin[i]` is the offset in the original text. */
export interface Plain {
  text: string;
  origin: Uint32Array;
}

const ACCENTED = 'áàäâãéèëêíìïîóòöôõúùüûñç’‘´\u00a0\u202f\u2009\t\n\r';
const BARE = "aaaaaeeeeiiiiooooouuuunc'''      ";
const LETTERS = new Map([...ACCENTED].map((letter, i) => [letter, BARE[i]!]));

const isCombining = (code: number) => code >= 0x300 && code <= 0x36f;

function plainLetter(letter: string): string {
  const lower = letter.toLowerCase();
  // "İ" becomes two letters: every letter must keep its offset.
  const one = lower.length === 1 ? lower : letter;
  return LETTERS.get(one) ?? one;
}

export function plain(given: string): Plain {
  let text = '';
  const origin = new Uint32Array(given.length + 1);
  for (let i = 0; i < given.length; i++) {
    const code = given.charCodeAt(i);
    if (isCombining(code)) continue;
    origin[text.length] = i;
    const letter = given[i]!;
    text += (code >= 97 && code <= 122) || code === 32 ? letter : plainLetter(letter);
  }
  origin[text.length] = given.length;
  return { text, origin: origin.subarray(0, text.length + 1) };
}

/** A part of the plain text, as a part of the original text. */
export function spanOf(given: string, { origin }: Plain, at: number, end: number) {
  const from = origin[at]!;
  const text = given.slice(from, origin[end]!).trimEnd();
  return { at: from, end: from + text.length, text };
}
