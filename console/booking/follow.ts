import { useCallback, useState } from 'preact/hooks';
import type { BookingEvent } from '../../domain/view.ts';
import { type Reception, useFeed } from '../api/feed.ts';
import type { StoredEvent } from './story.ts';

export type { Reception } from '../api/feed.ts';

const TYPES = ['status', 'attempt', 'evidence', 'turn', 'final'] as const;

/** A booking's events as they arrive. */
export function useEvents(id: string): { events: StoredEvent[]; reception: Reception } {
  const [events, setEvents] = useState<StoredEvent[]>([]);
  const take = useCallback((arrived: StoredEvent[]) => setEvents((before) => [...before, ...arrived]), []);
  const reception = useFeed<BookingEvent>({ of: `/v1/bookings/${encodeURIComponent(id)}`, types: TYPES, take });
  return { events, reception };
}
