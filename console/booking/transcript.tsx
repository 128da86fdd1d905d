import { useEffect, useRef } from 'preact/hooks';
import type { Turn } from '../api/answers.ts';
import { useWords, wordFor } from '../language/language.ts';
import { place } from '../language/times.ts';
import { turnId } from './listening.ts';

interface Shown {
  turns: Turn[];
  live: boolean;
  /** The turn to mark and keep in view; -1: none. */
  marked: number;
  seek: ((seconds: number) => void) | undefined;
  /** The talk's language, for a screen reader's voice; undefined: the agent's own, which is unknown here. */
  language: string | undefined;
}

/** The talk turn by turn: live, or following the recording. */
export function Transcript({ turns, live, marked, seek, language }: Shown) {
  const words = useWords();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const lines = box.current?.firstElementChild?.children;
    const one = lines?.[marked >= 0 ? marked : live ? lines.length - 1 : -1];
    if (!box.current || !(one instanceof HTMLElement)) return;
    // Only the box scrolls, not the page.
    const { scrollTop, clientHeight } = box.current;
    const top = one.offsetTop;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (top < scrollTop || top + one.offsetHeight > scrollTop + clientHeight) {
      box.current.scrollTo({ top: top - clientHeight / 3, behavior: calm ? 'auto' : 'smooth' });
    }
  }, [marked, live, turns.length]);
  if (turns.length === 0) return <p class="empty">{live ? words.booking.noTurns : words.booking.noTranscript}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must reach a scrolling box
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <section ref={box} class="turns" role="group" aria-label={words.booking.transcript} tabIndex={0}>
      <ol>
        {turns.map((turn, index) => (
          <li
            key={index}
            id={turnId(index)}
            class={`turn ${turn.role}`}
            tabIndex={-1}
            aria-current={index === marked ? 'true' : undefined}
          >
            <span class="who">{wordFor(words.booking, turn.role)}</span>{' '}
            {seek ? (
              <button type="button" class="place" onClick={() => seek(turn.at_seconds)}>
                {place(turn.at_seconds)}
              </button>
            ) : (
              <span class="place">{place(turn.at_seconds)}</span>
            )}
            {turn.keys !== undefined || turn.on_hold ? (
              <p class="act">{turn.keys === undefined ? words.booking.onHold : words.booking.pressed(turn.keys)}</p>
            ) : (
              <p lang={language}>{turn.message}</p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
