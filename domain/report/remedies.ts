import type { Report } from '../result.ts';

const DATE =
  'could not be used: if the business gave one day, report it again as YYYY-MM-DD, and nothing else in this field';
const TIME = 'could not be used: if the business gave one time, report it again as HH:MM in 24 hours, by its own clock';
const HALF =
  'does not tell morning from evening: if the business did, report it again as HH:MM in 24 hours (04:00 or 16:00)';

const CALLBACK =
  'could not be used: if they named one time, report it again as HH:MM in 24 hours, and its day as callback_date, YYYY-MM-DD';

/** Corrections that an agent can still make during its call to an accepted report; usually none. */
export function remediesFor({
  unclear = [],
  time_half_unknown,
  callback_unclear,
}: Report): { field: string; message: string }[] {
  return [
    ...(unclear.includes('confirmed_date') ? [{ field: 'confirmed_date', message: DATE }] : []),
    ...(unclear.includes('confirmed_time') ? [{ field: 'confirmed_time', message: TIME }] : []),
    ...(time_half_unknown ? [{ field: 'confirmed_time', message: HALF }] : []),
    ...(callback_unclear ? [{ field: 'callback_time', message: CALLBACK }] : []),
  ];
}
