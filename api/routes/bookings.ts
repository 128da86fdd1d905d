import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { acceptor } from '../../accepting/accept.ts';
import { endWithoutRun } from '../../delivery/end-without-run.ts';
import { Unavailable } from '../../delivery/gateway.ts';
import { isBookingId } from '../../domain/ids.ts';
import { bookingQuerySchema, bookingReadSchema } from '../../domain/schemas/booking-query.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import {
  acceptedBookingSchema,
  bookingPageSchema,
  bookingViewSchema,
  shownBookingSchema,
} from '../../domain/schemas/booking-view.ts';
import { contentHash } from '../../records/content-hash.ts';
import type { StoredBooking } from '../../records/ports/bookings.ts';
import { findBooking } from '../authentication.ts';
import { bookingSearch } from '../booking-search.ts';
import { requireChecked } from '../checked-booking.ts';
import type { App, Context } from '../context.ts';
import { currentView, currentViews } from '../current-view.ts';
import { positionCursor, positionIn } from '../cursor.ts';
import { notAccepted } from '../not-accepted.ts';
import { noteAct } from '../note-act.ts';
import { withSuggestions } from '../number-suggestions.ts';
import { problems } from '../openapi.ts';
import { invalid, Problem, unavailable } from '../problem.ts';
import { withBudgets, withOrders } from '../shown-order.ts';
import { goneSignal, waitFor, waitsBeyond } from '../wait-for.ts';
import { withWarnings } from '../warnings.ts';

/** Other header fields are ignored. */
const bookingHeaders = z.looseObject({
  'idempotency-key': z.string().min(1).max(255).optional().describe('The same key and body: the same booking'),
  traceparent: z
    .string()
    .optional()
    .describe('W3C trace context: the trace of a new booking is linked to it; one that is not valid is ignored'),
  'booking-check': z
    .string()
    .max(200)
    .optional()
    .describe('The token of a check: only the body that was checked is booked (409 otherwise)'),
});

const bookingParams = z.object({ id: z.string().max(100).describe('Id of the booking') });

/** The parent whose bookings are listed. */
function parentIn({ shortlist, batch }: { shortlist?: string | undefined; batch?: string | undefined }) {
  if (shortlist !== undefined && batch !== undefined) {
    throw invalid([{ field: 'batch', message: 'cannot be given beside shortlist: a booking has one of them at most' }]);
  }
  if (shortlist !== undefined) return { shortlist };
  return batch === undefined ? undefined : { batch };
}

/** An update that Temporal holds may still reach the workflow: the client must not believe that nothing happened. */
function unconfirmed(error: unknown): never {
  if (!(error instanceof Unavailable)) throw error;
  throw unavailable('The cancellation could not be confirmed, and may still take effect', error);
}

