import type { Citation } from '../../domain/talk/types.ts';
import { useWords, wordFor } from '../language/language.ts';
import { place } from '../language/times.ts';
import type { Listening } from './listening.ts';
import { aroundCited, placeOf, turnOf } from './places.ts';

interface Cited {
  cite: Citation;
  listening: Listening;
  /** Of the talk, for a screen reader's voice. */
  language: string | undefined;
  /** Shows the whole turn, with the cited words marked. */
  whole?: boolean;
}

/** Words of the talk: a click plays them, or shows them in the transcript where there is no recording. */
export function CitedWords({ cite, listening, language, whole }: Cited) {
  const words = useWords();
  const { turns, recorded } = listening;
  const turn = turnOf(turns, cite);
  const at = placeOf(turns, cite);
  const around = whole ? aroundCited(turn, cite) : undefined;
  const said = (
    <span class="cited" lang={language}>
      {around ? (
        <>
          «{around[0]}
          <mark>{around[1]}</mark>
          {around[2]}»
        </>
      ) : (
        words.proof.quote(cite.text)
      )}
    </span>
  );
  if (recorded ? at === undefined : !turn) return said;
  const heard = listening.isHeard(cite);
  const does = !recorded ? 'show' : heard ? 'pause' : 'play';
  return (
    <button type="button" class="cite" onClick={() => listening.hear(cite)}>
      <span class={`does ${does}`} aria-hidden="true" />
      <span class="unseen">{wordFor(words.proof, does)}: </span>
      {said}
      {at !== undefined && <span class="at"> {place(at)}</span>}
    </button>
  );
}
