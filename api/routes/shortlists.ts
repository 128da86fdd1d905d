import { z } from 'zod';
import { shortlistAcceptor, shortlistIdOf } from '../../accepting/accept-shortlist.ts';
import { resumeShortlist } from '../../delivery/resume-shortlist.ts';
import { iso } from '../../domain/iso.ts';
import { shortlistEventSchema } from '../../domain/schemas/events.ts';
import { madeByKey } from '../../domain/schemas/idempotency-key.ts';
import { messagesSchema } from '../../domain/schemas/message.ts';
import { shortlistPageSchema, shortlistRequestSchema, shortlistViewSchema } from '../../domain/schemas/shortlist.ts';
import { waitQuery } from '../../domain/schemas/wait.ts';
import { shortlistView } from '../../domain/shortlist/view.ts';
import type { StoredShortlist } from '../../records/ports/shortlists.ts';
import type { Principal } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { positionCursor, positionIn } from '../cursor.ts';
import { resumeHeaders, seqOf } from '../event-streams.ts';
import { notAccepted } from '../not-accepted.ts';
import { noteAct } from '../note-act.ts';
import { content, problems, stream } from '../openapi.ts';
import { notFound, Problem, unavailable } from '../problem.ts';
import { goneSignal, waitFor, waitsBeyond } from '../wait-for.ts';

const headers = z.looseObject({
  'idempotency-key': z.string().min(1).max(255).optional().describe('The same key and body: the same shortlist'),
});
const params = z.object({ id: z.string().max(100).describe('Id of the shortlist') });

const isShortlistId = (id: unknown): id is string => typeof id === 'string' && /^sl_[a-z0-9]{4,40}$/.test(id);

