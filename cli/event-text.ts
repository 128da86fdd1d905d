import type { BookingEvent, Waiting } from '../domain/view.ts';
import { bad, dim, good, warn } from './ink.ts';

const CHANNELS: Record<string, string> = { native: 'A native', bridge: 'B bridge', simulation: 'C simulation' };

const WAITING: Record<Waiting['waiting_for'], string> = {
  redial_delay: 'waiting before it rings again',
  calling_hours: 'waiting for calling hours',
  line_busy: 'waiting: another booking is on the phone with this number',
  rate_limit: 'waiting for the provider’s rate limit',
};

const clock = (at: string): string => dim(new Date(at).toLocaleTimeString('sv'));

/** One event as a line for a person; undefined: nothing that a person would want to read. */
export function eventLine(event: BookingEvent): string | undefined {
  const line = wordsOf(event);
  return line === undefined ? undefined : `${clock(event.at)}  ${line}`;
}

function wordsOf(event: BookingEvent): string | undefined {
  switch (event.type) {
    case 'status':
      if (event.waiting_for) {
        const until = event.until ? `, until ${new Date(event.until).toLocaleTimeString('sv')}` : '';
        return warn(`${WAITING[event.waiting_for]}${until}`);
      }
      return dim(event.channel ? `${event.status} on ${CHANNELS[event.channel]}` : event.status);
    case 'attempt': {
      const { channel, attempt, status, duration_seconds: seconds, error } = event.attempt;
      const ink = status === 'completed' ? good : error || status === 'failed' ? bad : warn;
      const long = seconds === null ? '' : `, ${Math.round(seconds)} s`;
      return `${CHANNELS[channel]}, attempt ${attempt}: ${ink(status)}${long}${error ? dim(` (${error.message})`) : ''}`;
    }
    case 'evidence':
      return dim(`evidence: ${event.evidence.kind.replaceAll('_', ' ')}`);
    case 'turn':
      return `  ${event.role === 'agent' ? 'agent:   ' : 'business:'} ${event.message}`;
    case 'final':
      return undefined;
  }
}

/** What goes on now, in a few words, for the line that shows that time passes. */
export function nowOf(event: BookingEvent): string | undefined {
  if (event.type === 'attempt') return `${CHANNELS[event.attempt.channel]}: ${event.attempt.status}`;
  if (event.type === 'status') return event.waiting_for ? WAITING[event.waiting_for] : event.status;
  return undefined;
}
