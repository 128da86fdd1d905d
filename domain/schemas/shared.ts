import { z } from 'zod';

/** Fields and parameters that many schemas have in the same sense. */

export const bookingId = z.string().describe('Id of the booking, `bk_…`');
export const batchId = z.string().describe('Id of the batch, `ba_…`');
export const shortlistId = z.string().describe('Id of the shortlist, `sl_…`');
export const callId = z.string().describe('Names one call: the booking’s id, a dot, and the number of the attempt');

export const simulated = z
  .boolean()
  .describe('True where nobody was called: the sandbox has it, or two agents talked. No appointment exists then');

/** Metadata in answers. */
export const shownMetadata = z.record(z.string(), z.string()).describe('The client’s own data, unchanged');

/** One page of a list. */
export const pageOf = <T extends z.ZodType>(row: T, rows: string) =>
  z.object({
    data: z.array(row).describe(rows),
    next_cursor: z.string().nullable().describe('The parameter `cursor` of the next page; null: this is the last page'),
  });

/** The query parameters of a list. */
export const pageQuery = (most: number, usual: number) => ({
  limit: z.coerce.number().int().min(1).max(most).default(usual).describe('Largest number of rows on the page'),
  cursor: z.string().max(500).optional().describe('Place in the list: `next_cursor` of the page before'),
});

/** The path parameter that names a thing. */
export const idIn = (thing: string) => z.string().max(100).describe(`Id of the ${thing}`);
