import type { BookingView } from './view.ts';

/** A confirmed appointment. Date `YYYY-MM-DD`, time `HH:MM` on the clock of the business; null: only the day is known. */
export interface Appointment {
  date: string;
  time: string | null;
  /** Nobody was called: it does not exist. */
  simulated: boolean;
  /** A person settled it in a review. */
  reviewed: boolean;
  notes: string | null;
}

/** The appointment of a booking: by its outcome, or by a person's review of it; undefined: there is no confirmed one. */
export function appointmentOf({
  outcome,
  review,
  simulated,
}: Pick<BookingView, 'outcome' | 'review' | 'simulated'>): Appointment | undefined {
  if (!outcome) return undefined;
  const decided = outcome.result === 'needs_review' && review ? review.decision : outcome;
  const { result, confirmed_date: date, confirmed_time: time, notes } = decided;
  if (result !== 'confirmed' || date === null) return undefined;
  return { date, time, simulated: simulated || outcome.simulated, reviewed: decided !== outcome, notes };
}
