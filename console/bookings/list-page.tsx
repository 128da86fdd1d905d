import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { Link, useLocation, useSearch } from 'wouter-preact';
import type { Booking, BookingPage, Session } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { callbackText, offersText } from '../booking/asked-words.ts';
import { waitOf } from '../booking/wait-words.ts';
import { useWords, wordFor } from '../language/language.ts';
import { day, moment } from '../language/times.ts';
import { Failure } from '../shell/failure.tsx';
import { NoticesSwitch } from '../shell/notices-switch.tsx';
import { Page } from '../shell/page.tsx';
import { useListAnnouncements } from './announcements.ts';
import { ChannelBadge, SimulatedBadge, StatusBadge } from './badges.tsx';
import { createdOn } from './days.ts';
import { DayFigures } from './figures.tsx';
import { Filters } from './filters.tsx';

const EVERY_MS = 2_000;
const ROWS = 50;
const FILTERS = ['q', 'status', 'channel', 'result'] as const;
const ALL_FILTERS = [...FILTERS, 'day'] as const;

function Row({ booking }: { booking: Booking }) {
  const words = useWords();
  const { order, outcome } = booking;
  const { simulated } = booking;
  const decided = booking.review?.decision ?? outcome;
  const appointment =
    decided?.confirmed_date &&
    `${day(words.language, decided.confirmed_date)}${decided.confirmed_time ? `, ${decided.confirmed_time}` : ''}`;
  const wait = waitOf(words, booking, Date.now());
  const rangBack = booking.attempts.some(({ direction }) => direction === 'inbound');
  const tried = [
    booking.attempts.length > 0 && words.list.attempts(booking.attempts.length),
    rangBack && words.booking.inbound,
  ];
  return (
    <li class={simulated ? 'row is-simulated' : 'row'}>
      <Link href={`/bookings/${booking.id}`}>
        <span class="cell state">
          <StatusBadge booking={booking} />
        </span>
        <span class="cell business">
          <span class="name">{order?.business.name ?? booking.id}</span>
          <span class="small">{order?.business.phone}</span>
        </span>
        <span class="cell wish">
          {order?.request.service_type}
          <span class="small">{order?.request.user_name}</span>
        </span>
        <span class="cell outcome">
          {simulated && <SimulatedBadge />}
          {outcome && <span class="result">{wordFor(words.result, outcome.result)}</span>}
          {booking.review && (
            <span class="settled-mark">
              {words.review.done}: {wordFor(words.result, booking.review.decision.result)}
            </span>
          )}
          {appointment && <span class="appointment">{appointment}</span>}
          {!outcome && booking.channel && <ChannelBadge channel={booking.channel} />}
          {wait && <span class="small">{wait}</span>}
          {outcome?.callback_at && <span class="small">{callbackText(words, outcome.callback_at)}</span>}
          {outcome && outcome.offers.length > 0 && <span class="small">{offersText(words, outcome.offers)}</span>}
          {booking.attempts.length > 0 && <span class="small">{tried.filter(Boolean).join(', ')}</span>}
          {booking.follow_ups.length > 0 && (
            <span class="small">{words.list.followUps(booking.follow_ups.length)}</span>
          )}
        </span>
        <time class="cell when" dateTime={booking.created_at}>
          {moment(words.language, booking.created_at, Date.now())}
        </time>
      </Link>
    </li>
  );
}

/** All visible bookings, newest first, kept up to date. */
export function ListPage({ session }: { session: Session }) {
  const words = useWords();
  const search = useSearch();
  const [, go] = useLocation();
  const given = new URLSearchParams(search);
  const asked = new URLSearchParams({ limit: String(ROWS), include: 'order', from: 'records' });
  for (const name of [...FILTERS, 'cursor']) if (given.get(name)) asked.set(name, given.get(name)!);
  for (const [name, value] of Object.entries(createdOn(given.get('day')))) asked.set(name, value);
  // The filter “needs review” leaves out bookings that have a review.
  if (given.get('status') === 'needs_review') asked.set('reviewed', 'false');
  const path = `/v1/bookings?${asked}`;
  const page = useQuery({
    queryKey: ['bookings', path],
    queryFn: () => ask<BookingPage>(path),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const filtered = ALL_FILTERS.some((name) => given.get(name));
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const turnTo = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    go(`/${next.size > 0 ? `?${next}` : ''}`);
  };
  const rows = page.data?.data ?? [];
  useListAnnouncements(words, path, page.isPlaceholderData ? undefined : page.data?.data);
  return (
    <Page
      title={words.list.title}
      class="list-page"
      aside={
        <>
          <span class={page.isError || !visible ? 'live-mark off' : 'live-mark'}>
            {page.isError ? words.list.paused : words.list.live}
          </span>
          <span class="actions">
            <NoticesSwitch />
          </span>
        </>
      }
    >
      <DayFigures />
      {!session.sees_all && <p class="note">{words.ownOnly}</p>}
      <Filters given={given} turnTo={turnTo} filtered={filtered} />
      {page.error && !page.data && <Failure error={page.error} again={() => page.refetch()} />}
      {page.data && rows.length === 0 && (
        <p class="empty">
          {filtered ? words.list.noneFits : words.list.none} {!filtered && <Link href="/new">{words.list.first}</Link>}
        </p>
      )}
      {rows.length > 0 && (
        <>
          <p class="columns" aria-hidden="true">
            <span>{words.list.columns.status}</span>
            <span>{words.list.columns.business}</span>
            <span>{words.list.columns.wish}</span>
            <span>{words.list.columns.outcome}</span>
            <span>{words.list.columns.when}</span>
          </p>
          <ul class="rows" aria-label={words.list.title}>
            {rows.map((booking) => (
              <Row key={booking.id} booking={booking} />
            ))}
          </ul>
          <p class="pages">
            {given.get('cursor') && (
              <button type="button" onClick={() => turnTo({ cursor: undefined })}>
                {words.list.newest}
              </button>
            )}
            {page.data?.next_cursor && (
              <button type="button" onClick={() => turnTo({ cursor: page.data!.next_cursor! })}>
                {words.list.older}
              </button>
            )}
          </p>
        </>
      )}
    </Page>
  );
}
