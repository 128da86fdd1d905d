import type { BookingOrder } from '../order.ts';
import type { BookingView } from '../view.ts';
import { endingOf } from './ending.ts';
import type { CandidateResult } from './meaning.ts';
import type { Asking, Recorded, RecordedBooking } from './state.ts';
import type { ShortlistProgress } from './view.ts';

/** How a booking asks its candidate, after its earlier bookings. */
function askingOf({ escalation }: BookingOrder, earlier: readonly RecordedBooking[]): Asking {
  if (escalation.simulation.enabled) return 'simulation';
  return earlier.some(({ ending }) => ending?.result === 'callback_requested') ? 'callback' : 'call';
}

/** An erased booking: its row is gone, its result may stand in the shortlist. */
const erased = (booking_id: string, candidate: number, result: CandidateResult): RecordedBooking => ({
  booking_id,
  candidate,
  as: 'call',
  ending: { booking_id, result, confirmed_date: null, confirmed_time: null, simulated: false, reviewed: false },
});

/** The knowledge of the records about a shortlist, for a run that has less. `bookings`: the started ones, the oldest first. */
export function recordedOf(
  { progress, canceled }: { progress: ShortlistProgress; canceled: boolean },
  bookings: readonly { order: BookingOrder; view: BookingView }[],
): Recorded {
  const found: RecordedBooking[] = [];
  for (const [i, { booking_id, result }] of progress.candidates.entries()) {
    if (booking_id === null || bookings.some(({ view }) => view.id === booking_id)) continue;
    found.push(erased(booking_id, i + 1, result ?? 'lost'));
  }
  for (const { order, view } of bookings) {
    const { candidate } = order.shortlist!;
    const as = askingOf(
      order,
      found.filter((one) => one.candidate === candidate),
    );
    found.push({ booking_id: view.id, candidate, as, ending: endingOf(view) });
  }
  return { bookings: found, cancel_requested: canceled || progress.cancel_requested };
}
