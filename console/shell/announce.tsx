import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useMemo, useState } from 'preact/hooks';

interface Announcer {
  /** Says something, politely, once. */
  say: (text: string) => void;
  /** Takes away what was said: another page is there. */
  hush: () => void;
}

const Announcements = createContext<Announcer>({ say: () => {}, hush: () => {} });

/** For a screen reader: what changes by itself and matters; the rest can be read. */
export const useAnnouncer = () => useContext(Announcements);
export const useAnnounce = () => useAnnouncer().say;

/** So many stay: several may come at once, and none may push another away before it was spoken. */
const KEPT = 8;

export function AnnouncementsProvider({ children }: { children: ComponentChildren }) {
  const [said, setSaid] = useState<{ n: number; text: string }[]>([]);
  const say = useCallback((text: string) => {
    // Each is a line of its own: the same words twice in a row are two announcements.
    setSaid((before) => [...before, { n: (before.at(-1)?.n ?? 0) + 1, text }].slice(-KEPT));
  }, []);
  const hush = useCallback(() => setSaid([]), []);
  const announcer = useMemo(() => ({ say, hush }), [say, hush]);
  return (
    <Announcements.Provider value={announcer}>
      {children}
      <div class="unseen" aria-live="polite" id="announcements">
        {said.map(({ n, text }) => (
          <p key={n}>{text}</p>
        ))}
      </div>
    </Announcements.Provider>
  );
}
