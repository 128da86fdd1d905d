import { useLocation } from 'wouter-preact';
import { useWords } from '../language/language.ts';
import { comeBack, listAddress } from './scroll.ts';

/** Back to the list of bookings as it was left: with its search, its filters and its place. */
export function BackToList() {
  const { list } = useWords();
  const [, go] = useLocation();
  const to = listAddress();
  return (
    <p class="back">
      <a
        href={to}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
          event.preventDefault();
          go(to);
          comeBack();
        }}
      >
        <span aria-hidden="true">‹ </span>
        {list.back}
      </a>
    </p>
  );
}
