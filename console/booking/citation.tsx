import type { Citation } from '../../domain/talk/types.ts';
import { useWords, wordFor } from '../language/language.ts';
import { place } from '../language/times.ts';
import type { Listening } from './listening.ts';
import { excerptOf, placeOf, turnOf } from './places.ts';

/** Words of a talk on the screen. */
export interface Spoken {
  listening: Listening;
  /** The talk's language, for a screen reader's voice. */
  language: string | undefined;
}

/** One turn with its cited words marked: a click plays it or, without a recording, shows it in the transcript. */
export function CitedWords({ cites, listening, language }: Spoken & { cites: readonly [Citation, ...Citation[]] }) {
  const words = useWords();
  const { turns, recorded } = listening;
  const [first] = cites;
  const turn = turnOf(turns, first);
  const at = placeOf(turns, first);
  const texts = cites.map(({ text }) => text);
  const pieces = (turn && excerptOf(turn.message, texts)) ?? [{ text: [...new Set(texts)].join(' … '), cited: true }];
  const said = (
    <span class="cited" lang={language}>
      «{pieces.map(({ text, cited }, n) => (cited ? <mark key={n}>{text}</mark> : text))}»
    </span>
  );
  if (recorded ? at === undefined : !turn) return said;
  const does = !recorded ? 'show' : listening.isHeard(first) ? 'stop' : 'hear';
  return (
    <button type="button" class="cite" onClick={() => listening.hear(first)}>
      <span class={`does ${does}`} aria-hidden="true" />
      <span class="unseen">{wordFor(words.proof, does)}: </span>
      {said}
      {at !== undefined && <span class="at"> {place(at)}</span>}
    </button>
  );
}
