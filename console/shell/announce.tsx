import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useMemo, useState } from 'preact/hooks';

interface Announcer {
  /** Announces a text once, with politeness “polite”. */
  say: (text: string) => void;
  /** Removes earlier announcements: the page has changed. */
  hush: () => void;
}

const Announcements = createContext<Announcer>({ say: () => {}, hush: () => {} });

/** Announces important automatic changes to a screen reader; the rest can be read. */
export const useAnnouncer = () => useContext(Announcements);
export const useAnnounce = () => useAnnouncer().say;

/** This many announcements stay: several may come at once, and none may displace another before it is spoken. */
const KEPT = 8;

export function AnnouncementsProvider({ children }: { children: ComponentChildren }) {
  const [said, setSaid] = useState<{ n: number; text: string }[]>([]);
  const say = useCallback((text: string) => {
    // Each is a separate element: the same text twice in a row is two announcements.
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
