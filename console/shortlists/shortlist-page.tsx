import { useQuery, useQueryClient } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import type { ShortlistEvent } from '../../domain/shortlist/view.ts';
import type { Shortlist } from '../api/answers.ts';
import { ApiProblem, ask, tell } from '../api/ask.ts';
import { useFeed } from '../api/feed.ts';
import { SimulatedBadge, StatusBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { day, moment } from '../language/times.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { AskFirst } from '../shell/ask-first.tsx';
import { useStream } from '../shell/connection.tsx';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';

const TYPES = ['status', 'candidate', 'final'] as const;
/** Events announce news; this poll only covers a missed event, and waits, which come without one. */
const ANYWAY_MS = 5_000;

const LOOKS = { not_asked: '', asking: 'in_progress', asked: '' } as const;

function Candidate({ shortlist, n }: { shortlist: Shortlist; n: number }) {
  const words = useWords();
  const { shortlists: s } = words;
  const { business, status, result, booking_id } = shortlist.candidates[n]!;
  const won = shortlist.outcome?.candidate === n + 1;
  return (
    <li class="row candidate" aria-current={status === 'asking' ? 'step' : undefined}>
      <span class="place">{n + 1}</span>
      <span class="cell business">
        <span class="name">{business?.name ?? s.erased}</span>
        <span class="small">{business?.phone}</span>
      </span>
      <span class={`status ${won ? 'completed' : result === 'needs_review' ? result : LOOKS[status]}`}>
        {wordFor(s.status, status)}
      </span>
      <span class="result">{result && wordFor(words.result, result)}</span>
      <span>{booking_id && <Link href={`/bookings/${booking_id}`}>{s.booking}</Link>}</span>
    </li>
  );
}

/** One shortlist, live. */
export function ShortlistPage({ id }: { id: string }) {
  const words = useWords();
  const { shortlists: s } = words;
  const client = useQueryClient();
  const announce = useAnnounce();
  const [failure, setFailure] = useState<Error>();
  const [heard, setHeard] = useState(0);
  const key = ['shortlist', id];
  const path = `/v1/shortlists/${encodeURIComponent(id)}`;
  const read = useQuery({
    queryKey: key,
    queryFn: () => ask<Shortlist>(path),
    refetchInterval: ({ state }) => (state.data?.outcome ? false : ANYWAY_MS),
  });
  const reception = useFeed<ShortlistEvent>({
    of: path,
    types: TYPES,
    take: (arrived) => setHeard(arrived.at(-1)!.seq),
  });
  useStream(reception);
  useEffect(() => {
    if (heard > 0) void client.invalidateQueries({ queryKey: key });
  }, [heard]);
  const shortlist = read.data;
  const result = shortlist?.outcome?.result;
  useEffect(() => {
    if (result) announce(wordFor(s.result, result));
  }, [result]);

  const gone = reception === 'gone' || (read.error instanceof ApiProblem && read.error.status === 404);
  if (gone)
    return (
      <Page title={s.notFound.title}>
        <p>{s.notFound.text}</p>
        <p>
          <Link href="/shortlists">{s.notFound.link}</Link>
        </p>
      </Page>
    );
  if (!shortlist)
    return read.error ? (
      <Failure error={read.error} again={() => read.refetch()} />
    ) : (
      <p class="loading">{words.loading}</p>
    );
  const { outcome, request } = shortlist;
  const winner = outcome?.candidate ? shortlist.candidates[outcome.candidate - 1] : undefined;
  const cancel = async () => {
    setFailure(undefined);
    await tell('POST', `${path}/cancel`).catch(setFailure);
    await client.invalidateQueries({ queryKey: key });
    // The button has disappeared, and the focus with it.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
  };
  return (
    <Page
      title={request ? `${request.service_type} · ${request.user_name}` : s.erased}
      mark={outcome?.simulated ? words.simulated : undefined}
      class="shortlist"
      aside={
        <>
          <StatusBadge booking={shortlist} />
          {outcome?.simulated && <SimulatedBadge />}
          <span class="actions">
            {!outcome && (
              <span class={reception === 'live' ? 'live-mark' : 'live-mark off'}>
                {reception === 'live' ? words.list.live : words.list.paused}
              </span>
            )}
            {!outcome && shortlist.cancel_requested && <span>{s.canceling}</span>}
            {!outcome && !shortlist.cancel_requested && (
              <AskFirst label={s.cancel} question={s.cancelAsk} yes={s.cancelYes} no={s.cancelNo} act={cancel} />
            )}
          </span>
        </>
      }
    >
      {failure && <Failure error={failure} />}
      {shortlist.status === 'needs_review' && <p class="note">{s.halted}</p>}
      {shortlist.waiting_for && (
        <p class="note">
          {wordFor(s.waits, shortlist.waiting_for)}
          {shortlist.waiting_until &&
            ` ${words.waiting.until(moment(words.language, shortlist.waiting_until, Date.now()))}`}
        </p>
      )}
      {outcome && (
        <section aria-labelledby="outcome-title">
          <h2 id="outcome-title">{s.outcome}</h2>
          <p>
            <strong>{wordFor(s.result, outcome.result)}</strong>
            {winner && ` · ${winner.business?.name ?? s.erased}`}
            {outcome.confirmed_date && ` · ${day(words.language, outcome.confirmed_date)}`}
            {outcome.confirmed_time && `, ${outcome.confirmed_time}`}{' '}
            {outcome.booking_id && <Link href={`/bookings/${outcome.booking_id}`}>{s.booking}</Link>}
          </p>
        </section>
      )}
      <section aria-labelledby="candidates-title">
        <h2 id="candidates-title">{s.candidates}</h2>
        <ol class="rows candidates">
          {shortlist.candidates.map((_, n) => (
            <Candidate key={n} shortlist={shortlist} n={n} />
          ))}
        </ol>
      </section>
    </Page>
  );
}
