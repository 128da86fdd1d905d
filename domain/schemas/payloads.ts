import { z } from 'zod';

const base64 = z.base64().max(4_000_000);

/** Temporal's `Payloads` in protobuf's JSON form, which its UI and command line exchange with a codec server. */
export const payloadsSchema = z
  .object({
    payloads: z
      .array(z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() }))
      .max(10_000)
      .default([]),
  })
  .meta({ id: 'Payloads' });

export type PayloadsJson = z.output<typeof payloadsSchema>;
