import { type FieldError, invalid, Problem } from './problem.ts';

/** A request that was not accepted, for a reason that bookings, batches and shortlists share. `id`: of the one that has the key. */
type Refused =
  | { how: 'refused'; fields: FieldError[] }
  | ({ how: 'conflict' | 'erased' } & ({ booking_id: string } | { batch_id: string } | { shortlist_id: string }))
  /** `of`: of a key, or of one number; absent: of a key. */
  | { how: 'too_many'; most: number; of?: 'key' | 'number' };

const idIn = (refused: Extract<Refused, { how: 'conflict' | 'erased' }>): string => {
  if ('booking_id' in refused) return refused.booking_id;
  return 'batch_id' in refused ? refused.batch_id : refused.shortlist_id;
};

/** The HTTP answer for it. */
export function notAccepted(refused: Refused, thing: 'booking' | 'batch' | 'shortlist'): Problem {
  switch (refused.how) {
    case 'refused':
      return invalid(refused.fields);
    case 'conflict':
      return new Problem(
        409,
        `This Idempotency-Key belongs to ${idIn(refused)}, which was asked for with another body.`,
      );
    case 'erased':
      return new Problem(
        409,
        `This Idempotency-Key belongs to ${idIn(refused)}, which was erased. Use another to begin anew.`,
      );
    case 'too_many':
      return tooManyOpen(`${thing}s`, refused.of ?? 'key', refused.most);
  }
}

/** They end by themselves; it is not known how soon. */
const tooManyOpen = (things: string, of: 'key' | 'number', most: number): Problem =>
  new Problem(
    429,
    of === 'key'
      ? `This key has ${most} open ${things}, as many as it may have (MAX_OPEN_BOOKINGS): wait until some are final, or cancel some.`
      : `This key has ${most} open ${things} of this number, as many as it may have: wait until some are final, or cancel some.`,
    { headers: { 'retry-after': '60' } },
  );
