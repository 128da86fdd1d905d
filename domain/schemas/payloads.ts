import { z } from 'zod';

const base64 = z.base64().max(4_000_000);

/** Temporal's `Payloads` in protobuf's JSON form, which its UI and command line exchange with a codec server. */
export const payloadsSchema = z
  .object({
    payloads: z
      .array(
        z
          .object({
            metadata: z.record(z.string(), base64).optional().describe('Each value in base64'),
            data: base64.optional().describe('In base64'),
          })
          .meta({ id: 'Payload' }),
      )
      .max(10_000)
      .default([])
      .describe('Payloads of Temporal'),
  })
  .meta({ id: 'Payloads' });

export type PayloadsJson = z.output<typeof payloadsSchema>;
