import type { BookingEvent } from '../domain/view.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';

type Made = Pick<StoredBooking, 'sandbox' | 'view'>;
type Marked = BookingEvent & { simulated?: true };

/**
 * True when no phone rang for the words or recording of an attempt. The attempt decides, not the outcome: a booking canceled during a
 * simulation has an outcome without any attempt.
 */
export const isSimulated = ({ sandbox, view }: Made, callId: string): boolean =>
  sandbox || view.attempts.some(({ call_id, channel }) => call_id === callId && channel === 'simulation');

/**
 * Marks the events of simulations: all events in the sandbox, else those of a simulated attempt. The attempt's own event comes before
 * everything that results from it. Real events stay unmarked.
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
