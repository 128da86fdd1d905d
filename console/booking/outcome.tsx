import type { Booking } from '../api/answers.ts';
import { ChannelBadge, SimulatedBadge, StatusBadge } from '../bookings/badges.tsx';
import { outcomeNote, useWords, wordFor } from '../language/language.ts';
import { day, moment } from '../language/times.ts';
import { callbackText, offersText } from './asked-words.ts';
import type { Heard } from './heard.ts';
import type { Listening } from './listening.ts';
import { DoubtsCard, ProofCard } from './proof.tsx';
import { waitOf } from './wait-words.ts';

interface Shown {
  booking: Booking;
  listening: Listening;
  heard: Heard;
}

/** The booking's state in large type, and what it rests on. */
export function OutcomeCard({ booking, listening, heard }: Shown) {
  const words = useWords();
  const { outcome, review } = booking;
  const { simulated } = booking;
  // The notes repeat the doubts in English.
  const doubts = outcome?.doubts?.length ? outcome.doubts : undefined;
  const spoken = { listening, language: booking.order?.language };
  const decided = review?.decision ?? outcome;
  const wait = waitOf(words, booking, Date.now());
  return (
    <section
      aria-labelledby="outcome-title"
      class={`outcome-card ${booking.status} ${simulated ? 'is-simulated' : ''}`}
    >
      <h2 id="outcome-title" class="unseen">
        {words.booking.outcome}
      </h2>
      <p class="verdict">
        <StatusBadge booking={booking} />
        {simulated && <SimulatedBadge />}
        <strong>
          {outcome
            ? review
              ? `${words.review.done}: ${wordFor(words.result, review.decision.result)}`
              : wordFor(words.result, outcome.result)
            : booking.cancel_requested
              ? words.booking.canceling
              : words.booking.underWay}
        </strong>
      </p>
      {decided?.confirmed_date && (
        <p class="appointment-large">
          {day(words.language, decided.confirmed_date)}
          {decided.confirmed_time && <span>, {decided.confirmed_time}</span>}
        </p>
      )}
      {decided?.result === 'confirmed' && decided.confirmed_date && (
        <p>
          <a class="button" href={`/v1/bookings/${booking.id}/calendar.ics`} download>
            {words.calendar.add}
          </a>
        </p>
      )}
      {simulated && <p class="simulated-note">{words.simulatedLong}</p>}
      {doubts && <DoubtsCard doubts={doubts} heard={heard} {...spoken} />}
      {outcome?.notes && !doubts && <p class="notes">{outcomeNote(words, outcome.notes)}</p>}
      {outcome?.callback_at && <p class="notes">{callbackText(words, outcome.callback_at)}</p>}
      {outcome && outcome.offers.length > 0 && <p class="notes">{offersText(words, outcome.offers)}</p>}
      {wait && <p class="notes">{wait}</p>}
      {outcome?.proof && <ProofCard proof={outcome.proof} {...spoken} />}
      {outcome && (
        <p class="small">
          {outcome.channel && (
            <>
              {words.booking.via} <ChannelBadge channel={outcome.channel} /> ·{' '}
            </>
          )}
          {outcome.evidence.length > 0
            ? `${words.booking.restsOn} ${outcome.evidence.map((name) => wordFor(words.evidence.names, name)).join(', ')}`
            : words.booking.restsOnNothing}
        </p>
      )}
      {booking.contradictions && (
        <p class="note">
          {words.booking.contradicted}{' '}
          {booking.contradictions.map(({ kind }) => wordFor(words.booking.contradictions, kind)).join('; ')}
        </p>
      )}
      {review && (
        <p class="settled">
          {review.decision.notes && `${review.decision.notes} `}
          <span class="small">{words.review.settledBy(review.by, moment(words.language, review.at, Date.now()))}</span>
        </p>
      )}
      {booking.stale && <p class="note">{words.booking.stale}</p>}
    </section>
  );
}
