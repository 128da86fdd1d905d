import type { ShortlistView } from '../../domain/shortlist/view.ts';
import { appointmentWords } from './booking.ts';
import { callOf, lines, plain, USUAL_WAIT } from './common.ts';

export function nextOfShortlist({
  id: shortlist_id,
  status,
  outcome,
  waiting_until,
  candidates,
}: ShortlistView): string {
  if (outcome?.result === 'confirmed')
    return `Final. Tell the user business, day and time. ${callOf('get_transcript', { booking_id: outcome.booking_id ?? '' })} shows the talk.`;
  // Canceled while it was halted, or a candidate's booking was erased before its result was read.
  const doubtful = candidates.find(
    ({ status, result }) => status === 'asked' && (result ?? 'needs_review') === 'needs_review',
  );
  if (outcome && doubtful) {
    const { booking_id } = doubtful;
    return `Final, but uncertain: booking ${booking_id ?? ''} may be an appointment. Tell the user. Do not book again before a person looked (an operator settles it with settle_review).`;
  }
  if (outcome) return 'Final: no appointment was made. Tell the user.';
  const again = callOf('get_booking', { shortlist_id, wait_seconds: USUAL_WAIT });
  if (status === 'needs_review') {
    const asked = candidates.find(({ result }) => result === 'needs_review');
    return `Halted: booking ${asked?.booking_id ?? ''} may be an appointment. Nobody else is asked before an operator settles it with settle_review.`;
  }
  if (waiting_until) return `Nobody is called before ${waiting_until}. Tell the user, and call ${again} after that.`;
  return `Not final yet: call ${again}. Do not book a second time.`;
}

export function shortlistWords({ id, status, outcome, candidates }: ShortlistView): string {
  const confirmed = outcome?.result === 'confirmed' && outcome;
  return lines(
    `Shortlist ${id}: ${status}.`,
    outcome !== null && `Result: ${outcome.result}.`,
    outcome?.simulated === true && 'Simulated: nobody was really called, and no appointment exists.',
    confirmed &&
      `Appointment: candidate ${confirmed.candidate}, ${appointmentWords(confirmed.confirmed_date, confirmed.confirmed_time)}, by the business’s clock.`,
    candidates.map(
      ({ business, status: standing, booking_id, result }, i) =>
        `${i + 1}. ${plain(business?.name ?? '(erased)')}: ${[standing, result, booking_id].filter(Boolean).join(', ')}`,
    ),
  );
}
