import { z } from 'zod';
import { changeBatch } from '../../accepting/batches/change-batch.ts';
import { cancelBatchRow, commandBatch } from '../../accepting/batches/command-batch.ts';
import { type BatchCommand, fits } from '../../domain/batch/lifecycle.ts';
import { iso } from '../../domain/iso.ts';
import { batchChangeSchema } from '../../domain/schemas/batch.ts';
import { batchCancelSchema, batchRowSchema, batchViewSchema } from '../../domain/schemas/batch-view.ts';
import type { BatchErasure, StoredBatch } from '../../records/ports/batches.ts';
import type { App, Context } from '../context.ts';
import { erase, erasureAnswers } from '../erase.ts';
import { findBatch, noBatch, visibleBatchErasure } from '../find-batch.ts';
import { noteAct } from '../note-act.ts';
import { problems } from '../openapi.ts';
import { invalid, Problem } from '../problem.ts';
import { optionalBody } from '../validation.ts';

const params = z.object({ id: z.string().max(100).describe('Id of the batch') });

const IN_WORDS: Record<BatchCommand, string> = {
  start: 'Only a held batch can be started',
  pause: 'Only a batch under way can be paused',
  resume: 'Only a paused batch can be resumed',
  cancel: 'A batch whose rows are all final cannot be canceled',
  append: 'A canceled batch takes no more rows',
  change: 'A batch that is canceled or completed keeps its settings',
  erase: 'Cancel the batch first, and erase it once all of its rows are final',
};

/** The answer to a command that does not fit the batch's status. */
export const unfit = (command: BatchCommand, { status }: Pick<StoredBatch, 'status'>): Problem =>
  new Problem(409, `${IN_WORDS[command]}: this one is ${status}.`);

const noRow = (): Problem => new Problem(404, 'This batch has no row with that key.');

const shownErasure = ({ batch_id, requested_at, erased_at }: BatchErasure) => ({
  id: batch_id,
  requested_at,
  erased_at,
  left_at_providers: 0,
});

/** Commands to a batch, and its erasure. */
export function batchControlRoutes(app: App, context: Context): void {
  const { records, batches, now } = context;
  const common = { tags: ['batches'], security: [{ apiKey: [] }], params };
  const answers = { 202: batchViewSchema, ...problems(409, 410) };

  const command = async (
    batch: StoredBatch,
    name: Parameters<typeof commandBatch>[2],
    how: Parameters<typeof commandBatch>[3] = {},
  ): Promise<StoredBatch> => {
    const changed = await commandBatch(context, batch, name, how);
    if (changed.how === 'unknown') throw noBatch();
    if (changed.how === 'unfit') throw unfit(name, changed.batch);
    return changed.batch;
  };

  const SUMMARIES = {
    start: 'Start a batch that was held',
    pause: 'Pause a batch; live calls go on',
    resume: 'Go on with a paused batch',
  };
  for (const name of ['start', 'pause', 'resume'] as const) {
    app.route({
      method: 'POST',
      url: `/v1/batches/:id/${name}`,
      schema: { ...common, operationId: `${name}Batch`, summary: SUMMARIES[name], response: answers },
      async handler(request, reply) {
        const batch = await findBatch(records, request.params.id, request.principal);
        const { view } = await command(batch, name);
        request.log.info({ batch_id: batch.id, status: view.status }, `batch asked to ${name}`);
        await noteAct(context, request, { act: `${name}_batch`, subject: batch.id });
        return reply.code(202).send(view);
      },
    });
  }

  app.route({
    method: 'POST',
    url: '/v1/batches/:id/cancel',
    validatorCompiler: optionalBody,
    schema: {
      ...common,
      operationId: 'cancelBatch',
      summary: 'Cancel a batch',
      body: batchCancelSchema.optional(),
      response: answers,
    },
    async handler(request, reply) {
      const batch = await findBatch(records, request.params.id, request.principal);
      const live_calls = request.body?.live_calls ?? 'finish';
      const { view } = await command(batch, 'cancel', { live_calls });
      request.log.info({ batch_id: batch.id, live_calls }, 'batch asked to cancel');
      await noteAct(context, request, { act: 'cancel_batch', subject: batch.id });
      return reply.code(202).send(view);
    },
  });

  app.route({
    method: 'PATCH',
    url: '/v1/batches/:id',
    schema: {
      ...common,
      operationId: 'changeBatch',
      summary: 'Change a batch under way',
      description:
        'A new `not_after` holds for all rows that are not final, also for those in line; a row’s own earlier one stays.',
      body: batchChangeSchema,
      response: answers,
    },
    async handler(request, reply) {
      const batch = await findBatch(records, request.params.id, request.principal);
      const changed = await changeBatch(context, batch, request.body);
      if (changed.how === 'refused') throw invalid(changed.fields);
      if (changed.how === 'unfit') throw unfit('change', changed.batch);
      if (changed.how === 'unknown') throw noBatch();
      await noteAct(context, request, { act: 'change_batch', subject: batch.id });
      return reply.code(202).send(changed.batch.view);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/batches/:id/rows/:key/cancel',
    schema: {
      ...common,
      params: z.object({
        id: z.string().max(100).describe('Id of the batch'),
        key: z.string().max(1_000).describe('The row’s key'),
      }),
      operationId: 'cancelBatchRow',
      summary: 'Cancel one row; a live call is hung up',
      response: { ...answers, 202: batchRowSchema },
    },
    async handler(request, reply) {
      const { key } = request.params;
      const batch = await findBatch(records, request.params.id, request.principal);
      const canceled = await cancelBatchRow(context, batch.id, key);
      if (canceled === 'unknown') throw noRow();
      if (canceled === 'final') throw new Problem(409, 'This row is final; it cannot be canceled any more.');
      await noteAct(context, request, { act: 'cancel_row', subject: batch.id });
      const row = await records.batchRow(batch.id, key);
      if (!row) throw noRow();
      return reply.code(202).send(row);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/batches/:id',
    schema: {
      ...common,
      operationId: 'eraseBatch',
      summary: 'Erase a batch with its rows and its bookings, also at the providers',
      description:
        'For a batch that does not run. From now on nobody can read it (`410`). Repeat the request to see the progress.',
      response: erasureAnswers,
    },
    handler: (request, reply) =>
      erase(context, request, reply, {
        thing: 'batch',
        async known(id, principal) {
          const erasure = await visibleBatchErasure(records, id, principal);
          return erasure && shownErasure(erasure);
        },
        async begin(id, principal) {
          const batch = await findBatch(records, id, principal);
          const begun = await records.beginBatchErasure(id, iso(now()), (status) => fits('erase', status));
          if (begun === 'unknown') throw noBatch();
          if (begun === 'unfit') throw unfit('erase', (await records.batch(id)) ?? batch);
        },
        start: (id) => batches.erase(id),
      }),
  });
}
