/** There is no such booking in the database; nothing was stored. */
export class UnknownBooking extends Error {
  override readonly name = 'UnknownBooking';
  readonly bookingId: string;

  constructor(bookingId: string, options?: ErrorOptions) {
    super(`there is no booking ${bookingId}`, options);
    this.bookingId = bookingId;
  }
}

const SQLITE_CONSTRAINT_FOREIGNKEY = 787;
const POSTGRES_FOREIGN_KEY_VIOLATION = '23503';

/** Translates a violated foreign key into UnknownBooking. */
export async function ofKnownBooking<T>(bookingId: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw refusedByForeignKey(error) ? new UnknownBooking(bookingId, { cause: error }) : error;
  }
}

function refusedByForeignKey(error: unknown): boolean {
  const { errcode, code } = Object(error) as { errcode?: unknown; code?: unknown };
  return errcode === SQLITE_CONSTRAINT_FOREIGNKEY || code === POSTGRES_FOREIGN_KEY_VIOLATION;
}
