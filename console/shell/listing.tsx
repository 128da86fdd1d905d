import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import type { ComponentChildren } from 'preact';
import { Link, useLocation, useSearch } from 'wouter-preact';
import type { Listed, Session } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { useWords } from '../language/language.ts';
import { Failure } from './failure.tsx';
import { Page } from './page.tsx';

const EVERY_MS = 3_000;
const ROWS = 50;

interface Props<T> {
  /** Where the list stands, in the console (`/batches`) and, behind `/v1`, in the API; its form is at `/new` below. */
  at: string;
  session: Session;
  words: { title: string; fresh: string; none: string; first: string; older: string; newest: string };
  row: (one: T) => ComponentChildren;
}

/** All visible things of a kind, newest first, kept up to date. */
export function Listing<T extends { id: string }>({ at, session, words: s, row }: Props<T>) {
  const words = useWords();
  const [, go] = useLocation();
  const cursor = new URLSearchParams(useSearch()).get('cursor');
  const path = `/v1${at}?limit=${ROWS}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
  const page = useQuery({
    queryKey: [at.slice(1), path],
    queryFn: () => ask<Listed<T>>(path),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const rows = page.data?.data ?? [];
  const next = page.data?.next_cursor;
  return (
    <Page
      title={s.title}
      class="list-page batches-page"
      aside={
        <span class="actions">
          <Link href={`${at}/new`} class="button main">
            {s.fresh}
          </Link>
        </span>
      }
    >
      {!session.sees_all && <p class="note">{words.ownOnly}</p>}
      {page.error && !page.data && <Failure error={page.error} again={() => page.refetch()} />}
      {page.data && rows.length === 0 && (
        <p class="empty">
          {s.none} <Link href={`${at}/new`}>{s.first}</Link>
        </p>
      )}
      {rows.length > 0 && (
        <ul class="rows" aria-label={s.title}>
          {rows.map(row)}
        </ul>
      )}
      <p class="pages">
        {cursor && (
          <button type="button" onClick={() => go(at)}>
            {s.newest}
          </button>
        )}
        {next && (
          <button type="button" onClick={() => go(`${at}?cursor=${encodeURIComponent(next)}`)}>
            {s.older}
          </button>
        )}
      </p>
    </Page>
  );
}
