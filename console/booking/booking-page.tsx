import { useQuery, useQueryClient } from '@tanstack/preact-query';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { isReviewable } from '../../domain/review.ts';
import type { Booking, Session } from '../api/answers.ts';
import { ApiProblem, ask, forgetAnswers, tell } from '../api/ask.ts';
import { useWords } from '../language/language.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { AskFirst } from '../shell/ask-first.tsx';
import { BackToList } from '../shell/back.tsx';
import { useStream } from '../shell/connection.tsx';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';
import { ActsOf } from './acts-of.tsx';
import { useBookingAnnouncements } from './announcements.ts';
import { Budgets } from './budgets.tsx';
import { type Reception, useEvents } from './follow.ts';
import { FollowUps } from './follow-ups.tsx';
import { heardIn } from './heard.ts';
import { useListening } from './listening.ts';
import { OutcomeCard } from './outcome.tsx';
import { ReviewForm } from './review-form.tsx';
import { storyOf } from './story.ts';
import { Talk } from './talk.tsx';
import { Timeline } from './timeline.tsx';
import { Wish } from './wish.tsx';

/** Events announce news; this poll only covers a missed event. */
const ANYWAY_MS = 15_000;
/** A call that a person here has asked for is looked for sooner. */
const ASKED_MS = 2_000;

function NotHere({ why, id }: { why: 'gone' | 'erased'; id: string }) {
  const { title, text, link } = useWords()[why];
  return (
    <Page title={title}>
      <p>{text}</p>
      {why === 'erased' && <ActsOf booking={id} act="erase" />}
      <p>
        <Link href="/">{link}</Link>
      </p>
    </Page>
  );
}

function absence(error: Error | null, reception: Reception): 'gone' | 'erased' | undefined {
  if (error instanceof ApiProblem && error.status === 410) return 'erased';
  if (error instanceof ApiProblem && error.status === 404) return 'gone';
  return reception === 'gone' || reception === 'erased' ? reception : undefined;
}

/** One booking, live. */
export function BookingPage({ id, session }: { id: string; session: Session }) {
  const words = useWords();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [failure, setFailure] = useState<Error>();
  const [settling, setSettling] = useState(false);
  const [ringing, setRinging] = useState(false);
  const key = ['booking', id];
  const path = `/v1/bookings/${encodeURIComponent(id)}?include=order`;
  const read = useQuery({
    queryKey: key,
    queryFn: () => ask<Booking>(path),
    // After the outcome only the business can bring news.
    refetchInterval: ({ state }) => (state.data?.outcome && !session.sandbox ? false : ringing ? ASKED_MS : ANYWAY_MS),
  });
  const { events, reception } = useEvents(id);
  useStream(reception);
  const story = useMemo(() => storyOf(events), [events]);
  const heard = useMemo(() => heardIn(events), [events]);
  const last = events.findLast(({ event }) => event.type !== 'turn');
  useEffect(() => {
    if (last) void client.invalidateQueries({ queryKey: key });
  }, [last?.seq]);

  const booking = read.data;
  useBookingAnnouncements(words, booking, story);
  const listening = useListening(id, booking, story);

  const absent = absence(read.error, reception);
  if (absent) return <NotHere key={absent} why={absent} id={id} />;
  if (!booking)
    return read.error ? (
      <Failure error={read.error} again={() => read.refetch()} />
    ) : (
      <p class="loading">{words.loading}</p>
    );

  const final = booking.outcome !== null;
  const { simulated } = booking;
  const cancel = async () => {
    setFailure(undefined);
    await tell('POST', `/v1/bookings/${id}/cancel`).catch(setFailure);
    await client.invalidateQueries({ queryKey: key });
    // The button has disappeared, and the focus with it.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
  };
  const ringBack = async () => {
    setFailure(undefined);
    try {
      await tell('POST', `/v1/bookings/${id}/ring-back`);
      setRinging(true);
      announce(words.booking.ringsBack);
    } catch (error) {
      setFailure(error as Error);
    }
  };
  const erase = async () => {
    setFailure(undefined);
    try {
      await tell('DELETE', `/v1/bookings/${id}`);
    } catch (error) {
      return setFailure(error as Error);
    }
    // This window forgets the booking too; the API then answers that it is gone.
    forgetAnswers();
    for (const kind of ['bookings', 'transcript', 'recording']) client.removeQueries({ queryKey: [kind] });
    await client.resetQueries({ queryKey: key });
  };
  const wait = story.chapters.findLast((chapter) => chapter.kind === 'wait' && !chapter.over);
  const still = wait?.kind === 'wait' && (wait.why === 'calling_hours' || wait.why === 'line_busy');
  const reviewable = isReviewable(booking) && session.reviews;
  return (
    <Page
      before={<BackToList />}
      title={booking.order?.business.name ?? id}
      mark={simulated ? words.simulated : undefined}
      class={simulated ? 'booking is-simulated' : 'booking'}
      aside={
        <span class="actions">
          {!final && (
            <span class={reception === 'live' ? 'live-mark' : 'live-mark off'}>
              {reception === 'live' ? words.list.live : words.list.paused}
            </span>
          )}
          {session.sandbox && booking.attempts.length > 0 && (
            <button type="button" onClick={ringBack}>
              {words.booking.ringBack}
            </button>
          )}
          {final && (
            <Link href={`/new?from=${encodeURIComponent(id)}`} class="button">
              {words.templates.again}
            </Link>
          )}
          <Link href={`/new?from=${encodeURIComponent(id)}&copy`} class="button">
            {words.templates.copy}
          </Link>
          {!final && !booking.cancel_requested && (
            <AskFirst
              label={words.booking.cancel}
              question={words.booking.cancelAsk}
              yes={words.booking.cancelYes}
              no={words.booking.cancelNo}
              act={cancel}
            />
          )}
        </span>
      }
    >
      {failure && <Failure error={failure} />}
      <div class="columns-2">
        <div class="left">
          <OutcomeCard booking={booking} listening={listening} heard={heard} />
          {(booking.cancel_requested || booking.outcome?.result === 'canceled') && <ActsOf booking={id} act="cancel" />}
          <FollowUps booking={booking} />
          {reviewable && (!booking.review || settling) && (
            <section aria-labelledby="review-title">
              <h2 id="review-title">{words.review.title}</h2>
              <ReviewForm
                booking={booking}
                heard={heard}
                name={session.name ?? undefined}
                done={() => {
                  setSettling(false);
                  announce(words.review.done);
                  return client.invalidateQueries({ queryKey: key });
                }}
              />
            </section>
          )}
          {reviewable && booking.review && !settling && (
            <p>
              <button type="button" onClick={() => setSettling(true)}>
                {words.review.again}
              </button>
            </p>
          )}
        </div>
        <div class="right">
          <Talk booking={booking} listening={listening} />
          <Wish booking={booking} session={session} />
          {final && (
            <AskFirst
              label={words.booking.erase}
              question={words.booking.eraseAsk}
              yes={words.booking.eraseYes}
              no={words.booking.eraseNo}
              act={erase}
            />
          )}
        </div>
        <section aria-labelledby="timeline-title" class="course">
          <h2 id="timeline-title">{words.booking.timeline}</h2>
          {booking.budgets && <Budgets budgets={booking.budgets} running={!final} still={still} />}
          <Timeline booking={booking} story={story} />
        </section>
      </div>
    </Page>
  );
}