export function bookingRoutes(app: App, context: Context): void {
  const { records, gateway, settings, metrics, streams } = context;
  const accept = acceptor({ ...context, counted: (how) => metrics.accepted.inc({ how }) });
  const common = { tags: ['bookings'], security: [{ apiKey: [] }] };

  /** The booking whose id a key of the owner gives, also while its start is not confirmed: a client asks whether its request arrived. */
  const ofKey = async (id: string, owner: string): Promise<StoredBooking | undefined> => {
    const made = await records.booking(id);
    return made?.owner === owner ? made : undefined;
  };

  app.route({
    method: 'POST',
    url: '/v1/bookings',
    schema: {
      ...common,
      operationId: 'createBooking',
      summary: 'Book an appointment',
      headers: bookingHeaders,
      body: bookingRequestSchema,
      response: {
        200: acceptedBookingSchema.describe('The booking that this key made before'),
        202: acceptedBookingSchema.describe('A new booking, under way'),
        ...problems(409),
      },
    },
    // Errors thrown here go on to the common error handler.
    errorHandler(error, request) {
      if (!(error instanceof Problem)) throw error;
      throw withSuggestions(error, request.body, settings, request.headers['accept-language']);
    },
    async handler(request, reply) {
      if (context.accepting?.() === false) throw unavailable('This process is about to end and takes no new bookings');
      const { owner } = request.principal;
      const { 'idempotency-key': key, traceparent, 'booking-check': token } = request.headers;
      const asked = { request: request.body, owner, key, traceparent };
      if (token !== undefined) await requireChecked(token, asked, context);
      const accepted = await accept(asked);
      if (accepted.how === 'not_wanted') throw new Error('only the booking of a row can be unwanted');
      if (!('order' in accepted)) throw notAccepted(accepted, 'booking');
      const { how, order, view } = accepted;
      request.log.info({ booking_id: order.id, how }, 'booking accepted');
      if (how === 'created') return reply.code(202).send(withWarnings(view, order, context));
      return reply.code(200).send(withWarnings(await currentView(view, context), order, context));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/bookings',
    schema: {
      ...common,
      operationId: 'listBookings',
      summary: 'List bookings, newest first',
      querystring: bookingQuerySchema,
      response: {
        200: bookingPageSchema,
        304: z.undefined().describe('As it was when this If-None-Match was its ETag'),
      },
    },
    async handler(request, reply) {
      const { status, channel, result, reviewed, q, shortlist, batch, limit, cursor, include, from } = request.query;
      const { created_from, created_before } = request.query;
      const { seesAll, owner } = request.principal;
      const { idempotency_key } = request.query;
      if (idempotency_key !== undefined) {
        const made = await ofKey(settings.bookingIdOf(owner, idempotency_key), owner);
        const data = made ? [await currentView(made.view, context)] : [];
        return { data: include === 'order' ? await withOrders(data, context) : data, next_cursor: null };
      }
      const rows = await records.listBookings({
        owner: seesAll ? undefined : owner,
        status,
        channel,
        result,
        reviewed,
        search: bookingSearch(q, settings, request.headers['accept-language']),
        created_from,
        created_before,
        parent: parentIn({ shortlist, batch }),
        limit: limit + 1,
        after: cursor ? positionIn(cursor, isBookingId) : undefined,
      });
      const page = rows.slice(0, limit);
      const shown = from === 'records' ? page : await currentViews(page, context);
      // A row that has changed since it was stored may not match the filter any more.
      const data = status ? shown.filter((view) => view.status === status) : shown;
      const answer = {
        data: include === 'order' ? await withOrders(data, context) : data,
        next_cursor: rows.length > limit ? positionCursor(page.at(-1)!) : null,
      };
      // This turn of the event loop has read a hundred bookings. Give the voices a turn before the hash and the serialisation.
      await nextTurn();
      const etag = `W/"${contentHash(answer)}"`;
      reply.header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send(undefined);
      await nextTurn();
      return answer;
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/bookings/:id',
    schema: {
      ...common,
      operationId: 'getBooking',
      summary: 'A booking as it is now',
      params: bookingParams,
      querystring: bookingReadSchema,
      response: { 200: shownBookingSchema, ...problems(410) },
    },
    async handler(request, reply) {
      const { wait_seconds, include } = request.query;
      const stored = await findBooking(records, request.params.id, request.principal);
      let view = await currentView(stored.view, context);
      if (wait_seconds > 0 && view.outcome === null) {
        await streams.hold(request.principal.owner, () =>
          waitFor(wait_seconds, goneSignal(request, reply), context, async (until) => {
            const now = (await records.booking(stored.order.id))?.view;
            return !now || now.outcome !== null || waitsBeyond(now, until);
          }),
        );
        view = await currentView((await findBooking(records, stored.order.id, request.principal)).view, context);
      }
      return include === 'order' ? withBudgets(view, stored.order, context) : view;
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/bookings/:id/cancel',
    schema: {
      ...common,
      operationId: 'cancelBooking',
      summary: 'Cancel a booking; a live call is hung up',
      description: 'A result that was accepted before the hang-up is proved wins over the cancellation.',
      params: bookingParams,
      response: { 202: bookingViewSchema, ...problems(410, 409) },
    },
    async handler(request, reply) {
      const { id } = request.params;
      const stored = await findBooking(records, id, request.principal);
      const canceled =
        stored.view.outcome === null ? await gateway.cancel(id).catch(unconfirmed) : ({ answer: 'final' } as const);
      request.log.info({ booking_id: id, answer: canceled.answer }, 'cancel requested');
      if (canceled.answer !== 'final') await noteAct(context, request, { act: 'cancel', booking_id: id });
      // Without a run nothing else would end the booking.
      const ended = canceled.answer === 'not_found' ? await endWithoutRun(stored, context) : undefined;
      if (ended) return reply.code(202).send(ended);
      if (canceled.answer === 'accepted') {
        const late = { ...stored.view, cancel_requested: true, stale: true };
        return reply.code(202).send(canceled.view ?? late);
      }
      throw new Problem(409, 'This booking is final; it cannot be canceled any more.');
    },
  });
}
