import { z } from 'zod';

/** Numbers are stored as keyed hashes. Displayed numbers are masked. */
export const doNotCallSchema = z
  .object({
    data: z.array(
      z.object({ phone_hash: z.string(), phone_masked: z.string(), booking_id: z.string(), at: z.string() }),
    ),
  })
  .meta({ id: 'DoNotCallList' });
