import type { HolidayPolicy } from './order.ts';
import type { PublicHolidays } from './present-window.ts';

/** The calendar of public holidays, if this installation keeps them. Loads the library only then. */
export const holidayCalendar = async (policy: HolidayPolicy): Promise<PublicHolidays | undefined> =>
  policy === 'skip' ? (await import('./public-holidays.ts')).publicHolidays : undefined;
