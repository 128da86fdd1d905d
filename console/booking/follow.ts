import { useEffect, useState } from 'preact/hooks';
import type { BookingEvent } from '../../domain/view.ts';
import { ApiProblem, ask, Unreachable } from '../api/ask.ts';
import { signedOut } from '../api/session.ts';
import type { StoredEvent } from './story.ts';

export type Reception = 'connecting' | 'live' | 'lost' | 'over' | 'gone' | 'erased';

const TYPES = ['status', 'attempt', 'evidence', 'turn', 'final'] as const;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * A booking's events as they arrive. A broken stream continues where it stopped: the browser sends `Last-Event-ID` by itself.
 * If the browser has given up (an answer that was not a stream), a new stream begins, and repeated events are dropped by number.
 */
export function useEvents(id: string): { events: StoredEvent[]; reception: Reception } {
  const [events, setEvents] = useState<StoredEvent[]>([]);
  const [reception, setReception] = useState<Reception>('connecting');

  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = FIRST_PAUSE_MS;
    let last = 0;
    let ended = false;
    let batch: StoredEvent[] = [];

    // A long history arrives at once: one rendering for all of it.
    const flush = () => {
      const arrived = batch;
      batch = [];
      setEvents((before) => [...before, ...arrived]);
    };
    const take = (message: MessageEvent<string>) => {
      const seq = Number(message.lastEventId);
      if (seq <= last) return;
      last = seq;
      const event = JSON.parse(message.data) as BookingEvent;
      if (batch.length === 0) queueMicrotask(() => setTimeout(flush));
      batch.push({ seq, event });
      if (event.type !== 'final') return;
      end('over');
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
    /** The stream was refused: a read of the booking says why. */
    const inquire = async () => {
      try {
        await ask(`/v1/bookings/${id}`);
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
      source = new EventSource(`/v1/bookings/${id}/events`);
      source.onopen = () => {
        pause = FIRST_PAUSE_MS;
        setReception('live');
      };
      source.onerror = () => {
        if (ended) return;
        setReception('lost');
        if (source!.readyState === EventSource.CLOSED) void inquire();
      };
      for (const type of TYPES) source.addEventListener(type, take);
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
  }, [id]);
  return { events, reception };
}
