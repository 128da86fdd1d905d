import type { Booking } from '../api/answers.ts';
import { useWords, wordFor } from '../language/language.ts';
import { day, moment } from '../language/times.ts';
import { reportedMore, unclearWords } from './evidence-words.ts';

/** Calls of the business after the outcome: each with its report, beside the outcome that it does not change. */
export function FollowUps({ booking }: { booking: Booking }) {
  const words = useWords();
  if (booking.follow_ups.length === 0) return null;
  const { followUps } = words;
  return (
    <section aria-labelledby="follow-ups-title" class="follow-ups">
      <h2 id="follow-ups-title">{followUps.title}</h2>
      <p class="small">{followUps.about}</p>
      <ol>
        {booking.follow_ups.map(({ call_id, at, report, proof }) => (
          <li key={call_id}>
            <time dateTime={at}>{moment(words.language, at, Date.now())}</time>{' '}
            <b>{report ? wordFor(words.result, report.result) : followUps.noReport}</b>
            {report?.confirmed_date && ` ${day(words.language, report.confirmed_date)}`}
            {report?.confirmed_time && `, ${report.confirmed_time}`}
            {report && unclearWords(words, report) && ` (${unclearWords(words, report)})`}
            {report && reportedMore(words, report) && ` (${reportedMore(words, report)})`}
            {report?.result === 'confirmed' && (
              <span class="small"> {proof ? followUps.proved : followUps.unproved}</span>
            )}
            {report?.notes && <p class="notes">{report.notes}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
