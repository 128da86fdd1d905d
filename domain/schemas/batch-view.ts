import { z } from 'zod';
import { REASON_CODES, type RowReason } from '../batch/reasons.ts';
import { BATCH_STATUSES, PAUSE_REASONS, ROW_STATUSES } from '../batch/statuses.ts';
import { type BatchRowView, type BatchView, DUPLICATE_POLICIES, INVALID_POLICIES, LIVE_CALLS } from '../batch/view.ts';
import { madeByKey } from './idempotency-key.ts';
import { instant } from './instant.ts';
import { batchId, pageOf, pageQuery, shownMetadata } from './shared.ts';
import { usageSchema } from './usage.ts';
import { batchStatus, result, rowStatus } from './words.ts';

const count = z.int().min(0);

export const batchCounts = z
  .object({
    invalid: count.describe('Rows with a fault, which were skipped'),
    duplicate: count.describe('Rows with the number or key of an earlier row'),
    waiting: count.describe('Rows whose turn has not come'),
    in_progress: count.describe('Rows whose booking is under way'),
    completed: count.describe('Rows with an answer of the business'),
    failed: count.describe('Rows without one'),
    needs_review: count.describe('Rows that a person has to look at'),
    canceled: count.describe('Rows that were canceled'),
    expired: count.describe('Rows for which nobody was rung by not_after'),
    total: count.describe('All rows'),
  })
  .describe('Rows by status; `total` is always their sum')
  .meta({ id: 'BatchCounts' });

export const batchResults = z
  .partialRecord(result, count)
  .describe('Rows by result; those without a result are in none')
  .meta({ id: 'BatchResults' });

const reason = z
  .object({
    code: z.enum(REASON_CODES).describe('The kind of reason, for programs'),
    field: z.string().optional().describe('Of a problem: the column’s name, or the last part of the JSON path'),
    message: z.string().describe('In English. With a field, it continues its name'),
    result: result.optional().describe('Of `reviewed`: the person’s decision'),
  })
  .meta({
    id: 'BatchRowReason',
    description: 'A reason why a row was not called, or did not succeed',
  }) satisfies z.ZodType<RowReason>;

export const pauseReason = z.enum(PAUSE_REASONS);

export const batchViewSchema = z
  .object({
    id: batchId,
    name: z.string().nullable().describe('As the client named it'),
    status: batchStatus.describe('Where the batch stands'),
    paused_because: pauseReason
      .nullable()
      .describe('user: somebody paused it; failures: its last rows failed (`stop_after_failures`); null: not paused'),
    simulated: z.boolean().describe('True in the sandbox: nobody is called'),
    simulated_rows: count.describe('Rows for whose result nobody was called: of these, no appointment exists'),
    counts: batchCounts.describe('Rows by status'),
    results: batchResults.describe('Rows by result'),
    not_before: z.string().nullable().describe('No row is dialed before it; as it was given'),
    not_after: z.string().nullable().describe('No row is dialed after it; as it was given'),
    max_concurrent: z.int().describe('Calls of this batch at once'),
    stop_after_failures: z
      .object({
        share: z.number().describe('Share of failed rows, above 0 and at most 1'),
        of_last: z.int().describe('Number of finished rows that are looked at'),
      })
      .nullable()
      .describe('Pauses the batch once this share of its last finished rows failed; null: it never does'),
    on_invalid: z.enum(INVALID_POLICIES).describe('The fate of invalid rows'),
    duplicates: z.enum(DUPLICATE_POLICIES).describe('The fate of rows with the number or key of an earlier one'),
    callback_url: z.string().nullable().describe('Receives `batch.completed`, or `batch.canceled`'),
    metadata: shownMetadata,
    created_at: instant.describe('When it was accepted'),
    updated_at: instant.describe('When it last changed'),
    ended_at: instant.nullable().describe('null until every row is final'),
    usage: usageSchema
      .optional()
      .describe('Calls and talk of its bookings that have their outcome; with include=usage'),
    last_event_id: count.describe('Number of its last event: `?after=` of its events goes on from there'),
  })
  .meta({ id: 'Batch', description: 'Many bookings that were placed together' }) satisfies z.ZodType<BatchView>;

