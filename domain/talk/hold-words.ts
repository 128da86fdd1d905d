import { automatonIn } from './automata.ts';
import { findCues } from './cues.ts';
import { normal } from './normal.ts';

/** The business's words about waiting: it asks to wait, a recording does, or somebody talks. */
export function holdIn(message: string): 'asks' | 'recorded' | 'talks' {
  const text = normal(message);
  if (automatonIn(text, ['es', 'en']) === 'hold') return 'recorded';
  const cues = findCues(text, ['es', 'en']);
  const last = cues.findLast(({ kind }) => kind === 'wait');
  // "Un momento. Sí, el martes a las cuatro": it went on.
  const goesOn =
    last !== undefined &&
    text
      .slice(last.end)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .split(' ').length > 6;
  return last && !goesOn ? 'asks' : 'talks';
}
