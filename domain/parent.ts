/**
 * The parent of a booking: the candidate of a shortlist, or the row of a batch, that it is for. A booking that a client placed has neither.
 */
export interface Parented {
  /** `candidate` counts from 1. */
  shortlist?: { id: string; candidate: number } | undefined;
  batch?: { id: string; key: string } | undefined;
}

/** The parent that a new booking gets. */
export type BookingParent =
  /** `turn`: each further booking of one candidate has another; default 1. */
  { shortlist: { id: string; candidate: number }; turn?: number | undefined } | { batch: { id: string; key: string } };

/** Only the fields of a parent, and none where there is no parent. */
export const parentFields = ({ shortlist, batch }: Parented): Parented => ({
  ...(shortlist && { shortlist }),
  ...(batch && { batch }),
});

/** Id of the parent, which is the id of its workflow too; undefined: the booking has none. */
export const parentIdOf = ({ shortlist, batch }: Parented): string | undefined => (shortlist ?? batch)?.id;

/** No header field can hold this character, so no client's Idempotency-Key equals a parent's. */
const SEPARATOR = '\n';

/** Idempotency key of a parent's booking: one candidate and turn, or one row, is one booking for ever. */
export function childKeyOf(parent: BookingParent): string {
  const parts =
    'shortlist' in parent
      ? ['shortlist', parent.shortlist.id, parent.shortlist.candidate, parent.turn ?? 1]
      : ['batch', parent.batch.id, parent.batch.key];
  return parts.join(SEPARATOR);
}
