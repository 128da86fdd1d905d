import type { Result } from '../result.ts';
import { PROBLEM_CODES } from './problems.ts';
import type { RowStatus } from './statuses.ts';

/** Reasons of a row, beside the problems with which it was sent. */
const OTHER_REASONS = [
  'not_after',
  'batch_canceled',
  'row_canceled',
  'booking_erased',
  'no_appointment',
  'reviewed',
  'waiting',
  'in_progress',
  'failed',
  'needs_review',
  'canceled',
  'expired',
  // Of an earlier version, which kept the words alone.
  'other',
] as const;

export const REASON_CODES = [...PROBLEM_CODES, ...OTHER_REASONS] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** One reason why a row was not called, or did not succeed. */
export interface RowReason {
  code: ReasonCode;
  /** Of a problem: the column's name in the file, or the last part of the JSON path. */
  field?: string | undefined;
  /** English. With a `field`, it continues its name. */
  message: string;
  /** Of `reviewed`: the person's decision. */
  result?: Result | undefined;
}

export const NOT_AFTER: RowReason = { code: 'not_after', message: 'its not_after came before its turn' };
export const BATCH_CANCELED: RowReason = {
  code: 'batch_canceled',
  message: 'the batch was canceled before its turn',
};
export const ROW_CANCELED: RowReason = { code: 'row_canceled', message: 'the row was canceled before its turn' };
export const BOOKING_ERASED: RowReason = { code: 'booking_erased', message: 'its booking was erased' };
/** Says of a simulation, in a row that would be taken for an appointment, that there is none. */
export const NO_APPOINTMENT: RowReason = {
  code: 'no_appointment',
  message: 'simulated: nobody was called, and no appointment exists',
};

const FIXED = [NOT_AFTER, BATCH_CANCELED, ROW_CANCELED, BOOKING_ERASED, NO_APPOINTMENT];

/** The reason of a row that was stored with its words alone. */
export const reasonOfWords = (words: string): RowReason =>
  FIXED.find(({ message }) => message === words) ?? { code: 'other', message: words };

export const reviewed = (result: Result): RowReason => ({
  code: 'reviewed',
  message: `a person decided: ${result}`,
  result,
});

/** All reasons in one line of English; undefined: there is none. */
export const wordsOf = (reasons: readonly RowReason[]): string | undefined =>
  reasons.map(({ field, message }) => (field === undefined ? message : `${field} ${message}`)).join('; ') || undefined;

/** Why a row was not rung, if nothing better is known. A row that succeeded needs no reason. */
const BY_STATUS: Partial<Record<RowStatus, string>> = {
  invalid: 'the row is invalid',
  duplicate: 'the row repeats an earlier one',
  waiting: 'waits for its turn',
  in_progress: 'is being called',
  failed: 'no appointment could be made',
  needs_review: 'a person has to look at the booking',
  canceled: 'canceled',
  expired: 'nobody was rung by not_after',
};

/** The reason that the status alone gives. `code`: the status. */
export function reasonOfStatus(status: RowStatus): RowReason | undefined {
  const message = BY_STATUS[status];
  return message === undefined ? undefined : { code: status as ReasonCode, message };
}
