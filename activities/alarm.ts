import type { AlarmKind } from '../domain/alarm-kinds.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { BookingActivities } from './interface.ts';

/** The message of a dial that an open circuit stopped. */
export const CIRCUIT_OPEN = 'circuit_open' satisfies AlarmKind;

/**
 * Raises an alarm for a fault that somebody must repair: refused credentials, or a number that is no longer ours. One open circuit stops
 * many bookings; its alarm was raised when it opened, so their dials are only logged.
 */
export const alarm = ({ alarms, log }: ActivityDependencies): Pick<BookingActivities, 'alarm'> => ({
  async alarm({ booking_id, kind, message }) {
    if (message === CIRCUIT_OPEN) log.info({ booking_id, kind }, 'a circuit is open: not dialed');
    else alarms.raise(kind, message, { booking_id });
  },
});
