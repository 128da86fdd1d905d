import { z } from 'zod';
import { REASON_CODES, type RowReason } from '../batch/reasons.ts';
import { BATCH_STATUSES, PAUSE_REASONS, ROW_STATUSES } from '../batch/statuses.ts';
import { type BatchRowView, type BatchView, DUPLICATE_POLICIES, INVALID_POLICIES, LIVE_CALLS } from '../batch/view.ts';
import { RESULTS } from '../result.ts';
import { metadata } from './booking-request.ts';
import { madeByKey } from './idempotency-key.ts';
import { instant } from './instant.ts';
import { usageSchema } from './usage.ts';

const count = z.int().min(0);

const counts = z
  .object({
    invalid: count,
    duplicate: count,
    waiting: count,
    in_progress: count,
    completed: count,
    failed: count,
    needs_review: count,
    canceled: count,
    expired: count,
    total: count,
  })
  .describe('Rows by status; `total` is always their sum')
  .meta({ id: 'BatchCounts' });

const results = z
  .partialRecord(z.enum(RESULTS), count)
  .describe('Rows by result; those without a result are in none')
  .meta({ id: 'BatchResults' });

const reason = z
  .object({
    code: z.enum(REASON_CODES),
    field: z.string().optional().describe('Of a problem: the column’s name, or the last part of the JSON path'),
    message: z.string().describe('With a field, it continues its name'),
    result: z.enum(RESULTS).optional().describe('Of `reviewed`: the person’s decision'),
  })
  .meta({ id: 'BatchRowReason' }) satisfies z.ZodType<RowReason>;

export const batchViewSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    status: z.enum(BATCH_STATUSES),
    paused_because: z.enum(PAUSE_REASONS).nullable(),
    simulated: z.boolean().describe('True in the sandbox: nobody is called'),
    simulated_rows: count.describe('Rows for whose result nobody was called: of these, no appointment exists'),
    counts,
    results,
    not_before: z.string().nullable(),
    not_after: z.string().nullable(),
    max_concurrent: z.int(),
    stop_after_failures: z.object({ share: z.number(), of_last: z.int() }).nullable(),
    on_invalid: z.enum(INVALID_POLICIES),
    duplicates: z.enum(DUPLICATE_POLICIES),
    callback_url: z.string().nullable(),
    metadata,
    created_at: instant,
    updated_at: instant,
    ended_at: instant.nullable().describe('null until every row is final'),
    usage: usageSchema
      .optional()
      .describe('Calls and talk of its bookings that have their outcome; with include=usage'),
    last_event_id: count.describe('Number of its last event: `?after=` of its events goes on from there'),
  })
  .meta({ id: 'Batch' }) satisfies z.ZodType<BatchView>;

/** Query parameters of `GET /v1/batches/{id}`. */
export const batchReadSchema = z.object({
  include: z.literal('usage').optional().describe('usage: with the calls and talk of its bookings'),
});

export const batchPageSchema = z
  .object({ data: z.array(batchViewSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'BatchPage' });

export const batchRowSchema = z
  .object({
    row: z.int().describe('Counts from 1, over all rows of the batch'),
    line: z.int().nullable().describe('Line of the file on which it begins'),
    key: z.string().nullable().describe('null: none was given or could be made, or its booking was erased'),
    phone: z.string().nullable(),
    business_name: z.string().nullable(),
    user_name: z.string().nullable(),
    status: z.enum(ROW_STATUSES),
    result: z.enum(RESULTS).nullable(),
    why: z.string().nullable().describe('Why it was not called, or did not succeed'),
    reasons: z
      .array(reason)
      .describe('The same for programs: empty where there is nothing to explain, or where the result is the reason'),
    simulated: z.boolean().describe('Nobody was called for the result: no appointment exists'),
    booking_id: z.string().nullable(),
    confirmed_date: z.string().nullable(),
    confirmed_time: z.string().nullable(),
  })
  .meta({ id: 'BatchRow' }) satisfies z.ZodType<BatchRowView>;

export const batchRowPageSchema = z
  .object({ data: z.array(batchRowSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'BatchRowPage' });

/** The body of `POST /v1/batches/{id}/cancel`. */
export const batchCancelSchema = z
  .strictObject({
    live_calls: z
      .enum(LIVE_CALLS)
      .default('finish')
      .describe('`finish`: calls that ring or talk go on, and their results count; `hang_up`: they are hung up'),
  })
  .meta({ id: 'BatchCancel' });

const page = (most: number, usual: number) => ({
  limit: z.coerce.number().int().min(1).max(most).default(usual).describe('Rows per page'),
  cursor: z.string().max(500).optional(),
});

/** The query of `GET /v1/batches`. */
export const batchQuerySchema = z.object({
  status: z.enum(BATCH_STATUSES).optional(),
  idempotency_key: madeByKey('batch'),
  ...page(100, 20),
});

/** The query of `GET /v1/batches/{id}/rows`. */
export const batchRowQuerySchema = z.object({
  status: z.enum(ROW_STATUSES).optional(),
  q: z.string().max(200).optional().describe('A part of the key, the business’s name, the person’s name or the number'),
  ...page(1_000, 100),
});

/** The query of `GET /v1/batches/{id}/events`. */
export const batchEventsQuerySchema = z.object({
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
export const batchReportQuerySchema = z.object({
  delimiter: z.enum(['comma', 'semicolon']).default('comma').describe('semicolon: as a Spanish Excel expects it'),
});
