import type { BookingView } from '../../domain/view.ts';

/**
 * Milliseconds from each freed place to the dial that took it. Only so many calls go on at once, so the nth end frees the place of the
 * dial number n + `most`. The first dials found their places free.
 */
export function freedToDial(bookings: readonly Pick<BookingView, 'attempts'>[], most: number): number[] {
  const calls = bookings.flatMap(({ attempts }) => attempts);
  const starts = calls.map(({ started_at }) => Date.parse(started_at)).toSorted((a, b) => a - b);
  const ends = calls
    .flatMap(({ ended_at }) => (ended_at === null ? [] : [Date.parse(ended_at)]))
    .toSorted((a, b) => a - b);
  return starts.slice(most).flatMap((start, n) => (ends[n] === undefined ? [] : [start - ends[n]]));
}
