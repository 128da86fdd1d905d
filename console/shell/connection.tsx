import { useQueryClient } from '@tanstack/preact-query';
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { Unreachable } from '../api/ask.ts';
import { useWords } from '../language/language.ts';
import { useAnnounce } from './announce.tsx';

/** The state of a stream of events: only `live` and `lost` say something about the connection. */
type Faring = string | undefined;

const Stream = createContext<(faring: Faring) => void>(() => {});

/** Adds a page's stream of events to the state of the connection. */
export function useStream(faring: Faring): void {
  const report = useContext(Stream);
  useEffect(() => report(faring), [report, faring]);
  useEffect(() => () => report(undefined), [report]);
}

/** Whether the latest automatic read got no answer, and when the newest answer came. */
function useReads(): { lost: boolean; answered: number } {
  const client = useQueryClient();
  const [reads, setReads] = useState({ lost: false, answered: 0 });
  useEffect(() => {
    const look = () => {
      const states = client
        .getQueryCache()
        .getAll()
        .filter((query) => query.isActive())
        .map(({ state }) => state);
      const lost = states.some(
        ({ error, fetchFailureReason }) => error instanceof Unreachable || fetchFailureReason instanceof Unreachable,
      );
      setReads((before) =>
        lost === before.lost ? before : { lost, answered: Math.max(0, ...states.map((one) => one.dataUpdatedAt)) },
      );
    };
    return client.getQueryCache().subscribe(look);
  }, [client]);
  return reads;
}

/** Says that the page may be out of date while it may be, and when it is up to date again. */
export function Connection({ children }: { children: ComponentChildren }) {
  const words = useWords();
  const announce = useAnnounce();
  const { lost: unread, answered } = useReads();
  const [stream, setStream] = useState<Faring>();
  const report = useCallback((faring: Faring) => setStream(faring), []);
  const lost = unread || stream === 'lost';
  const since = useRef(0);
  useEffect(() => {
    if (lost) since.current = Date.now();
    // A new page that has sent no request yet knows nothing about the connection.
    else if (since.current > 0 && (stream === 'live' || answered >= since.current)) announce(words.back);
  }, [lost]);
  return (
    <Stream.Provider value={report}>
      <div role="alert" class="lost-place">
        {lost && <p class="lost">{words.lost}</p>}
      </div>
      {children}
    </Stream.Provider>
  );
}
