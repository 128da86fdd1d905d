import { z } from 'zod';
import { batchSettingsSchema } from './batch.ts';
import { batchCheckSchema } from './batch-check.ts';

/** The only setting beside a table of rows for a batch: for all else, the batch's own settings hold. */
export const appendSettingsSchema = batchSettingsSchema.pick({ check: true });

/** The body of `POST /v1/batches/{id}/rows` and of `/rows/check`. */
export const batchAppendSchema = z.strictObject({
  rows: z.array(z.unknown()).min(1).describe('Rows as in `POST /v1/batches`'),
  ...appendSettingsSchema.shape,
});

const known = z.int().min(0).describe('Rows whose key the batch had already: they are passed over');

export const batchAppendedSchema = z
  .object({ added: z.int().describe('Rows that are new'), known })
  .meta({ id: 'BatchAppended' });

/** The answer of `POST /v1/batches/{id}/rows/check`. Known rows count in `known` alone. */
export const batchAppendCheckSchema = batchCheckSchema.extend({ known }).meta({ id: 'BatchAppendCheck' });
export type BatchAppendCheck = z.output<typeof batchAppendCheckSchema>;
