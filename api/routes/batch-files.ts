import { Readable } from 'node:stream';
import { z } from 'zod';
import { isFinalBatch } from '../../domain/batch/lifecycle.ts';
import { reportHead, reportLine } from '../../domain/batch/report.ts';
import { spacedNumber } from '../../domain/phone-number.ts';
import { batchEventsQuerySchema, batchReportQuerySchema } from '../../domain/schemas/batch-view.ts';
import { batchEventSchema } from '../../domain/schemas/events.ts';
import type { BatchRecords } from '../../records/ports/batches.ts';
import type { App, Context } from '../context.ts';
import { resumeHeaders, seqOf } from '../event-streams.ts';
import { findBatch } from '../find-batch.ts';
import { content, problems, stream } from '../openapi.ts';

/** Rows that are read at once. */
const ROWS = 500;

const params = z.object({ id: z.string().max(100).describe('Id of the batch') });

/** The report as it is read: its memory does not grow with the rows. */
async function* report(
  records: Pick<BatchRecords, 'batchRows'>,
  batch_id: string,
  delimiter: ',' | ';',
): AsyncGenerator<string> {
  yield reportHead(delimiter);
  for (let after = 0; ; ) {
    const rows = await records.batchRows({ batch_id, after, limit: ROWS });
    yield rows.map((row) => reportLine(row, spacedNumber, delimiter)).join('');
    if (rows.length < ROWS) return;
    after = rows.at(-1)!.row;
  }
}

/** Events and report of a batch. */
export function batchFileRoutes(app: App, context: Context): void {
  const { records, streams } = context;
  const common = { tags: ['batches'], security: [{ apiKey: [] }], params };

  app.route({
    method: 'GET',
    url: '/v1/batches/:id/events',
    exposeHeadRoute: false,
    schema: {
      ...common,
      operationId: 'followBatch',
      summary: 'Events of a batch, as Server-Sent Events',
      description:
        'Events `status`, `row` and `final`; `data` is JSON with `at`, `type` and `counts`. Ends after `final`, unless new rows have reopened the batch.',
      headers: resumeHeaders,
      querystring: batchEventsQuerySchema,
      response: {
        ...stream(batchEventSchema),
        ...content(204, 'Every row is final, and all events were seen', 'text/event-stream'),
        ...problems(410),
      },
    },
    async handler(request, reply) {
      const { id } = await findBatch(records, request.params.id, request.principal);
      const after = seqOf(request.headers['last-event-id']) || (request.query.after ?? 0);
      // New rows may have reopened the batch after its event `final`.
      const isOver = async (seq: number): Promise<boolean> => {
        const batch = await records.batch(id);
        const isFinal = batch === undefined || isFinalBatch(batch.status);
        return isFinal && (await records.batchEventsAfter(id, seq, 1)).length === 0;
      };
      return streams.send(request, reply, {
        after,
        eventsAfter: (seq, limit) => records.batchEventsAfter(id, seq, limit),
        isOver,
        nothingLeft: () => isOver(after),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/batches/:id/report.csv',
    schema: {
      ...common,
      operationId: 'getBatchReport',
      summary: 'A table of all rows and their results, for a spreadsheet',
      querystring: batchReportQuerySchema,
      response: { ...content(200, 'The table', 'text/csv'), ...problems(410) },
    },
    async handler(request, reply) {
      const { id, view } = await findBatch(records, request.params.id, request.principal);
      const delimiter = request.query.delimiter === 'semicolon' ? ';' : ',';
      // The file name marks a simulation, so that nobody takes it for proof of real calls.
      const name = `${id}${view.simulated ? '.simulated' : ''}.csv`;
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type('text/csv; charset=utf-8')
        .send(Readable.from(report(records, id, delimiter)));
    },
  });
}
