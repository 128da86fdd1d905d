import { type Foreseen, foresee, nothingForeseen } from '../../accepting/check-booking.ts';
import { checkToken } from '../../accepting/check-token.ts';
import { iso } from '../../domain/iso.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { type BookingCheck, bookingCheckSchema } from '../../domain/schemas/booking-check.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { fieldErrors } from '../../domain/schemas/field-errors.ts';
import type { App, Context } from '../context.ts';
import { withSuggestions } from '../number-suggestions.ts';
import { type FieldError, invalid } from '../problem.ts';
import { bodyRequired, exceptBody } from '../validation.ts';
import { warningsOf } from '../warnings.ts';

const ON_THE_LIST: FieldError = {
  field: 'business.phone',
  message:
    'is on the do-not-call list: nobody would be called. The business asked for that, or somebody for it; do not call it in another way',
};

/** Says of a booking how it would go. It books nothing and calls nobody. */
export function bookingCheckRoute(app: App, context: Context): void {
  const { records, settings, now } = context;

  const isForbidden = async (order: BookingOrder | undefined): Promise<boolean> =>
    order !== undefined &&
    (await records.prohibitionOf(settings.phoneHashes(order.business.phone), iso(now()))) !== undefined;

  app.route({
    method: 'POST',
    url: '/v1/bookings/check',
    validatorCompiler: exceptBody,
    schema: {
      tags: ['bookings'],
      security: [{ apiKey: [] }],
      operationId: 'checkBooking',
      summary: 'Check a booking; nothing is booked and nobody is called',
      description:
        'Says when the business would be called, with which words, and every problem. Its `token` is for the header `Booking-Check` of `POST /v1/bookings`: with it, only what was checked is booked.',
      body: bookingRequestSchema,
      response: { 200: bookingCheckSchema },
    },
    async handler(request): Promise<BookingCheck> {
      const body: unknown = request.body;
      if (body === undefined || body === null) throw bodyRequired();
      const explained = (errors: FieldError[]): FieldError[] =>
        withSuggestions(invalid(errors), body, settings, request.headers['accept-language']).errors ?? errors;
      const parsed = bookingRequestSchema.safeParse(body);
      const { foreseen, order }: { foreseen: Foreseen; order?: BookingOrder } = parsed.success
        ? foresee(parsed.data, settings, now())
        : { foreseen: nothingForeseen(fieldErrors(parsed.error), settings) };
      const do_not_call = await isForbidden(order);
      const problems = explained([...foreseen.problems, ...(do_not_call ? [ON_THE_LIST] : [])]);
      const bookable = problems.length === 0;
      const { owner } = request.principal;
      const signed =
        bookable && parsed.success
          ? checkToken(
              settings.signCheck,
              { owner, request: parsed.data, preferred_day: foreseen.preferred_day },
              now(),
            )
          : undefined;
      return {
        ...foreseen,
        bookable,
        problems,
        warnings: order ? warningsOf(order, context) : [],
        do_not_call,
        token: signed?.token ?? null,
        token_expires_at: signed ? iso(signed.expires) : null,
      };
    },
  });
}
