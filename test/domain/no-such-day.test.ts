import { expect, it } from '@jest/globals';
import { isNoSuchDay } from '../../domain/no-such-day.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';

it.each(['31/02/2027', '2027-02-31', '2027-13-01', ' 32.1.2027 ', '29/2/2027', '0/0/2027'])(
  'knows that there is no %s',
  (day) => expect(isNoSuchDay(day)).toBe(true),
);

it.each([
  '28/02/2027',
  '02/28/2027',
  '29-2-2028',
  '2027-12-01',
  '31/02',
  'mañana',
  'el 31/02/2027 o antes',
  '31/02-2027',
  '',
])('leaves %s to the agent', (day) => expect(isNoSuchDay(day)).toBe(false));

it('is refused in a request, with the field and the remedy', () => {
  const asked = (preferred_date: string) =>
    bookingRequestSchema.safeParse({
      business: { name: 'Clínica', phone: '+541143211234' },
      request: { service_type: 'dentista', user_name: 'Mauro', preferred_date },
    });
  expect(asked('31/02/2027').error?.issues).toMatchObject([
    {
      path: ['request', 'preferred_date'],
      message: 'must be a date that exists, or words: the calendar has no such day',
    },
  ]);
  expect(asked('28/02/2027').success).toBe(true);
});
