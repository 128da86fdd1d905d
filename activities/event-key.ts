import { createHash } from 'node:crypto';
import type { BookingEvent } from '../domain/view.ts';

/**
 * Names an event by what it says, so that writing it again (a repeated activity, a write whose answer was lost) adds
 * nothing. When it was written is no part of it; the same evidence twice is one event.
 */
export function eventKey(event: BookingEvent): string {
  if (event.type === 'evidence') return `evidence ${event.evidence.id}`;
  const said = JSON.stringify({ ...event, at: undefined });
  return `${event.type} ${createHash('sha256').update(said).digest('base64url').slice(0, 16)}`;
}
