import type { BookingEvent } from '../domain/view.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';

type Made = Pick<StoredBooking, 'sandbox' | 'view'>;
type Marked = BookingEvent & { simulated?: true };

/**
 * Whether what came of an attempt (words, a recording) was made without phoning anybody. The attempt decides, and not the
 * outcome: one that was canceled during a simulation rests on no attempt at all.
 */
export const isSimulated = ({ sandbox, view }: Made, callId: string): boolean =>
  sandbox || view.attempts.some(({ call_id, channel }) => call_id === callId && channel === 'simulation');

/**
 * Says of each event whether it is a simulation's: all are in the sandbox, else those of a simulated attempt, which is told
 * of before anything that comes of it, and of what it leads to. Real ones are left as they are.
 */
export function simulationMarker({ sandbox, view }: Made): (event: BookingEvent) => Marked {
  const simulated = new Set(
    view.attempts.filter(({ channel }) => channel === 'simulation').map((each) => each.call_id),
  );
  const isOne = (event: BookingEvent): boolean => {
    switch (event.type) {
      case 'status':
        return event.channel === 'simulation';
      case 'attempt':
        if (event.attempt.channel === 'simulation') simulated.add(event.attempt.call_id);
        return event.attempt.channel === 'simulation';
      case 'evidence':
        return simulated.has(event.evidence.call_id);
      case 'turn':
        return simulated.has(event.call_id);
      case 'final':
        return event.outcome.simulated;
    }
  };
  return (event) => (sandbox || isOne(event) ? { ...event, simulated: true } : event);
}
