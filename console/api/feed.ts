import { useEffect, useRef, useState } from 'preact/hooks';
import { type AnyEvent, type Connection, follow, type Streamed } from '../../clients/typescript/src/events.ts';
import { pause } from '../../clients/typescript/src/time.ts';
import { Transport } from '../../clients/typescript/src/transport.ts';
import { ApiProblem } from './ask.ts';
import { signedOut } from './session.ts';

export type Reception = 'connecting' | 'live' | 'lost' | 'over' | 'gone' | 'erased';

/** An event with its number in the stream. */
export interface Numbered<E> {
  seq: number;
  event: E;
}

interface Followed<E> {
  /** The address of the thing, such as `/v1/bookings/bk_1`; its events are at `/events` below. Undefined: nothing to follow yet. */
  of: string | undefined;
  /** Others, of a later version, are passed over. */
  types: readonly string[];
  /** Takes events that arrived together, each once, in order. */
  take: (arrived: Numbered<E>[]) => void;
  /** More events may follow `final`: the server ends the stream when none is left. */
  reopens?: boolean;
  /** Begins behind the event of this number; read when the stream begins. */
  after?: number;
  /** Another number: the stream begins again, where it ended. */
  round?: number;
}

/** After an answer that no API gives, such as the page of a hotel's network. */
const PAUSE_MS = 10_000;
/** The page follows for as long as it is open. */
const transport = new Transport({ url: '', retries: Infinity });

/** The end of following, after an error; undefined: another try may succeed. */
function endOf(error: unknown): Reception | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  if (error.status === 401) return 'over';
  return error.status === 404 ? 'gone' : error.status === 410 ? 'erased' : undefined;
}

/** Follows the events of one thing. A broken stream continues where it stopped. */
export function useFeed<E extends AnyEvent>({
  of,
  types,
  take,
  reopens = false,
  after = 0,
  round = 0,
}: Followed<E>): Reception {
  const [reception, setReception] = useState<Reception>('connecting');
  const taking = useRef(take);
  taking.current = take;
  /** The number of the last event, for the next round. */
  const seen = useRef<{ of: string; last: number }>();

  useEffect(() => {
    if (of === undefined) return;
    const address = of;
    let last = seen.current?.of === of ? seen.current.last : after;
    let left = false;
    let current = new AbortController();
    let batch: Numbered<E>[] = [];

    // A long history arrives at once: one rendering for all of it.
    const flush = () => {
      const arrived = batch;
      batch = [];
      taking.current(arrived);
    };
    const receive = (event: Streamed<E>) => {
      last = Number(event.id);
      seen.current = { of: address, last };
      if (!types.includes(event.type)) return;
      if (batch.length === 0) setTimeout(flush);
      batch.push({ seq: last, event });
    };
    const followOnce = async (): Promise<Reception | undefined> => {
      const onConnection = (state: Connection) => setReception(state === 'lost' ? 'lost' : 'live');
      const stream = { transport, id: address, path: `${address}/events`, reopens, onConnection, patience: Infinity };
      try {
        const resumed = { after: last > 0 ? last : undefined, signal: current.signal };
        for await (const event of follow<E>({ ...stream, ...resumed })) receive(event);
        return 'over';
      } catch (error) {
        if (current.signal.aborted) return undefined;
        const how = endOf(error);
        if (how === 'over') signedOut();
        if (how) return how;
        setReception('lost');
        await pause(PAUSE_MS, current.signal).catch(() => undefined);
        return undefined;
      }
    };
    const followOn = async () => {
      let how: Reception | undefined;
      while (!left && !how) {
        how = await followOnce();
        if (current.signal.aborted) current = new AbortController();
      }
      if (how && !left) setReception(how);
    };
    // After a network change the old connection may stay silent for minutes.
    const reconnect = () => current.abort();
    void followOn();
    addEventListener('online', reconnect);
    return () => {
      left = true;
      current.abort();
      removeEventListener('online', reconnect);
    };
  }, [of, round]);
  return reception;
}
