import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { Link, useLocation, useSearch } from 'wouter-preact';
import type { Listed, Session, Shortlist } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { StatusBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';

const EVERY_MS = 3_000;
const ROWS = 50;

function Row({ shortlist }: { shortlist: Shortlist }) {
  const words = useWords();
  const { shortlists: s } = words;
  const { outcome, candidates, request } = shortlist;
  return (
    <li class={outcome?.simulated ? 'row is-simulated' : 'row'}>
      <Link href={`/shortlists/${shortlist.id}`}>
        <span class="cell state">
          <StatusBadge booking={shortlist} />
        </span>
        <span class="cell business">
          <span class="name">{request?.service_type ?? s.erased}</span>
          <span class="small">{request?.user_name}</span>
        </span>
        <span class="cell outcome">
          {outcome && <span class="result">{wordFor(s.result, outcome.result)}</span>}
          <span class="small">{candidates.map(({ business }) => business?.name ?? s.erased).join(' · ')}</span>
        </span>
        <time class="cell when" dateTime={shortlist.created_at}>
          {moment(words.language, shortlist.created_at, Date.now())}
        </time>
      </Link>
    </li>
  );
}

/** All visible shortlists, newest first, kept up to date. */
export function ShortlistsPage({ session }: { session: Session }) {
  const words = useWords();
  const { shortlists: s } = words;
  const [, go] = useLocation();
  const cursor = new URLSearchParams(useSearch()).get('cursor');
  const path = `/v1/shortlists?limit=${ROWS}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
  const page = useQuery({
    queryKey: ['shortlists', path],
    queryFn: () => ask<Listed<Shortlist>>(path),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const rows = page.data?.data ?? [];
  return (
    <Page
      title={s.title}
      class="list-page batches-page"
      aside={
        <span class="actions">
          <Link href="/shortlists/new" class="button main">
            {s.fresh}
          </Link>
        </span>
      }
    >
      {!session.sees_all && <p class="note">{words.ownOnly}</p>}
      {page.error && !page.data && <Failure error={page.error} again={() => page.refetch()} />}
      {page.data && rows.length === 0 && (
        <p class="empty">
          {s.none} <Link href="/shortlists/new">{s.first}</Link>
        </p>
      )}
      {rows.length > 0 && (
        <ul class="rows" aria-label={s.title}>
          {rows.map((shortlist) => (
            <Row key={shortlist.id} shortlist={shortlist} />
          ))}
        </ul>
      )}
      <p class="pages">
        {cursor && (
          <button type="button" onClick={() => go('/shortlists')}>
            {s.newest}
          </button>
        )}
        {page.data?.next_cursor && (
          <button type="button" onClick={() => go(`/shortlists?cursor=${encodeURIComponent(page.data!.next_cursor!)}`)}>
            {s.older}
          </button>
        )}
      </p>
    </Page>
  );
}
