import { useEffect, useState } from 'preact/hooks';
import { isUnderWay, openRows } from '../../domain/batch/lifecycle.ts';
import { ROW_STATUSES } from '../../domain/batch/statuses.ts';
import type { Batch } from '../api/answers.ts';
import { whenWords } from '../booking/wait-words.ts';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { RowBadge } from './badge.tsx';
import type { Told } from './follow.ts';
import { paceOf } from './pace.ts';

const EVERY_MS = 2_000;

/** The time, again and again while it matters. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

/** Counts, results, rate and end of a batch. */
export function Progress({ batch, told }: { batch: Batch; told: Told }) {
  const words = useWords();
  const { page } = words.batches;
  const { counts, results, status, ended_at } = batch;
  const underWay = isUnderWay(status);
  const now = useNow(underWay);
  const open = openRows(counts);
  const pace = underWay && told.since ? paceOf(told.ends, told.since, open, now) : undefined;
  const shown = ROW_STATUSES.filter((one) => counts[one] > 0);
  return (
    <section aria-labelledby="progress-title" class="progress">
      <h2 id="progress-title">{page.progress}</h2>
      <progress max={counts.total} value={counts.total - open} aria-label={page.progress} />
      <p>
        <strong>{page.of(counts.total - open, counts.total)}</strong>{' '}
        {status === 'running' && (
          <span class="small">
            {pace ? page.pace(pace.rows_an_hour) : page.noPace}
            {pace?.done_at !== undefined &&
              ` · ${page.doneAt(whenWords(words, new Date(pace.done_at).toISOString(), now))}`}
          </span>
        )}
        {ended_at && (
          <span class="small">
            {page.ended} {moment(words.language, ended_at, now)}
          </span>
        )}
      </p>
      <h3 class="unseen">{page.counts}</h3>
      <ul class="tally" aria-label={page.counts}>
        {shown.map((one) => (
          <li key={one}>
            <RowBadge status={one} /> <b>{counts[one]}</b>
          </li>
        ))}
      </ul>
      <h3>{page.results}</h3>
      {Object.keys(results).length === 0 ? (
        <p class="small">{page.noResults}</p>
      ) : (
        <ul class="tally" aria-label={page.results}>
          {Object.entries(results).map(([result, n]) => (
            <li key={result}>
              {wordFor(words.result, result)} <b>{n}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
