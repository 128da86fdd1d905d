import { type SqlBool, sql } from 'kysely';
import type { Review } from '../domain/review.ts';
import { type BookingView, ofAnyVersion } from '../domain/view.ts';

/** What is shown to anybody. Written out, without parameters: the partial indexes are known by these words. */
export const SHOWN = sql<SqlBool>`started = 1 and erasing = 0`;

/** What the workflow wrote, and what a person decided beside it. */
export const viewIn = (row: { view_json: string; review_json: string | null }): BookingView => ({
  ...ofAnyVersion(JSON.parse(row.view_json) as BookingView),
  review: row.review_json === null ? null : (JSON.parse(row.review_json) as Review),
});
