import type { ActivityDependencies } from './dependencies.ts';
import type { BookingActivities } from './interface.ts';

/** What a dial says that an open circuit stopped. */
export const CIRCUIT_OPEN = 'circuit_open';

/**
 * Something that will not mend itself (refused credentials, a number that is not ours any more). A thousand bookings that one open
 * circuit stops are one thing: it was told when the circuit opened.
 */
export const alarm = ({ alarms, log }: ActivityDependencies): Pick<BookingActivities, 'alarm'> => ({
  async alarm({ booking_id, kind, message }) {
    if (message === CIRCUIT_OPEN) log.info({ booking_id, kind }, 'a circuit is open: not dialed');
    else alarms.raise(kind, message, { booking_id });
  },
});
