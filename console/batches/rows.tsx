import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { ROW_STATUSES } from '../../domain/batch/statuses.ts';
import type { BatchRow, Listed } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { SimulatedBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { day } from '../language/times.ts';
import { Failure } from '../shell/failure.tsx';
import { ScrollTable } from '../shell/scroll-table.tsx';
import { RowBadge } from './badge.tsx';
import { reasonWords } from './reason-words.ts';

const TYPING_MS = 250;
const ROWS = 100;
/** Rows that a booking may be placed for once more. */
const AGAIN: readonly string[] = ['failed', 'expired', 'canceled'];

function Row({ row }: { row: BatchRow }) {
  const words = useWords();
  const { page } = words.batches;
  const told = row.reasons.map((reason) => reasonWords(words, reason));
  const appointment =
    row.confirmed_date &&
    `${day(words.language, row.confirmed_date)}${row.confirmed_time ? `, ${row.confirmed_time}` : ''}`;
  return (
    <tr>
      <td>
        {row.row}
        {row.line !== null && (
          <span class="small">
            {page.columns.line} {row.line}
          </span>
        )}
      </td>
      <td>
        <span class="name">{row.business_name ?? row.key}</span>
        <span class="small">{[row.phone, row.user_name].filter(Boolean).join(' · ')}</span>
      </td>
      <td>
        <RowBadge status={row.status} />
      </td>
      <td>
        {row.simulated && <SimulatedBadge />}{' '}
        {row.result && <span class="result">{wordFor(words.result, row.result)}</span>} {appointment}
        {told.map(({ text, lang }, n) => (
          <span key={n} class="small" lang={lang}>
            {text}
          </span>
        ))}
      </td>
      <td class="links">
        {row.booking_id && <Link href={`/bookings/${row.booking_id}`}>{page.booking}</Link>}{' '}
        {row.booking_id && AGAIN.includes(row.status) && (
          <Link href={`/new?from=${encodeURIComponent(row.booking_id)}`}>{page.again}</Link>
        )}
      </td>
    </tr>
  );
}

/** The rows of a batch, with search and filter. */
export function Rows({ id }: { id: string }) {
  const words = useWords();
  const { batches } = words;
  const { page } = batches;
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const [status, setStatus] = useState('');
  const [cursor, setCursor] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setQ(typed.trim());
      setCursor(undefined);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = new URLSearchParams({
    limit: String(ROWS),
    ...(q && { q }),
    ...(status && { status }),
    ...(cursor && { cursor }),
  });
  const path = `/v1/batches/${encodeURIComponent(id)}/rows?${query}`;
  const rows = useQuery({
    queryKey: ['batch-rows', id, path],
    queryFn: () => ask<Listed<BatchRow>>(path),
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-labelledby="rows-title" class="batch-rows">
      <h2 id="rows-title">{page.rows}</h2>
      <search class="filters">
        <label class="search">
          <span>{page.search}</span>
          <input
            type="search"
            maxLength={200}
            value={typed}
            placeholder={page.searchHint}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <label class="choice">
          <span>{page.columns.status}</span>
          <select
            value={status}
            onChange={(event) => {
              setStatus(event.currentTarget.value);
              setCursor(undefined);
            }}
          >
            <option value="">{page.all}</option>
            {ROW_STATUSES.map((one) => (
              <option key={one} value={one}>
                {batches.rowStatus[one]}
              </option>
            ))}
          </select>
        </label>
      </search>
      {rows.error && !rows.data && <Failure error={rows.error} again={() => rows.refetch()} />}
      {rows.data?.data.length === 0 && <p class="empty">{page.noneFits}</p>}
      {rows.data && rows.data.data.length > 0 && (
        <ScrollTable label={page.rows}>
          <thead>
            <tr>
              <th scope="col">{page.columns.row}</th>
              <th scope="col">{page.columns.business}</th>
              <th scope="col">{page.columns.status}</th>
              <th scope="col">{page.columns.outcome}</th>
              <th scope="col">{page.booking}</th>
            </tr>
          </thead>
          <tbody>
            {rows.data.data.map((row) => (
              <Row key={row.row} row={row} />
            ))}
          </tbody>
        </ScrollTable>
      )}
      <p class="pages">
        {cursor && (
          <button type="button" onClick={() => setCursor(undefined)}>
            {page.beginning}
          </button>
        )}
        {rows.data?.next_cursor && (
          <button type="button" onClick={() => setCursor(rows.data!.next_cursor!)}>
            {page.more}
          </button>
        )}
      </p>
    </section>
  );
}
