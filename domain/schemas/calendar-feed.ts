import { z } from 'zod';
import { isBatchId } from '../batch/ids.ts';
import { instant } from './instant.ts';

const batch = z.string().refine(isBatchId, 'must be the id of a batch, like ba_…');

/** The body of `POST /v1/calendar-feeds`. */
export const calendarFeedRequestSchema = z
  .strictObject({
    batch: batch.optional().describe('Only the appointments of this batch; default: all that the key may see'),
  })
  .meta({ id: 'CalendarFeedRequest' });

export const calendarFeedSchema = z
  .object({
    id: z.string().describe('Id of the feed, `cf_…`'),
    batch: z.string().nullable().describe('null: all appointments that the key may see'),
    created_at: instant.describe('When it was created'),
    last_read_at: instant.nullable().describe('To the day; null: not read yet'),
  })
  .meta({ id: 'CalendarFeed', description: 'A secret address under which calendars read confirmed appointments' });

export type CalendarFeedView = z.infer<typeof calendarFeedSchema>;

export const newCalendarFeedSchema = calendarFeedSchema
  .extend({ url: z.url().describe('The secret address. It is shown only here') })
  .meta({ id: 'NewCalendarFeed' });

export const calendarFeedsSchema = z
  .object({ data: z.array(calendarFeedSchema).describe('Newest first') })
  .meta({ id: 'CalendarFeedList' });
