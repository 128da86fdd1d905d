import { z } from 'zod';
import { isObject, merged } from '../batch/merge.ts';
import { DUPLICATE_POLICIES, INVALID_POLICIES } from '../batch/view.ts';
import { countryHasNumbers } from '../phone-number.ts';
import { bookingRequestSchema, callbackUrl, metadata } from './booking-request.ts';
import { moment } from './moment.ts';
import { TEXT_MAX, text } from './text.ts';

/** A row's own key: as long as an Idempotency-Key. */
export const rowKey = text({ max: 255 }).refine(
  (key) => key !== '.' && key !== '..',
  'must not be . or .., which addresses leave out: give another key',
);

/** A row needs these and gives them itself; defaults are checked beside them. */
const ROW = {
  business: { name: 'x', phone: '+541143211234' },
  request: { service_type: 'x', user_name: 'x' },
};

/** The defaults stay as they were given: a booking's own defaults come after the row. */
const defaults = z
  .record(z.string(), z.unknown())
  .superRefine((given, context) => {
    if (!isObject(given)) return;
    const { error } = bookingRequestSchema.safeParse(merged(ROW, given));
    for (const issue of error?.issues ?? []) context.issues.push({ ...issue, input: given } as z.core.$ZodRawIssue);
  })
  .default({})
  .describe('Any fields of a booking, for all rows; a row’s own fields win');

const country = z
  .string()
  .trim()
  .toUpperCase()
  .refine(countryHasNumbers, 'must be the ISO code of a country in two letters, such as AR')
  .describe('ISO 3166 code: the country of numbers without a country code')
  .meta({ examples: ['AR'] });

export const MAX_CONCURRENT = 100;
/** Largest number of finished rows that `stop_after_failures` looks at. */
const MAX_LAST = 1_000;

const maxConcurrent = z.int().min(1).max(MAX_CONCURRENT);

const fields = {
  name: text({ max: TEXT_MAX }).optional().describe('A name for people'),
  defaults,
  default_country: country.optional(),
  not_before: moment('No row is dialed before it. A local time counts in the zone of each business').optional(),
  not_after: moment(
    'No row is dialed after it: those for which nobody was rung by then are expired. A local time counts in the zone of each business',
  ).optional(),
  max_concurrent: maxConcurrent.default(5).describe('Calls of this batch at once'),
  on_invalid: z
    .enum(INVALID_POLICIES)
    .default('reject')
    .describe('`reject`: one invalid row refuses the batch; `skip`: the other rows run'),
  duplicates: z
    .enum(DUPLICATE_POLICIES)
    .default('reject')
    .describe('Rows with the number or key of an earlier row; `allow` permits the number, never the key'),
  start: z.enum(['now', 'held']).default('now').describe('`held`: nothing rings until the batch is started'),
  stop_after_failures: z
    .strictObject({
      share: z.number().gt(0, 'must be more than 0, and at most 1').max(1).describe('Share of failed rows'),
      of_last: z.int().min(1).max(MAX_LAST).describe('Number of finished rows that are looked at'),
    })
    .meta({ id: 'StopAfterFailures' })
    .optional()
    .describe('Pauses the batch once this share of its last finished rows failed'),
  check: z
    .string()
    .max(TEXT_MAX)
    .optional()
    .describe('The digest that a check gave. Runs only the rows, defaults and default_country that were checked'),
  callback_url: callbackUrl.optional().describe('Receives `batch.completed`, or `batch.canceled`'),
  metadata,
};

/** The settings of a batch, without its rows. */
export const batchSettingsSchema = z.strictObject(fields);
export type BatchSettings = z.output<typeof batchSettingsSchema>;

/** The JSON body of `POST /v1/batches` and `/check`. Each row is checked by itself: its faults have the row's number. */
export const batchRequestSchema = z.strictObject({
  ...fields,
  rows: z.array(z.unknown()).describe('One booking each'),
});
export type BatchRequest = z.output<typeof batchRequestSchema>;

/** The body of `PATCH /v1/batches/{id}`. */
export const batchChangeSchema = z
  .strictObject({
    name: fields.name,
    not_after: fields.not_after,
    max_concurrent: maxConcurrent.optional().describe('Calls of this batch at once'),
  })
  .refine((change) => Object.keys(change).length > 0, 'must have name, not_after or max_concurrent')
  .meta({ id: 'BatchChange' });
