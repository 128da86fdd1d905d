import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { appointmentOf } from '../../domain/appointment.ts';
import { iso } from '../../domain/iso.ts';
import {
  type CalendarFeedView,
  calendarFeedRequestSchema,
  calendarFeedsSchema,
  newCalendarFeedSchema,
} from '../../domain/schemas/calendar-feed.ts';
import type { BookingView } from '../../domain/view.ts';
import { contentHash } from '../../records/content-hash.ts';
import type { CalendarFeed } from '../../records/ports/calendar-feeds.ts';
import { findBooking, ownerHolders } from '../authentication.ts';
import { appointmentsFor, lastChange } from '../calendar/appointments.ts';
import { matches } from '../calendar/etag.ts';
import { CALENDAR_TYPE, calendarOf } from '../calendar/file.ts';
import type { App, Context } from '../context.ts';
import { currentView } from '../current-view.ts';
import { findBatch } from '../find-batch.ts';
import { content, problems } from '../openapi.ts';
import { Problem } from '../problem.ts';
import { type Rate, tokenBuckets, tooMany } from '../rate-limit.ts';
import type { KeyGuard } from '../wrong-keys.ts';

const TOKEN_BYTES = 32;
const MAX_FEEDS = 50;
/** Readings of one feed: calendars read one once in some minutes, and a reading costs up to a thousand bookings. */
const READINGS: Rate = { perSecond: 0.2, burst: 20 };

const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

const viewOf = ({ id, batch, created_at, last_read_at }: CalendarFeed): CalendarFeedView => ({
  id,
  batch,
  created_at,
  last_read_at,
});

/** Why this booking has nothing for a calendar. */
function noAppointment({ outcome, review }: Pick<BookingView, 'outcome' | 'review'>): Problem {
  const result = review?.decision.result ?? outcome?.result;
  if (result === undefined) {
    return new Problem(409, 'This booking has no outcome yet. Its calendar file is there once its appointment is.');
  }
  return new Problem(
    409,
    result === 'needs_review'
      ? 'This booking waits for a review. Its calendar file is there once a person confirms its appointment.'
      : `This booking ended as ${result}: it has no appointment for a calendar.`,
  );
}

