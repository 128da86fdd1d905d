import type { Database } from './tables.ts';

/** Maximum of open bookings of one API key, and of one of its numbers. */
export interface OpenBounds {
  key: number;
  number: number;
}

/** Longest duration of a start. */
const STARTING_MS = 60_000;

/** Thrown in the accepting transaction, which is then rolled back. */
export class TooManyOpen extends Error {
  readonly of: keyof OpenBounds;
  readonly most: number;

  constructor(of: keyof OpenBounds, most: number) {
    super(`more than ${most} open bookings of one ${of}`);
    this.of = of;
    this.most = most;
  }
}

/**
 * Counts no further than the bound, in an index of open bookings only. Two transactions on PostgreSQL do not see each other, so the bound
 * may be exceeded by as many as arrive in one moment.
 * @throws TooManyOpen when the booking just inserted exceeds a bound
 */
export async function refuseTooMany(
  trx: Database,
  bounds: OpenBounds,
  booking: { owner: string; phone_hash: string | undefined; created_ms: number },
): Promise<void> {
  const open = trx
    .selectFrom('bookings')
    .where('final_ms', 'is', null)
    .where('owner', '=', booking.owner)
    // Bookings whose start was lost do not count, unless the start is still in progress.
    .where((eb) => eb.or([eb('started', '=', 1), eb('created_ms', '>', booking.created_ms - STARTING_MS)]));
  const isAbove = async (rows: typeof open, most: number): Promise<boolean> => {
    const counted = await trx
      .selectFrom(
        rows
          .select('id')
          .limit(most + 1)
          .as('open_ones'),
      )
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(counted.count) > most;
  };
  if (booking.phone_hash !== undefined) {
    const ofNumber = open.where('phone_hash', '=', booking.phone_hash);
    if (await isAbove(ofNumber, bounds.number)) throw new TooManyOpen('number', bounds.number);
  }
  if (await isAbove(open, bounds.key)) throw new TooManyOpen('key', bounds.key);
}
