import { createHash } from 'node:crypto';
import type { BookingEvent } from '../domain/view.ts';

/**
 * Key of an event, from its content. Writing the event again (a repeated activity, a lost answer) adds nothing. The time of writing is not
 * part of the key, and the same evidence twice is one event.
 */
export function eventKey(event: BookingEvent): string {
  if (event.type === 'evidence') return `evidence ${event.evidence.id}`;
  const said = JSON.stringify({ ...event, at: undefined });
  return `${event.type} ${createHash('sha256').update(said).digest('base64url').slice(0, 16)}`;
}
