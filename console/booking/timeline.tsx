import type { Booking } from '../api/answers.ts';
import { ChannelBadge } from '../bookings/badges.tsx';
import { attemptError, useWords, wordFor } from '../language/language.ts';
import { clock, duration } from '../language/times.ts';
import { evidenceWords } from './evidence-words.ts';
import type { Chapter, Line, Story } from './story.ts';
import { waitWords } from './wait-words.ts';

function LineOf({ line }: { line: Line }) {
  const words = useWords();
  const time = <time dateTime={line.at}>{clock(words.language, line.at)}</time>;
  if ('evidence' in line) {
    const { kind, source, says } = evidenceWords(words, line.evidence);
    return (
      <li class="line evidence">
        {time}
        <span>
          <b>{kind}</b>
          {source && <span class="source"> {source}</span>}
          {says && `: ${says}`}
        </span>
      </li>
    );
  }
  const error = line.error && { ...attemptError(words, line.error.message), code: line.error.code };
  return (
    <li class={`line step ${line.status}`}>
      {time}
      <span>
        <b>{wordFor(words.attempt, line.status)}</b>
        {error && (
          <span class="error" lang={error.lang}>
            {' '}
            {error.text} <code>{error.code}</code>
          </span>
        )}
      </span>
    </li>
  );
}

function AttemptChapter({ chapter }: { chapter: Extract<Chapter, { kind: 'attempt' }> }) {
  const words = useWords();
  const { attempt, lines } = chapter;
  const live = attempt && ['dialing', 'unknown', 'ringing', 'in_progress'].includes(attempt.status);
  return (
    <li class={`chapter attempt ${attempt?.channel ?? ''} ${live ? 'is-live' : ''}`}>
      <div class="chapter-head">
        {attempt && <ChannelBadge channel={attempt.channel} />}
        <span class="number">#{attempt?.attempt ?? chapter.call_id.split('.').at(-1)}</span>
        {attempt?.direction === 'inbound' && <span class="inbound">{words.booking.inbound}</span>}
        {attempt && (
          <span class={`leg ${attempt.status}`}>
            {attempt.on_hold_since ? words.attempt.on_hold : wordFor(words.attempt, attempt.status)}
          </span>
        )}
        {attempt?.callback && <span class="small">{words.booking.asAsked}</span>}
        {attempt?.duration_seconds != null && <span class="small">{duration(words, attempt.duration_seconds)}</span>}
      </div>
      {(attempt?.call_sid || attempt?.conversation_id) && (
        <p class="ids">
          {attempt.call_sid && <code>{attempt.call_sid}</code>}{' '}
          {attempt.conversation_id && <code>{attempt.conversation_id}</code>}
        </p>
      )}
      <ol class="lines">
        {lines.map((line) => (
          <LineOf key={line.seq} line={line} />
        ))}
      </ol>
    </li>
  );
}

function WaitChapter({ chapter, order }: { chapter: Extract<Chapter, { kind: 'wait' }>; order: Booking['order'] }) {
  const words = useWords();
  return (
    <li class={`chapter wait ${chapter.over ? '' : 'is-live'}`}>
      <time dateTime={chapter.at}>{clock(words.language, chapter.at)}</time>{' '}
      {waitWords(words, chapter, order, Date.parse(chapter.at))}
    </li>
  );
}

/** Channels, attempts and legs in order, each with its evidence in order of arrival. */
export function Timeline({ booking, story }: { booking: Booking; story: Story }) {
  const words = useWords();
  return (
    <ol class="timeline">
      <li class="chapter point">
        <time dateTime={booking.created_at}>{clock(words.language, booking.created_at)}</time> {words.booking.accepted}
      </li>
      {story.chapters.map((chapter) =>
        chapter.kind === 'attempt' ? (
          <AttemptChapter key={chapter.call_id} chapter={chapter} />
        ) : (
          <WaitChapter key={chapter.seq} chapter={chapter} order={booking.order} />
        ),
      )}
      {booking.outcome && (
        <li class={`chapter point end ${booking.status}`}>
          <time dateTime={booking.updated_at}>{clock(words.language, booking.updated_at)}</time>{' '}
          <b>{wordFor(words.result, booking.outcome.result)}</b>
        </li>
      )}
    </ol>
  );
}
