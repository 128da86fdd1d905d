import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem, ask, Unreachable } from './ask.ts';
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

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Follows the events of one thing. A broken stream continues where it stopped: the browser sends `Last-Event-ID` by itself.
 * If the browser has given up (an answer that was not a stream), a new stream begins, and repeated events are dropped by number.
 */
export function useFeed<E extends { type: string }>({
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
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = FIRST_PAUSE_MS;
    const first = seen.current?.of === of ? seen.current.last : after;
    let last = first;
    let lastIsFinal = false;
    let ended = false;
    let batch: Numbered<E>[] = [];

    // A long history arrives at once: one rendering for all of it.
    const flush = () => {
      const arrived = batch;
      batch = [];
      taking.current(arrived);
    };
    const receive = (message: MessageEvent<string>) => {
      const seq = Number(message.lastEventId);
      if (seq <= last) return;
      last = seq;
      seen.current = { of: address, last };
      const event = JSON.parse(message.data) as E;
      if (batch.length === 0) queueMicrotask(() => setTimeout(flush));
      batch.push({ seq, event });
      lastIsFinal = event.type === 'final';
      if (lastIsFinal && !reopens) end('over');
    };
    const end = (how: Reception) => {
      ended = true;
      source?.close();
      clearTimeout(timer);
      setReception(how);
    };
    const later = () => {
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };
    /** The stream was refused: a read of the thing says why. */
    const inquire = async () => {
      try {
        await ask(address);
        later();
      } catch (error) {
        if (ended) return;
        if (error instanceof ApiProblem && error.status === 401) {
          end('over');
          signedOut();
        } else if (error instanceof ApiProblem && error.status === 404) end('gone');
        else if (error instanceof ApiProblem && error.status === 410) end('erased');
        else if (error instanceof ApiProblem || error instanceof Unreachable) later();
      }
    };
    const open = () => {
      source?.close();
      source = new EventSource(`${address}/events${first > 0 ? `?after=${first}` : ''}`);
      source.onopen = () => {
        pause = FIRST_PAUSE_MS;
        setReception('live');
      };
      source.onerror = () => {
        if (ended) return;
        if (lastIsFinal) return end('over');
        setReception('lost');
        if (source!.readyState === EventSource.CLOSED) void inquire();
      };
      for (const type of types) source.addEventListener(type, receive);
    };
    // After a network change the old connection may stay silent for minutes.
    const online = () => {
      if (!ended) open();
    };
    open();
    addEventListener('online', online);
    return () => {
      ended = true;
      source?.close();
      clearTimeout(timer);
      removeEventListener('online', online);
    };
  }, [of, round]);
  return reception;
}
