import { z } from 'zod';
import { appendRows, checkAdded } from '../../accepting/batches/append-rows.ts';
import { batchAppendCheckSchema, batchAppendedSchema, batchAppendSchema } from '../../domain/schemas/batch-append.ts';
import { acceptBatchBodies, BODY_BYTES, batchBodies, sentRows } from '../batch-body.ts';
import { differs, rejected, tooLarge } from '../batch-refusals.ts';
import type { App, Context } from '../context.ts';
import { findBatch } from '../find-batch.ts';
import { problems } from '../openapi.ts';
import { unfit } from './batch-control.ts';

const params = z.object({ id: z.string().max(100).describe('Id of the batch') });

const BODIES =
  'A JSON body; or `text/csv`, with `check` as a query parameter; or `multipart/form-data` with the parts `file` and `settings` (JSON: `check`). For all else the settings of the batch hold.';

/** Rows for a batch that exists: check and add. */
export function batchAppendRoutes(app: App, context: Context): void {
  const { records } = context;
  const common = { ...batchBodies, params, body: batchAppendSchema };

  app.register(async (apart: App) => {
    acceptBatchBodies(apart);

    apart.route({
      method: 'POST',
      url: '/v1/batches/:id/rows/check',
      bodyLimit: BODY_BYTES,
      schema: {
        ...common,
        operationId: 'checkBatchRows',
        summary: 'Check rows for a batch; nothing is added',
        description: `${BODIES} Its answer has every problem, and the digest \`check\`: rows that are added with it are those that were checked.`,
        response: { 200: batchAppendCheckSchema, ...problems(409, 410) },
      },
      async handler(request) {
        const batch = await findBatch(records, request.params.id, request.principal);
        const { from } = await sentRows(request);
        const checked = await checkAdded(context, batch, from).catch(tooLarge);
        if (checked.how === 'unfit') throw unfit('append', checked.batch);
        return { ...checked.check, known: checked.known };
      },
    });

    apart.route({
      method: 'POST',
      url: '/v1/batches/:id/rows',
      bodyLimit: BODY_BYTES,
      schema: {
        ...common,
        operationId: 'appendBatchRows',
        summary: 'Add rows to a batch',
        description: `${BODIES} Rows whose key the batch has already are passed over, so the request may be repeated. New rows reopen a completed batch.`,
        response: { 202: batchAppendedSchema, ...problems(409, 410) },
      },
      async handler(request, reply) {
        const batch = await findBatch(records, request.params.id, request.principal);
        const appended = await appendRows(context, batch, await sentRows(request)).catch(tooLarge);
        switch (appended.how) {
          case 'invalid':
            throw rejected(appended.check);
          case 'differs':
            throw differs(appended.check);
          case 'unfit':
            throw unfit('append', appended.batch);
        }
        const { added, known } = appended;
        request.log.info({ batch_id: batch.id, added, known }, 'rows added to a batch');
        return reply.code(202).send({ added, known });
      },
    });
  });
}
