import { type Parented, parentIdOf } from '../domain/parent.ts';

/**
 * Signals `childEnded` to the workflow of a parent. A parent that has ended needs no signal.
 * @throws when Temporal is unreachable
 */
export type SignalParent = (parentId: string, bookingId: string) => Promise<void>;

interface TellDependencies {
  /** Absent: parents find out by themselves. */
  childEnded?: SignalParent | undefined;
  log: { warn(fields: object, message: string): void };
}

/**
 * Tells the parent of a booking, if there is one, that its outcome was written or settled by a review. Never throws: a parent also looks
 * by itself, so a lost signal costs time only.
 */
export async function tellParent(
  booking: Parented & { id: string },
  { childEnded, log }: TellDependencies,
): Promise<void> {
  const parentId = parentIdOf(booking);
  if (parentId === undefined || !childEnded) return;
  try {
    await childEnded(parentId, booking.id);
  } catch (error) {
    const fields = { booking_id: booking.id, parent_id: parentId, err: error };
    log.warn(fields, 'could not signal the end of a booking to its parent: it will look by itself');
  }
}
