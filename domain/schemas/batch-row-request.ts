import { z } from 'zod';
import { batchRequestSchema, rowKey } from './batch.ts';
import { batchAppendSchema } from './batch-append.ts';
import { bookingRequestSchema, businessSchema, wishSchema } from './booking-request.ts';

const { language, agent, callback_url, not_before, not_after } = bookingRequestSchema.shape;

/** Documents a row of a batch. Each row is read by itself, with the defaults, so that its faults have its number. */
const batchRowRequestSchema = z
  .strictObject({
    key: rowKey.optional().describe('Names the row in its batch; default: made from number, service, person and day'),
    business: businessSchema.partial().meta({ id: 'RowBusiness', description: 'The business to call' }).optional(),
    request: wishSchema
      .partial()
      .meta({ id: 'RowAppointmentRequest', description: 'The appointment that is wanted' })
      .optional(),
    language,
    agent,
    escalation: bookingRequestSchema.shape.escalation.optional(),
    callback_url,
    metadata: bookingRequestSchema.shape.metadata,
    not_before,
    not_after,
  })
  .meta({
    id: 'BatchRowRequest',
    description:
      'One booking of a batch: `key`, and any fields of a BookingRequest. The batch’s `defaults` give the rest',
  });

const BATCH_EXAMPLE = {
  name: 'Recall list',
  defaults: { request: { service_type: 'limpieza' }, language: 'es' },
  rows: [
    {
      key: 'patient-811',
      business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
      request: { user_name: 'Mauro' },
    },
  ],
};

/** The body of `POST /v1/batches` and `/check`, as it should be sent. */
export const documentedBatchRequest = z
  .strictObject({
    ...batchRequestSchema.shape,
    rows: z.array(batchRowRequestSchema).describe('One booking each'),
  })
  .meta({
    id: 'BatchRequest',
    description: 'A list of bookings, with the settings that hold for all of them',
    examples: [BATCH_EXAMPLE],
  });

/** The body of `POST /v1/batches/{id}/rows` and of `/rows/check`, as it should be sent. */
export const documentedBatchAppend = z
  .strictObject({
    ...batchAppendSchema.shape,
    rows: z.array(batchRowRequestSchema).min(1).describe('One booking each'),
  })
  .meta({ id: 'BatchAppend', description: 'Rows for a batch that exists' });