/** Calendar files of bookings, and the feeds of a key. */
export function calendarRoutes(app: App, context: Context): void {
  const { records, settings, now } = context;
  const common = { tags: ['bookings'], security: [{ apiKey: [] }] };

  app.route({
    method: 'GET',
    url: '/v1/bookings/:id/calendar.ics',
    schema: {
      ...common,
      operationId: 'getCalendarFile',
      summary: 'The confirmed appointment as a calendar file (RFC 5545)',
      description:
        'Also for an appointment that a person confirmed in a review. An event lasts an hour, or the whole day where only the day is known. A simulated one says so in its summary and is TENTATIVE.',
      params: z.object({ id: z.string().max(100).describe('Id of the booking') }),
      response: {
        ...content(200, 'The calendar file', 'text/calendar'),
        ...problems(409, 410),
      },
    },
    async handler(request, reply) {
      const { order, view: stored, sandbox } = await findBooking(records, request.params.id, request.principal);
      const view = await currentView(stored, context);
      const appointment = appointmentOf({ ...view, simulated: view.simulated || sandbox });
      if (!appointment) throw noAppointment(view);
      const name = `${order.id}${appointment.simulated ? '.simulated' : ''}.ics`;
      const file = await calendarOf([{ order, appointment, since: lastChange(view) }]);
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type(CALENDAR_TYPE)
        .serializer(String)
        .send(file);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/calendar-feeds',
    schema: {
      ...common,
      operationId: 'createCalendarFeed',
      summary: 'Create a secret address under which calendars read the confirmed appointments',
      description: `It has what this key may see, or one batch of it. A key has at most ${MAX_FEEDS} feeds; one that nobody has read for a year ends, and so do all feeds of a key that is taken away and those of an erased batch.`,
      body: calendarFeedRequestSchema,
      response: {
        201: newCalendarFeedSchema.describe('The address is shown only now'),
        ...problems(404, 409, 410),
      },
    },
    async handler(request, reply) {
      const { batch } = request.body;
      if (batch !== undefined) await findBatch(records, batch, request.principal);
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const feed = {
        id: `cf_${randomBytes(12).toString('hex')}`,
        owner: request.principal.owner,
        batch: batch ?? null,
        created_at: iso(now()),
        last_read_at: null,
      };
      const added = await records.addCalendarFeed({ ...feed, token_hash: tokenHash(token), most: MAX_FEEDS });
      if (!added) throw new Problem(409, `This key has ${MAX_FEEDS} feeds, as many as it may have: revoke one first.`);
      request.log.info({ feed: feed.id }, 'calendar feed created');
      return reply.code(201).send({ ...viewOf(feed), url: `${settings.publicUrl}/calendar/${token}.ics` });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/calendar-feeds',
    schema: {
      ...common,
      operationId: 'listCalendarFeeds',
      summary: 'The calendar feeds of this key, without their addresses',
      response: { 200: calendarFeedsSchema },
    },
    handler: async ({ principal }) => ({
      data: (await records.calendarFeeds(principal.owner, iso(now()))).map(viewOf),
    }),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/calendar-feeds/:id',
    schema: {
      ...common,
      operationId: 'revokeCalendarFeed',
      summary: 'Revoke a calendar feed: its address stops working at once',
      params: z.object({ id: z.string().max(100).describe('Id of the feed') }),
      response: { 204: z.undefined().describe('It was revoked') },
    },
    async handler(request, reply) {
      const removed = await records.removeCalendarFeed(request.params.id, request.principal.owner);
      if (!removed) throw new Problem(404, 'There is no such calendar feed, or it is not yours.');
      request.log.info({ feed: request.params.id }, 'calendar feed revoked');
      return reply.code(204).send(undefined);
    },
  });
}

/** The feeds themselves. Their address is the secret: calendars send no key. */
export function calendarFeedRoute(app: App, context: Context, guarded: KeyGuard): void {
  const { records, settings, now } = context;
  const holder = ownerHolders(settings);
  const readings = tokenBuckets(READINGS, now);

  /** Found by the token's hash, so that the time of the look-up tells nothing about any token. */
  async function feedOf(token: string) {
    const feed = await records.readCalendarFeed(tokenHash(token), iso(now()));
    const principal = feed && holder(feed.owner);
    if (!principal) throw new Problem(404, 'There is no calendar at this address: it never was, or was revoked.');
    return { ...feed, owner: principal.seesAll ? undefined : principal.owner };
  }

  app.route({
    method: 'GET',
    url: '/calendar/:token.ics',
    schema: {
      tags: ['bookings'],
      operationId: 'readCalendarFeed',
      summary: 'Confirmed appointments, for calendars that subscribe to this secret address',
      description:
        'The newest 1,000 of the bookings placed in the last year. Simulated ones say so in their summary and are TENTATIVE. Erased bookings disappear.',
      params: z.object({ token: z.string().max(100).describe('The secret of the feed') }),
      response: {
        ...content(200, 'The calendar', 'text/calendar'),
        304: z.undefined().describe('As it was when this If-None-Match was its ETag'),
        ...problems(429, 503),
      },
    },
    async handler(request, reply) {
      const { token } = request.params;
      const feed = await guarded(request.ip, `calendar ${token}`, () => feedOf(token));
      request.proved = true;
      const wait = readings.take(feed.id);
      if (wait > 0) throw tooMany('This calendar is read too often.', wait);
      const entries = await appointmentsFor(records, feed, now());
      const text = await calendarOf(entries, feed.batch === null ? 'Vocero' : `Vocero ${feed.batch}`);
      const etag = `"${contentHash(text)}"`;
      reply.headers({ etag, 'cache-control': 'private, no-cache' });
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send(undefined);
      return reply
        .header('content-disposition', 'inline; filename="vocero.ics"')
        .type(CALENDAR_TYPE)
        .serializer(String)
        .send(text);
    },
  });
}
