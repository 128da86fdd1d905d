import { z } from 'zod';
import type { OpeningHours } from '../order.ts';
import { WEEKDAYS } from '../weekday.ts';
import { minutesOf } from '../weekly-hours.ts';

/** Two periods on each day of the week, each in its own entry, and some to spare. */
const MAX_ENTRIES = 50;

const days = z
  .array(z.enum(WEEKDAYS, `must be ${WEEKDAYS.slice(0, -1).join(', ')} or ${WEEKDAYS.at(-1)}`))
  .min(1, 'must name at least one day')
  .max(WEEKDAYS.length, 'must name each day once')
  .refine((named) => new Set(named).size === named.length, 'must name each day once');

const time = z
  .string()
  .refine((value) => minutesOf(value) !== undefined, 'must be HH:MM, from 00:00 to 24:00, such as 09:00')
  .meta({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$', examples: ['09:00'] });

const entry = z
  .strictObject({
    days: days.describe('Days of the week, each once'),
    from: time.describe('HH:MM'),
    to: time.describe('HH:MM, exclusive, at most 24:00'),
  })
  .refine(({ from, to }) => (minutesOf(from) ?? -1) < (minutesOf(to) ?? Infinity), {
    path: ['to'],
    message: 'must be later than from, and at most 24:00: write hours over midnight as two entries',
  })
  .meta({ id: 'OpeningHours', description: 'Hours in which the business is open, on its own clock' });

/** `business.opening_hours`, on the business's own clock. */
export const openingHours = z
  .array(entry)
  .min(1, 'must have at least one entry; leave it out where the hours are not known')
  .max(MAX_ENTRIES, `must have at most ${MAX_ENTRIES} entries`)
  .meta({
    description:
      'When the business is open, in its time zone (where it may have several: in all of them). A dial needs these hours and the calling window',
    examples: [[{ days: ['mon', 'tue'], from: '09:00', to: '13:00' }]],
  }) satisfies z.ZodType<OpeningHours[]>;
