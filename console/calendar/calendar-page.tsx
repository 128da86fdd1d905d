import { useQuery } from '@tanstack/preact-query';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CalendarFeedView } from '../../domain/schemas/calendar-feed.ts';
import { ApiProblem, ask, tell } from '../api/ask.ts';
import { Field } from '../form/field.tsx';
import { useWords } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { AskFirst } from '../shell/ask-first.tsx';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';

type NewFeed = CalendarFeedView & { url: string };

/** The address of a new feed, selected, with a button that copies it. */
function FreshAddress({ url }: { url: string }) {
  const { calendar: c } = useWords();
  const announce = useAnnounce();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [url]);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    announce(c.copied);
  };
  return (
    <div class="note fresh-feed">
      <label for="feed-url">{c.fresh}</label>
      <input ref={field} id="feed-url" readOnly value={url} spellcheck={false} />
      {/* Browsers have no clipboard on pages without TLS. */}
      {navigator.clipboard && (
        <button type="button" onClick={copy}>
          {c.copy}
        </button>
      )}
    </div>
  );
}

/** The feeds of the signed-in key: create, list, revoke. */
export function CalendarPage() {
  const words = useWords();
  const { calendar: c } = words;
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const [failure, setFailure] = useState<Error>();
  const [problem, setProblem] = useState<string>();
  const [fresh, setFresh] = useState<NewFeed>();
  const [busy, setBusy] = useState(false);
  const list = useQuery({
    queryKey: ['calendar-feeds'],
    queryFn: () => ask<{ data: CalendarFeedView[] }>('/v1/calendar-feeds'),
  });

  const create = async (event: Event) => {
    event.preventDefault();
    const batch = String(new FormData(form.current!).get('batch')).trim();
    setFailure(undefined);
    setProblem(undefined);
    setBusy(true);
    try {
      setFresh(await tell<NewFeed>('POST', '/v1/calendar-feeds', batch ? { batch } : {}));
      form.current!.reset();
    } catch (error) {
      const refused = error instanceof ApiProblem ? error.errors.find(({ field }) => field === 'batch') : undefined;
      if (refused) setProblem(refused.message);
      else setFailure(error as Error);
    } finally {
      setBusy(false);
    }
    await list.refetch();
  };
  const revoke = async ({ id }: CalendarFeedView) => {
    setFailure(undefined);
    try {
      await tell('DELETE', `/v1/calendar-feeds/${id}`);
      if (fresh?.id === id) setFresh(undefined);
      announce(c.revoked);
    } catch (error) {
      setFailure(error as Error);
    }
    await list.refetch();
  };
  const nameOf = ({ batch }: CalendarFeedView): string => (batch === null ? c.all : c.ofBatch(batch));
  const time = (at: string) => <time dateTime={at}>{moment(words.language, at, Date.now())}</time>;

  return (
    <Page title={c.title}>
      <p>{c.intro}</p>
      <form ref={form} onSubmit={create} noValidate class="new-feed">
        <Field name="batch" label={c.batch} hint={c.batchHint} problem={problem} />
        <button type="submit" class="main" disabled={busy}>
          {c.create}
        </button>
      </form>
      {fresh && <FreshAddress url={fresh.url} />}
      {failure && <Failure error={failure} />}
      {list.error && !list.data && <Failure error={list.error} again={() => list.refetch()} />}
      {list.data?.data.length === 0 && <p class="empty">{c.none}</p>}
      {list.data && list.data.data.length > 0 && (
        <ul class="rows forbidden" aria-label={c.title}>
          {list.data.data.map((feed) => (
            <li class="row" key={feed.id}>
              <span class="name">{nameOf(feed)}</span>
              <span class="small">
                {c.created} {time(feed.created_at)}
              </span>
              <span class="small">
                {feed.last_read_at === null ? (
                  c.unread
                ) : (
                  <>
                    {c.read} {time(feed.last_read_at)}
                  </>
                )}
              </span>
              <AskFirst
                label={c.revoke}
                question={c.ask(nameOf(feed))}
                yes={c.yes}
                no={c.no}
                act={() => revoke(feed)}
              />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
