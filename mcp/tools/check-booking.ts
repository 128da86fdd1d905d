import { type BookingCheck, bookingCheckSchema } from '../../domain/schemas/booking-check.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { ask } from '../ask.ts';
import { answerSchema, argumentsSchema } from '../json-schema.ts';
import { READS, type Tool } from '../tool.ts';
import { dayWords } from '../words/booking.ts';
import { lines, plain } from '../words/common.ts';

const WAITS = { not_before: 'its not_before', hours: 'the calling hours' };

function dialWords({ first_dial }: BookingCheck): string | undefined {
  if (!first_dial) return undefined;
  const { local, waits_for } = first_dial;
  const when = local.map(({ zone, date, time }) => `${dayWords(date)} at ${time} (${zone})`).join(', or ');
  return waits_for
    ? `It would be called first on ${when}: it waits for ${WAITS[waits_for]}.`
    : `It would be called at once: it is ${when} there, within the calling hours.`;
}

function checkWords(check: BookingCheck): string {
  const { bookable, problems, warnings, simulated, business, channels, do_not_call, preferred_day } = check;
  return lines(
    'Nothing was booked, and nobody was called.',
    !bookable && 'This cannot be booked as it is:',
    problems.map(
      ({ field, message, suggestions }) =>
        `- ${field} ${message}${suggestions && !message.includes('did you mean') ? ` (probably meant: ${suggestions.join(', ')})` : ''}`,
    ),
    business && `Business: ${plain(business.name)}, ${business.phone}.`,
    dialWords(check),
    check.calling_hours && `Calling hours there: ${check.calling_hours}.`,
    preferred_day && `The preferred day is ${dayWords(preferred_day)}.`,
    business && (do_not_call ? 'The number is on the do-not-call list.' : 'The number is not on the do-not-call list.'),
    check.first_message && `First words of the call: ${JSON.stringify(check.first_message)}`,
    channels.length > 0 && `Ways of calling, in this order: ${channels.join(', ')}.`,
    simulated && 'This is a sandbox: nobody would really be called.',
    warnings.map(({ field, message }) => `Note: ${field} ${message}.`),
    check.token &&
      `To book exactly this, show it to the user and call book_appointment with the same arguments and token ${JSON.stringify(check.token)}. The token is good until ${check.token_expires_at}.`,
    !bookable && 'Correct the arguments, and check again.',
  );
}

export const checkBooking: Tool = {
  name: 'check_booking',
  title: 'Check a booking',
  description:
    'Says what book_appointment would do with the same arguments: the local day and hour of the first call, the first words, the do-not-call list, the calling hours, and every problem with its remedy. Calls nobody, books nothing, answers at once. Gives a token: book_appointment with that token books exactly what was checked. Show its answer to the user before you book.',
  hints: READS,
  input: () => argumentsSchema(bookingRequestSchema),
  output: () => answerSchema(bookingCheckSchema),
  async run(args, call) {
    const structured = await ask(call, { method: 'POST', path: '/v1/bookings/check', body: args });
    return { structured, words: checkWords(structured as BookingCheck) };
  },
};
