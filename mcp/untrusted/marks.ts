import { randomBytes } from 'node:crypto';

/** Invisible characters by which words could hide something from the person who reads along, and controls. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

const kept = (character: string): string => (character === '\n' ? '\n' : ' ');

/**
 * Marks for the untrusted words of one answer. Nobody who speaks before the answer is made can know its marks, and the words lose
 * everything that looks like one.
 */
export function marks() {
  const nonce = randomBytes(9).toString('hex');
  const begin = `[untrusted ${nonce}]`;
  const end = `[/untrusted ${nonce}]`;
  return {
    begin,
    end,
    /** Words between the marks. */
    around: (words: string): string => {
      const bare = words.replaceAll(HIDDEN, kept).replaceAll(nonce, '').trim();
      return `${begin}\n${bare}\n${end}`;
    },
  };
}

export type Marks = ReturnType<typeof marks>;
