import { z } from 'zod';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { checked, KEY, split } from '../arguments.ts';
import { acceptedWords, make } from '../ask.ts';
import { argumentsSchema } from '../json-schema.ts';
import { RINGS, type Tool } from '../tool.ts';
import { bookingAnswer } from './answers.ts';
import { shownBooking } from './shown.ts';

const own = z.object({
  idempotency_key: KEY,
  token: z
    .string()
    .max(200)
    .regex(/^[\x21-\x7e]+$/, 'must be the token that check_booking gave')
    .optional()
    .describe(
      'Of check_booking: only exactly what was checked is booked. Without an idempotency_key it stands for one',
    ),
});

export const bookAppointment: Tool = {
  name: 'book_appointment',
  title: 'Book an appointment by phone',
  description:
    'Has an AI agent phone a business and ask for an appointment on the user’s behalf. It rings a real phone (in a sandbox: nobody’s), costs money, and cannot be undone; check_booking shows beforehand what would be said and when. Answers within two seconds with the booking’s id, before the call: then wait with get_booking. A call takes one to five minutes, and may have to wait for calling hours. With the same idempotency_key (or token) the same call may be repeated: nobody is rung twice. Never book again because an answer is late.',
  hints: RINGS,
  input: () => argumentsSchema(bookingRequestSchema, own),
  output: bookingAnswer,
  async run(args, call) {
    const { own: given, body } = split(args, ['idempotency_key', 'token']);
    const { idempotency_key, token } = checked(own, given);
    const accepted = await make(call, {
      thing: 'booking',
      body,
      key: idempotency_key ?? token,
      headers: token === undefined ? undefined : { 'booking-check': token },
    });
    return shownBooking(accepted.made, call.marks, { before: acceptedWords(accepted) });
  },
};
