import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { ApiProblem, ask, tell } from '../api/ask.ts';
import { useActs } from '../api/operating.ts';
import { useWords } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { AskFirst } from '../shell/ask-first.tsx';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';

interface Forbidden {
  phone_hash: string;
  phone_masked: string;
  booking_id: string;
  at: string;
}

/** The do-not-call list, with a button that allows calls again. */
export function DoNotCallPage() {
  const words = useWords();
  const announce = useAnnounce();
  const [failure, setFailure] = useState<Error>();
  const list = useQuery({
    queryKey: ['do-not-call'],
    queryFn: () => ask<{ data: Forbidden[] }>('/v1/do-not-call'),
    refetchInterval: 10_000,
  });
  const acts = useActs(undefined);
  const allowed = acts.data?.data.filter(({ act }) => act === 'allow') ?? [];
  const lift = async ({ phone_hash, phone_masked }: Forbidden) => {
    setFailure(undefined);
    try {
      await tell('DELETE', `/v1/do-not-call/${phone_hash}`);
      announce(words.forbidden.lifted(phone_masked));
    } catch (error) {
      setFailure(error as Error);
    }
    await Promise.all([list.refetch(), acts.refetch()]);
  };
  const forbidden = list.error instanceof ApiProblem && list.error.status === 403;
  return (
    <Page title={words.forbidden.title}>
      <p>{words.forbidden.intro}</p>
      {forbidden && <p class="note">{words.forbidden.operatorsOnly}</p>}
      {list.error && !forbidden && !list.data && <Failure error={list.error} again={() => list.refetch()} />}
      {failure && <Failure error={failure} />}
      {list.data?.data.length === 0 && <p class="empty">{words.forbidden.none}</p>}
      {list.data && list.data.data.length > 0 && (
        <ul class="rows forbidden" aria-label={words.forbidden.title}>
          {list.data.data.map((entry) => (
            <li class="row" key={entry.phone_hash}>
              <span class="name">{entry.phone_masked}</span>
              <span class="small">
                {words.forbidden.since} <time dateTime={entry.at}>{moment(words.language, entry.at, Date.now())}</time>
              </span>
              <Link href={`/bookings/${entry.booking_id}`} class="small">
                {words.forbidden.booking} {entry.booking_id}
              </Link>
              <AskFirst
                label={words.forbidden.lift}
                question={words.forbidden.ask(entry.phone_masked)}
                yes={words.forbidden.yes}
                no={words.forbidden.no}
                act={() => lift(entry)}
              />
            </li>
          ))}
        </ul>
      )}
      {allowed.length > 0 && (
        <section aria-labelledby="allowed-title">
          <h2 id="allowed-title">{words.forbidden.allowed}</h2>
          <ul>
            {allowed.map(({ at, by, subject }) => (
              <li key={at} class="small">
                {subject}: {words.acts.by(by ?? words.acts.nameless, moment(words.language, at, Date.now()))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