export const batchPageSchema = pageOf(batchViewSchema, 'Newest first').meta({ id: 'BatchPage' });

const rowFields = {
  row: z.int().describe('Counts from 1, over all rows of the batch'),
  key: z.string().nullable().describe('null: none was given or could be made, or its booking was erased'),
  status: rowStatus.describe('Where the row stands'),
  result: result.nullable().describe('The result of its booking; null: there is none (yet)'),
  why: z.string().nullable().describe('Why it was not called, or did not succeed; in English'),
  booking_id: z.string().nullable().describe('Id of its booking; null: it has none (yet)'),
};

/** Query parameters of `GET /v1/batches/{id}`. */
export const batchReadSchema = z.strictObject({
  include: z.literal('usage').optional().describe('usage: with the calls and talk of its bookings'),
});

/** The fields of a row in an event of its batch. */
export const rowEventFields = rowFields;

export const batchRowSchema = z
  .object({
    row: rowFields.row,
    line: z.int().nullable().describe('Line of the file on which it begins; null: the rows came as JSON'),
    key: rowFields.key,
    phone: z.string().nullable().describe('The number in E.164, or as it was written if it could not be read'),
    business_name: z.string().nullable().describe('Name of the business'),
    user_name: z.string().nullable().describe('The person for whom the appointment is'),
    status: rowFields.status,
    result: rowFields.result,
    why: rowFields.why,
    reasons: z
      .array(reason)
      .describe('The same for programs: empty where there is nothing to explain, or where the result is the reason'),
    simulated: z.boolean().describe('Nobody was called for the result: no appointment exists'),
    booking_id: rowFields.booking_id,
    confirmed_date: z.string().nullable().describe('Day of the appointment, YYYY-MM-DD'),
    confirmed_time: z.string().nullable().describe('Time of the appointment at the business, HH:MM'),
  })
  .meta({ id: 'BatchRow', description: 'A row of a batch, and what became of it' }) satisfies z.ZodType<BatchRowView>;

export const batchRowPageSchema = pageOf(batchRowSchema, 'In the order of the rows').meta({ id: 'BatchRowPage' });

/** The body of `POST /v1/batches/{id}/cancel`. */
export const batchCancelSchema = z
  .strictObject({
    live_calls: z
      .enum(LIVE_CALLS)
      .default('finish')
      .describe('`finish`: calls that ring or talk go on, and their results count; `hang_up`: they are hung up'),
  })
  .meta({ id: 'BatchCancel' });

/** The query of `GET /v1/batches`. */
export const batchQuerySchema = z.strictObject({
  status: z.enum(BATCH_STATUSES).optional().describe('Only batches with this status'),
  idempotency_key: madeByKey('batch'),
  ...pageQuery(100, 20),
});

/** The query of `GET /v1/batches/{id}/rows`. */
export const batchRowQuerySchema = z.strictObject({
  status: z.enum(ROW_STATUSES).optional().describe('Only rows with this status'),
  q: z.string().max(200).optional().describe('A part of the key, the business’s name, the person’s name or the number'),
  ...pageQuery(1_000, 100),
});

/** The query of `GET /v1/batches/{id}/events`. */
export const batchEventsQuerySchema = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'Begins behind the event of this number, such as `last_event_id`; the header `Last-Event-ID` comes first',
    ),
});

/** The query of `GET /v1/batches/{id}/report.csv`. */
export const batchReportQuerySchema = z.strictObject({
  delimiter: z.enum(['comma', 'semicolon']).default('comma').describe('semicolon: as a Spanish Excel expects it'),
});
