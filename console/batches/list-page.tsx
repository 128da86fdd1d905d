import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { Link, useLocation, useSearch } from 'wouter-preact';
import { openRows } from '../../domain/batch/lifecycle.ts';
import type { Batch, Listed, Session } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { SimulatedBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';
import { BatchBadge } from './badge.tsx';

const EVERY_MS = 3_000;
const ROWS = 50;

function Row({ batch }: { batch: Batch }) {
  const words = useWords();
  const { batches } = words;
  const { counts, results } = batch;
  const done = counts.total - openRows(counts);
  return (
    <li class={batch.simulated ? 'row is-simulated' : 'row'}>
      <Link href={`/batches/${batch.id}`}>
        <span class="cell state">
          <BatchBadge status={batch.status} />
        </span>
        <span class="cell business">
          <span class="name">{batch.name ?? batches.unnamed}</span>
          <span class="small">{batches.rows(counts.total)}</span>
        </span>
        <span class="cell outcome">
          {batch.simulated && <SimulatedBadge />}
          <span>{batches.page.of(done, counts.total)}</span>
          <span class="small">
            {Object.entries(results)
              .map(([result, n]) => `${wordFor(words.result, result)}: ${n}`)
              .join(' · ')}
          </span>
        </span>
        <time class="cell when" dateTime={batch.created_at}>
          {moment(words.language, batch.created_at, Date.now())}
        </time>
      </Link>
    </li>
  );
}

/** All visible batches, newest first, kept up to date. */
export function BatchesPage({ session }: { session: Session }) {
  const words = useWords();
  const { batches } = words;
  const [, go] = useLocation();
  const cursor = new URLSearchParams(useSearch()).get('cursor');
  const path = `/v1/batches?limit=${ROWS}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
  const page = useQuery({
    queryKey: ['batches', path],
    queryFn: () => ask<Listed<Batch>>(path),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const rows = page.data?.data ?? [];
  return (
    <Page
      title={batches.title}
      class="list-page batches-page"
      aside={
        <span class="actions">
          <Link href="/batches/new" class="button main">
            {batches.fresh}
          </Link>
        </span>
      }
    >
      {!session.sees_all && <p class="note">{words.ownOnly}</p>}
      {page.error && !page.data && <Failure error={page.error} again={() => page.refetch()} />}
      {page.data && rows.length === 0 && (
        <p class="empty">
          {batches.none} <Link href="/batches/new">{batches.first}</Link>
        </p>
      )}
      {rows.length > 0 && (
        <ul class="rows" aria-label={batches.title}>
          {rows.map((batch) => (
            <Row key={batch.id} batch={batch} />
          ))}
        </ul>
      )}
      <p class="pages">
        {cursor && (
          <button type="button" onClick={() => go('/batches')}>
            {batches.newest}
          </button>
        )}
        {page.data?.next_cursor && (
          <button type="button" onClick={() => go(`/batches?cursor=${encodeURIComponent(page.data!.next_cursor!)}`)}>
            {batches.older}
          </button>
        )}
      </p>
    </Page>
  );
}
