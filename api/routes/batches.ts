import { z } from 'zod';
import { type AcceptedBatch, acceptBatch } from '../../accepting/batches/accept-batch.ts';
import { checkBatch } from '../../accepting/batches/check.ts';
import { refusedSettings } from '../../accepting/batches/refuse-settings.ts';
import { batchRequestSchema } from '../../domain/schemas/batch.ts';
import { batchCheckSchema } from '../../domain/schemas/batch-check.ts';
import {
  batchPageSchema,
  batchQuerySchema,
  batchReadSchema,
  batchRowPageSchema,
  batchRowQuerySchema,
  batchViewSchema,
} from '../../domain/schemas/batch-view.ts';
import { waitQuery } from '../../domain/schemas/wait.ts';
import { acceptBatchBodies, BODY_BYTES, batchBodies, sentBatch } from '../batch-body.ts';
import { differs, rejected, tooLarge } from '../batch-refusals.ts';
import type { App, Context } from '../context.ts';
import { cursorIn, cursorOf, positionCursor, positionIn } from '../cursor.ts';
import { findBatch } from '../find-batch.ts';
import { notAccepted } from '../not-accepted.ts';
import { problems } from '../openapi.ts';
import { invalid, type Problem, unavailable } from '../problem.ts';
import { usageView } from '../shown-usage.ts';
import { goneSignal, waitFor } from '../wait-for.ts';
import { batchAppendRoutes } from './batch-append.ts';
import { batchControlRoutes } from './batch-control.ts';
import { batchFileRoutes } from './batch-files.ts';

const headers = z.looseObject({
  'idempotency-key': z.string().min(1).max(255).optional().describe('The same key and batch: the same batch'),
});

export const batchParams = z.object({ id: z.string().max(100).describe('Id of the batch') });

const BODIES =
  'A JSON body; or `text/csv`, with the settings as query parameters (scalars by name; `defaults`, `metadata` and `stop_after_failures` as JSON); or `multipart/form-data` with the parts `file` and `settings` (JSON).';

function batchNotAccepted(accepted: Exclude<AcceptedBatch, { batch: unknown }>): Problem {
  switch (accepted.how) {
    case 'invalid':
      return rejected(accepted.check);
    case 'differs':
      return differs(accepted.check);
    default:
      return notAccepted(accepted, 'batch');
  }
}

/** Lists of businesses to call: check, create, look at and append. */
export function batchRoutes(app: App, context: Context): void {
  const { records, settings, now, streams } = context;
  const common = { tags: ['batches'], security: [{ apiKey: [] }] };
  const bodies = { ...batchBodies, body: batchRequestSchema };

  app.register(async (apart: App) => {
    acceptBatchBodies(apart);

    apart.route({
      method: 'POST',
      url: '/v1/batches',
      bodyLimit: BODY_BYTES,
      schema: {
        ...bodies,
        operationId: 'createBatch',
        summary: 'Book for every row of a list',
        description: BODIES,
        headers,
        response: {
          200: batchViewSchema.describe('The batch that this key made before'),
          202: batchViewSchema.describe('A new batch'),
          ...problems(409),
        },
      },
      async handler(request, reply) {
        if (context.accepting?.() === false) throw unavailable('This process is about to end and takes no new batches');
        const { owner } = request.principal;
        const sent = await sentBatch(request);
        const key = request.headers['idempotency-key'];
        const accepted = await acceptBatch(context, { ...sent, owner, key }).catch(tooLarge);
        if (!('batch' in accepted)) throw batchNotAccepted(accepted);
        const { how, batch } = accepted;
        request.log.info({ batch_id: batch.id, how, rows: batch.counts.total }, 'batch accepted');
        return reply.code(how === 'created' ? 202 : 200).send(batch.view);
      },
    });

    apart.route({
      method: 'POST',
      url: '/v1/batches/check',
      bodyLimit: BODY_BYTES,
      schema: {
        ...bodies,
        operationId: 'checkBatch',
        summary: 'Check a list; nobody is called',
        description: `${BODIES} Its answer has every problem, and the digest \`check\`: a batch that names it runs only what was checked.`,
        response: { 200: batchCheckSchema },
      },
      async handler(request) {
        const sent = await sentBatch(request);
        const fields = refusedSettings(sent.settings, settings, now());
        if (fields.length > 0) throw invalid(fields);
        const { check } = await checkBatch({ ...sent, installation: settings, now: now() }).catch(tooLarge);
        return check;
      },
    });
  });

  app.route({
    method: 'GET',
    url: '/v1/batches',
    schema: {
      ...common,
      operationId: 'listBatches',
      summary: 'List batches, newest first',
      querystring: batchQuerySchema,
      response: { 200: batchPageSchema },
    },
    async handler(request) {
      const { status, limit, cursor, idempotency_key } = request.query;
      const { seesAll, owner } = request.principal;
      if (idempotency_key !== undefined) {
        const id = await records.batchOfKey(owner, idempotency_key);
        const made = id === undefined ? undefined : await records.batch(id);
        return { data: made ? [made.view] : [], next_cursor: null };
      }
      const rows = await records.listBatches({
        owner: seesAll ? undefined : owner,
        status,
        limit: limit + 1,
        after: cursor ? positionIn(cursor, isText) : undefined,
      });
      const data = rows.slice(0, limit);
      return { data, next_cursor: rows.length > limit ? positionCursor(data.at(-1)!) : null };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/batches/:id',
    schema: {
      ...common,
      operationId: 'getBatch',
      summary: 'A batch as it is now',
      params: batchParams,
      querystring: batchReadSchema.extend(waitQuery),
      response: { 200: batchViewSchema, ...problems(410) },
    },
    async handler(request, reply) {
      const read = () => findBatch(records, request.params.id, request.principal);
      const { wait_seconds, include } = request.query;
      if (wait_seconds > 0)
        await streams.hold(request.principal.owner, () =>
          waitFor(wait_seconds, goneSignal(request, reply), context, async () => {
            const { ended_at, status } = (await read()).view;
            return ended_at !== null || status === 'held' || status === 'paused';
          }),
        );
      const { view, usage } = await read();
      return include === 'usage' ? { ...view, usage: usageView(usage, settings) } : view;
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/batches/:id/rows',
    schema: {
      ...common,
      operationId: 'listBatchRows',
      summary: 'Rows of a batch, in their order',
      params: batchParams,
      querystring: batchRowQuerySchema,
      response: { 200: batchRowPageSchema, ...problems(410) },
    },
    async handler(request) {
      const { status, q, limit, cursor } = request.query;
      const { id } = await findBatch(records, request.params.id, request.principal);
      const rows = await records.batchRows({
        batch_id: id,
        status,
        search: q,
        limit: limit + 1,
        after: cursor ? cursorIn(cursor, rowOf) : undefined,
      });
      const data = rows.slice(0, limit);
      return { data, next_cursor: rows.length > limit ? cursorOf([data.at(-1)!.row]) : null };
    },
  });

  batchAppendRoutes(app, context);
  batchControlRoutes(app, context);
  batchFileRoutes(app, context);
}

const isText = (id: unknown): id is string => typeof id === 'string';

const rowOf = ([row]: unknown[]): number | undefined => (Number.isSafeInteger(row) ? (row as number) : undefined);