/** Shortlists: one wish for several businesses, which are asked one after the other. */
export function shortlistRoutes(app: App, context: Context): void {
  const { records, gateway, now, streams } = context;
  const accept = shortlistAcceptor(context);
  const common = { tags: ['shortlists'], security: [{ apiKey: [] }] };

  const find = async (id: string, { seesAll, owner }: Principal): Promise<StoredShortlist> => {
    const stored = await records.shortlist(id);
    if (!stored?.started || !(seesAll || stored.owner === owner)) throw notFound('shortlist');
    return stored;
  };

  app.route({
    method: 'POST',
    url: '/v1/shortlists',
    schema: {
      ...common,
      operationId: 'createShortlist',
      summary: 'Ask several businesses, one after the other, until one confirms',
      description:
        'Each candidate that is asked is a booking (`shortlist: { id, candidate }`). Two are never asked at once. A booking that may be an appointment halts the shortlist (`needs_review`) until a person reviews it.',
      headers,
      body: shortlistRequestSchema,
      response: {
        200: shortlistViewSchema.describe('The shortlist that this key made before'),
        202: shortlistViewSchema.describe('A new shortlist, under way'),
        ...problems(409),
      },
    },
    async handler(request, reply) {
      if (context.accepting?.() === false)
        throw unavailable('This process is about to end and takes no new shortlists');
      const { owner } = request.principal;
      const accepted = await accept({ request: request.body, owner, key: request.headers['idempotency-key'] });
      if (!('view' in accepted)) throw notAccepted(accepted, 'shortlist');
      const { how, view } = accepted;
      request.log.info({ shortlist_id: view.id, how }, 'shortlist accepted');
      return reply.code(how === 'created' ? 202 : 200).send(view);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/shortlists',
    schema: {
      ...common,
      operationId: 'listShortlists',
      summary: 'List shortlists, newest first',
      querystring: z.object({
        limit: z.coerce.number().int().min(1).max(100).default(20).describe('Rows per page'),
        cursor: z.string().max(500).optional().describe('`next_cursor` of the page before'),
        idempotency_key: madeByKey('shortlist'),
      }),
      response: { 200: shortlistPageSchema },
    },
    async handler(request) {
      const { limit, cursor, idempotency_key } = request.query;
      const { seesAll, owner } = request.principal;
      if (idempotency_key !== undefined) {
        const made = await records.shortlist(shortlistIdOf(context.settings, owner, idempotency_key));
        // Also while its start is not confirmed: a client asks whether its request arrived.
        const known = made?.owner === owner ? [shortlistView(made.order, made.progress)] : [];
        return { data: known, next_cursor: null };
      }
      const rows = await records.listShortlists({
        owner: seesAll ? undefined : owner,
        limit: limit + 1,
        after: cursor ? positionIn(cursor, isShortlistId) : undefined,
      });
      const data = rows.slice(0, limit).map(({ order, progress }) => shortlistView(order, progress));
      return { data, next_cursor: rows.length > limit ? positionCursor(data.at(-1)!) : null };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/shortlists/:id',
    schema: {
      ...common,
      operationId: 'getShortlist',
      summary: 'A shortlist as it is now',
      params,
      querystring: z.object(waitQuery),
      response: { 200: shortlistViewSchema },
    },
    async handler(request, reply) {
      const { id } = request.params;
      const { wait_seconds } = request.query;
      const shown = async () => {
        const { order, progress } = await find(id, request.principal);
        return shortlistView(order, progress);
      };
      const view = await shown();
      if (wait_seconds === 0 || view.outcome) return view;
      await streams.hold(request.principal.owner, () =>
        waitFor(wait_seconds, goneSignal(request, reply), context, async (until) => {
          const now = await shown();
          return now.outcome !== null || now.status === 'needs_review' || waitsBeyond(now, until);
        }),
      );
      return shown();
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/shortlists/:id/events',
    exposeHeadRoute: false,
    schema: {
      ...common,
      operationId: 'followShortlist',
      summary: 'Events of a shortlist, as Server-Sent Events',
      description:
        'Events `status`, `candidate` and `final`; `data` is JSON with `at` and `type`. Ends after `final`. The events of a call are those of its booking.',
      params,
      headers: resumeHeaders,
      response: {
        ...stream(shortlistEventSchema),
        ...content(204, 'The shortlist is final and all its events were seen', 'text/event-stream'),
      },
    },
    async handler(request, reply) {
      const { id } = request.params;
      const { progress } = await find(id, request.principal);
      const after = seqOf(request.headers['last-event-id']);
      return streams.send(request, reply, {
        after,
        eventsAfter: (seq, limit) => records.shortlistEventsAfter(id, seq, limit),
        nothingLeft: async () =>
          progress.outcome !== null && (await records.shortlistEventsAfter(id, after, 1)).length === 0,
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/shortlists/:id/messages',
    schema: {
      ...common,
      operationId: 'listShortlistMessages',
      summary: 'The message to the callback_url, with its answers',
      params,
      response: { 200: messagesSchema },
    },
    async handler(request) {
      const { order } = await find(request.params.id, request.principal);
      const told = await records.shortlistMessage(order.id);
      return { data: told ? [told.record] : [] };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/shortlists/:id/cancel',
    schema: {
      ...common,
      operationId: 'cancelShortlist',
      summary: 'Cancel a shortlist; a live call is hung up',
      description:
        'Nobody else is asked. A confirmation that was accepted before the hang-up is proved wins over the cancellation.',
      params,
      response: { 202: shortlistViewSchema, ...problems(409) },
    },
    async handler(request, reply) {
      const { id } = request.params;
      await find(id, request.principal);
      // On record before anything else: no further candidate's booking is accepted, whatever the shortlist's run does not know yet.
      const bookings = await records.cancelShortlist(id, iso(now()));
      if (!bookings) throw new Problem(409, 'This shortlist is final; it cannot be canceled any more.');
      const answer = await gateway.cancelShortlist(id);
      // The shortlist's own run does the same; until it does, a booking would go on.
      for (const { order, view } of bookings) if (!view.outcome) await gateway.cancel(order.id);
      request.log.info({ shortlist_id: id, answer }, 'cancel requested');
      await noteAct(context, request, { act: 'cancel_shortlist', subject: id });
      if (answer === 'not_found') await resumeShortlist(id, { records, runs: gateway.shortlistRuns, now });
      const { order, progress } = await find(id, request.principal);
      return reply.code(202).send(shortlistView(order, progress));
    },
  });
}
