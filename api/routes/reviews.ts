import { z } from 'zod';
import { tellParent } from '../../delivery/tell-parent.ts';
import { iso } from '../../domain/iso.ts';
import { type ClientMessage, reviewedMessageId } from '../../domain/message.ts';
import { isReviewable, type ReviewRecord } from '../../domain/review.ts';
import { bookingViewSchema } from '../../domain/schemas/booking-view.ts';
import { reviewRequestSchema, reviewsSchema } from '../../domain/schemas/review.ts';
import { maskPhone } from '../../providers/mask.ts';
import type { StoredBooking } from '../../records/ports/bookings.ts';
import { findBooking, requireOperator } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { keyLabel, noteAct } from '../note-act.ts';
import { problems } from '../openapi.ts';
import { invalid, Problem } from '../problem.ts';
import { withRecordedOutcome } from '../recorded-outcome.ts';

const NAMELESS = 'is required: this operator key has no name (OPERATOR_KEYS=NAME=KEY gives it one)';

const messageOf = ({ order, view }: StoredBooking, review: ReviewRecord): ClientMessage => {
  const { decision, by, at, number } = review;
  return {
    id: reviewedMessageId(order.id, number),
    booking_id: order.id,
    type: 'booking.reviewed',
    timestamp: at,
    data: { ...view, review: { decision, by, at } },
  };
};

const notReviewable = ({ view }: StoredBooking): Problem =>
  new Problem(
    409,
    view.outcome === null
      ? 'This booking has no outcome yet. Review it once its status is needs_review.'
      : `This booking ended as ${view.outcome.result}, which its evidence settles. Only needs_review can be reviewed, or a later call of the business whose appointment has no proof.`,
  );

/** Lets a person decide what the evidence does not settle. The decision stands next to the outcome, which stays unchanged. */
export function reviewRoutes(app: App, context: Context): void {
  const { records, gateway, settings, now } = context;

  /** Also for a repeated review: after a 503 an operator repeats it, and its message may never have been sent. */
  const tellOf = async (id: string, { number }: ReviewRecord): Promise<void> => {
    const message = await records.message(reviewedMessageId(id, number));
    const known = message && (await records.messages(id)).find((each) => each.id === message.id);
    if (message && known?.state === 'pending') await gateway.tell(message);
  };
  const common = {
    tags: ['operators'],
    security: [{ apiKey: [] }],
    params: z.object({ id: z.string().max(100).describe('Id of the booking') }),
  };

  app.route({
    method: 'POST',
    url: '/v1/bookings/:id/review',
    schema: {
      ...common,
      operationId: 'reviewBooking',
      summary: 'Decide what the evidence does not settle',
      description:
        'For bookings with the outcome `needs_review`, or with a later call of the business whose reported appointment has no proof. The outcome stays as it is: the decision stands beside it, as `review`. A later review corrects an earlier one; all are kept. The client gets a message (`booking.reviewed`). `do_not_call` puts the number on the do-not-call list.',
      body: reviewRequestSchema,
      response: {
        200: bookingViewSchema.describe('With the review'),
        ...problems(409, 410),
      },
    },
    async handler(request) {
      requireOperator(request.principal);
      const found = await findBooking(records, request.params.id, request.principal);
      const stored = await withRecordedOutcome(found, context);
      if (!isReviewable(stored.view)) throw notReviewable(stored);
      const { id, business, callback_url } = stored.order;
      const { decision, by = request.principal.name } = request.body;
      if (by === undefined) throw invalid([{ field: 'by', message: NAMELESS }]);
      const at = iso(now());
      const key = keyLabel(request.principal);
      // Before the client learns of the decision: a client that books again at once must find the number on the list.
      if (decision.result === 'do_not_call') {
        const { phone } = business;
        const entry = { phone_hash: settings.phoneHash(phone), phone_masked: maskPhone(phone), booking_id: id, at };
        await records.forbidNumber(entry);
      }
      const message = callback_url ? (review: ReviewRecord) => messageOf(stored, review) : undefined;
      const added = await records.addReview({ booking_id: id, decision, by, at, key, message });
      if (added.how === 'refused') throw notReviewable(stored);
      const { review } = added;
      request.log.info({ booking_id: id, result: decision.result, key, how: added.how }, 'booking reviewed');
      if (added.how === 'added') await noteAct(context, request, { act: 'review', booking_id: id });
      await tellOf(id, review);
      await tellParent(stored.order, { childEnded: (...ids) => gateway.childEnded(...ids), log: request.log });
      return { ...stored.view, review: { decision: review.decision, by: review.by, at: review.at } };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/bookings/:id/reviews',
    schema: {
      ...common,
      operationId: 'listReviews',
      summary: 'Every review of a booking; the last one counts',
      response: { 200: reviewsSchema, ...problems(410) },
    },
    async handler(request) {
      requireOperator(request.principal);
      const stored = await findBooking(records, request.params.id, request.principal);
      return { data: await records.reviews(stored.order.id) };
    },
  });
}
