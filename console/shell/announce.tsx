import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';

const Announce = createContext<(text: string) => void>(() => {});

/** Says something to a screen reader, politely, once. For what changes by itself and matters; the rest can be read. */
export const useAnnounce = () => useContext(Announce);

export function AnnouncementsProvider({ children }: { children: ComponentChildren }) {
  const [text, setText] = useState('');
  const say = useCallback((next: string) => setText(next), []);
  return (
    <Announce.Provider value={say}>
      {children}
      <p class="unseen" role="status" aria-live="polite" id="announcements">
        {text}
      </p>
    </Announce.Provider>
  );
}
