import { z } from 'zod';
import { CHANNELS } from '../channels.ts';
import { WEEKDAYS } from '../weekday.ts';
import { instant } from './instant.ts';
import { warningSchema } from './warning.ts';

const localMoment = z.object({
  zone: z.string().describe('IANA time zone'),
  date: z.string().describe('YYYY-MM-DD'),
  weekday: z.enum(WEEKDAYS).describe('Day of the week'),
  time: z.string().describe('HH:MM'),
});

/** The answer of `POST /v1/bookings/check`. */
export const bookingCheckSchema = z
  .object({
    bookable: z.boolean().describe('False: see `problems`'),
    problems: z
      .array(
        z.object({
          field: z.string().describe('Path in the body, such as business.phone'),
          message: z.string().describe('Continues the field’s name, and says the remedy'),
          suggestions: z.array(z.string()).optional().describe('Probably intended values, most likely first'),
        }),
      )
      .describe('Every reason for which this would not be booked, or nobody would be called'),
    warnings: z.array(warningSchema).describe('Wishes that cannot be met, as far as is known'),
    simulated: z.boolean().describe('True in the sandbox: nobody would be called'),
    business: z
      .object({
        name: z.string().describe('Its name'),
        phone: z.string().describe('Its number in E.164'),
        zones: z.array(z.string()).describe('Time zones in which it may be'),
      })
      .nullable()
      .describe('The business that would be called; null: the body names none'),
    first_dial: z
      .object({
        at: instant.describe('The instant'),
        local: z.array(localMoment).describe('By the clock of the business, in each zone in which it may be'),
        waits_for: z
          .enum(['not_before', 'hours'])
          .nullable()
          .describe('Why not now: not_before, or the hours of CALLING_WINDOW and of the business'),
      })
      .nullable()
      .describe('The first instant at which the business may be called; null: never, or not known'),
    calling_hours: z
      .string()
      .nullable()
      .describe(
        'Hours of the week, by the clock of the business, in which it may be called: those of CALLING_WINDOW and its own',
      ),
    channels: z.array(z.enum(CHANNELS)).describe('In the order in which they would be used'),
    do_not_call: z.boolean().describe('The number is on the do-not-call list: nobody would be called'),
    preferred_day: z.string().nullable().describe('ISO date that preferred_date means now; null: no single day'),
    first_message: z.string().nullable().describe('The first words of a call'),
    token: z
      .string()
      .nullable()
      .describe(
        'For the header Booking-Check of POST /v1/bookings: only this body is booked; null: it is not bookable',
      ),
    token_expires_at: instant.nullable().describe('Until then the token counts; null: there is no token'),
  })
  .meta({ id: 'BookingCheck', description: 'The fate of a body if it were booked now' });

export type BookingCheck = z.output<typeof bookingCheckSchema>;
