import type { BookingEvent, BookingView } from '../domain/view.ts';

type Marked = BookingEvent & { simulated?: true };

/**
 * Says of each event whether it is a simulation's: all are in the sandbox, else those of a simulated attempt, which is told
 * of before anything that comes of it, and of what it leads to. Real ones are left as they are.
 */
export function simulationMarker(view: BookingView, sandbox: boolean): (event: BookingEvent) => Marked {
  const simulated = new Set(
    view.attempts.filter(({ channel }) => channel === 'simulation').map((each) => each.call_id),
  );
  const isSimulated = (event: BookingEvent): boolean => {
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
  return (event) => (sandbox || isSimulated(event) ? { ...event, simulated: true } : event);
}
