import { useQuery, useQueryClient } from '@tanstack/preact-query';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { fits, isFinalBatch } from '../../domain/batch/lifecycle.ts';
import type { Batch } from '../api/answers.ts';
import { ApiProblem, ask } from '../api/ask.ts';
import type { Reception } from '../api/feed.ts';
import { SimulatedBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useStream } from '../shell/connection.tsx';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';
import { AddRows } from './add-rows.tsx';
import { BatchBadge } from './badge.tsx';
import { Commands } from './commands.tsx';
import { useBatchEvents } from './follow.ts';
import { Progress } from './progress.tsx';
import { Rows } from './rows.tsx';

/** However many events arrive, the batch is read no more often. */
const READ_MS = 1_000;
/** Events announce news; this poll only covers a missed event. */
const ANYWAY_MS = 15_000;

function absence(error: Error | null, reception: Reception): 'notFound' | 'wasErased' | undefined {
  if (error instanceof ApiProblem && error.status === 410) return 'wasErased';
  if (error instanceof ApiProblem && error.status === 404) return 'notFound';
  return reception === 'gone' ? 'notFound' : reception === 'erased' ? 'wasErased' : undefined;
}

function NotHere({ why }: { why: 'notFound' | 'wasErased' }) {
  const { title, text, link } = useWords().batches[why];
  return (
    <Page title={title}>
      <p>{text}</p>
      <p>
        <Link href="/batches">{link}</Link>
      </p>
    </Page>
  );
}

function Facts({ batch }: { batch: Batch }) {
  const words = useWords();
  const { settings: s, page } = words.batches;
  const facts: [string, string | undefined][] = [
    [s.atOnce, String(batch.max_concurrent)],
    [s.notBefore, batch.not_before?.replace('T', ' ') ?? undefined],
    [s.notAfter, batch.not_after?.replace('T', ' ') ?? undefined],
    [
      s.stop,
      batch.stop_after_failures
        ? `${Math.round(batch.stop_after_failures.share * 100)} % / ${batch.stop_after_failures.of_last}`
        : undefined,
    ],
    [page.created, moment(words.language, batch.created_at, Date.now())],
    [page.id, batch.id],
  ];
  return (
    <section aria-labelledby="facts-title" class="wish">
      <h2 id="facts-title">{s.title}</h2>
      <dl>
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** One batch, live. */
export function BatchPage({ id }: { id: string }) {
  const words = useWords();
  const { batches } = words;
  const client = useQueryClient();
  const announce = useAnnounce();
  const [failure, setFailure] = useState<Error>();
  const key = ['batch', id];
  const path = `/v1/batches/${encodeURIComponent(id)}`;
  const read = useQuery({
    queryKey: key,
    queryFn: () => ask<Batch>(path),
    refetchInterval: ({ state }) => (state.data && isFinalBatch(state.data.status) ? false : ANYWAY_MS),
  });
  const [round, setRound] = useState(0);
  const { told, reception } = useBatchEvents(id, read.data?.last_event_id, round);
  useStream(reception);
  const due = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    if (told.seq === 0 || due.current !== undefined) return;
    due.current = setTimeout(() => {
      due.current = undefined;
      void client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: ['batch-rows', id] });
    }, READ_MS);
  }, [told.seq]);
  useEffect(() => () => clearTimeout(due.current), []);

  const batch = read.data;
  const before = useRef(batch?.status);
  useEffect(() => {
    if (batch && before.current && before.current !== batch.status && isFinalBatch(batch.status))
      announce(batches.page.said(wordFor(batches.status, batch.status)));
    // New rows have reopened it, and its stream ended with its completion.
    if (batch && before.current && isFinalBatch(before.current) && !isFinalBatch(batch.status)) setRound(round + 1);
    before.current = batch?.status;
  }, [batch?.status]);

  const absent = absence(read.error, reception);
  if (absent) return <NotHere key={absent} why={absent} />;
  if (!batch)
    return read.error ? (
      <Failure error={read.error} again={() => read.refetch()} />
    ) : (
      <p class="loading">{words.loading}</p>
    );
  const final = isFinalBatch(batch.status);
  const report = `${path}/report.csv`;
  return (
    <Page
      title={batch.name ?? batches.unnamed}
      mark={batch.simulated ? batches.simulated : undefined}
      class="batch"
      aside={
        <>
          <BatchBadge status={batch.status} />
          {batch.simulated && <SimulatedBadge word={batches.simulated} />}
          <span class="actions">
            {!final && (
              <span class={reception === 'live' ? 'live-mark' : 'live-mark off'}>
                {reception === 'live' ? words.list.live : words.list.paused}
              </span>
            )}
            <Commands batch={batch} queryKey={key} failed={setFailure} />
          </span>
        </>
      }
    >
      {failure && <Failure error={failure} />}
      {batch.status === 'paused' && batch.paused_because && (
        <p class="note">{batches.pausedBecause[batch.paused_because]}</p>
      )}
      <div class="columns-2">
        <Progress batch={batch} told={told} />
        <div class="right">
          <section aria-labelledby="report-title">
            <h2 id="report-title">{batches.page.report}</h2>
            <p class="report-links">
              <a href={report} download>
                {batches.page.reportComma}
              </a>
              <a href={`${report}?delimiter=semicolon`} download>
                {batches.page.reportSemicolon}
              </a>
            </p>
          </section>
          <Facts batch={batch} />
        </div>
      </div>
      {fits('append', batch.status) && (
        <AddRows
          batch={batch}
          added={() => Promise.all([key, ['batch-rows', id]].map((queryKey) => client.invalidateQueries({ queryKey })))}
        />
      )}
      <Rows id={id} />
    </Page>
  );
}
