import type { BookingEvent } from './view.ts';

/** FNV-1a over UTF-16 units, 32 bits, from two different starts: enough to tell one booking's events apart. */
function hash(text: string, start: number): string {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36);
}

/**
 * Names an event by what it says, so that writing it again (a repeated local activity, a write whose answer was lost) adds
 * nothing. When it was written is no part of it; the same evidence twice is one event.
 */
export function eventKey(event: BookingEvent): string {
  if (event.type === 'evidence') return `evidence ${event.evidence.id}`;
  const text = JSON.stringify({ ...event, at: undefined });
  return `${event.type} ${hash(text, 0x811c9dc5)}${hash(text, 0x01234567)}`;
}
