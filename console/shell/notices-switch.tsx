import { useWords } from '../language/language.ts';
import { useNoticesSwitch } from './notices.ts';

/** Switches notifications of due reviews on and off; the browser asks for its permission only here. */
export function NoticesSwitch() {
  const { notices: words } = useWords();
  const { notices, turn } = useNoticesSwitch();
  if (notices === 'absent') return null;
  if (notices === 'denied') return <span class="small">{words.denied}</span>;
  return (
    <button type="button" class="quiet" aria-pressed={notices === 'on'} onClick={() => void turn()}>
      {notices === 'on' ? words.on : words.off}
    </button>
  );
}
