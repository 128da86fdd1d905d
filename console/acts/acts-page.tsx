import { Link, useLocation, useSearch } from 'wouter-preact';
import { ApiProblem } from '../api/ask.ts';
import { type Act, useActsList } from '../api/operating.ts';
import { dayRange } from '../bookings/days.ts';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';

/** In place of a key: a command on the machine itself. */
const TERMINAL = 'terminal';
/** Filters are part of the page's address, so that a view can be shared. */
const FILTERS = ['day', 'by', 'act'] as const;

/** The thing that a deed was about, with a link where it has a page. */
function About({ act }: { act: Act }) {
  const { acts } = useWords();
  const { booking_id, subject } = act;
  if (booking_id) {
    return (
      <>
        {subject && <span>{subject}</span>}
        {act.act === 'erase' ? <span>{booking_id}</span> : <Link href={`/bookings/${booking_id}`}>{booking_id}</Link>}
      </>
    );
  }
  if (subject?.startsWith('ba_')) {
    return act.act === 'erase_batch' ? <span>{subject}</span> : <Link href={`/batches/${subject}`}>{subject}</Link>;
  }
  if (subject?.startsWith('sl_')) return <Link href={`/shortlists/${subject}`}>{subject}</Link>;
  return <span>{subject ?? acts.everything}</span>;
}

function Row({ act }: { act: Act }) {
  const words = useWords();
  const { acts } = words;
  const nameless = act.key === TERMINAL ? acts.terminal : `${acts.nameless} (${act.key})`;
  return (
    <li class="row">
      <span class="name">{wordFor(acts.kinds, act.act)}</span>
      <span class="about small">
        <About act={act} />
      </span>
      <span class="who">
        {act.by === null ? nameless : act.key === TERMINAL ? `${act.by}, ${acts.terminal}` : act.by}
      </span>
      <time class="small" dateTime={act.at}>
        {moment(words.language, act.at, Date.now())}
      </time>
    </li>
  );
}

/** The acts of operators, newest first; by day, operator and kind of deed. */
export function ActsPage() {
  const words = useWords();
  const { acts, list } = words;
  const search = useSearch();
  const [, go] = useLocation();
  const given = new URLSearchParams(search);
  const turnTo = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries({ cursor: undefined, ...changes })) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    go(`/acts${next.size > 0 ? `?${next}` : ''}`);
  };
  const day = dayRange(given.get('day'));
  const asked = { ...(day && { from: day.from, before: day.before }) } as Record<string, string>;
  for (const name of ['by', 'act', 'cursor']) if (given.get(name)) asked[name] = given.get(name)!;
  const page = useActsList(asked);
  const rows = page.data?.data ?? [];
  const by = given.get('by');
  const operators = [...new Set([...(page.data?.operators ?? []), ...(by ? [by] : [])])].sort();
  const filtered = FILTERS.some((name) => given.get(name));
  const forbidden = page.error instanceof ApiProblem && page.error.status === 403;
  if (forbidden) {
    return (
      <Page title={acts.title}>
        <p class="note">{words.forbidden.operatorsOnly}</p>
      </Page>
    );
  }
  return (
    <Page title={acts.title} class="list-page acts-page">
      <p>{acts.intro}</p>
      <search class="filters">
        <label class="choice">
          <span>{acts.day}</span>
          <input
            type="date"
            value={given.get('day') ?? ''}
            onChange={(event) => turnTo({ day: event.currentTarget.value })}
          />
        </label>
        <label class="choice">
          <span>{acts.operator}</span>
          <select value={by ?? ''} onChange={(event) => turnTo({ by: event.currentTarget.value })}>
            <option value="">{list.all}</option>
            {operators.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="choice">
          <span>{acts.act}</span>
          <select value={given.get('act') ?? ''} onChange={(event) => turnTo({ act: event.currentTarget.value })}>
            <option value="">{list.all}</option>
            {Object.entries(acts.kinds).map(([kind, word]) => (
              <option key={kind} value={kind}>
                {word}
              </option>
            ))}
          </select>
        </label>
        {filtered && (
          <button type="button" class="quiet" onClick={() => go('/acts')}>
            {list.clear}
          </button>
        )}
      </search>
      {page.error && !page.data && <Failure error={page.error} again={() => page.refetch()} />}
      {page.data && rows.length === 0 && <p class="empty">{filtered ? acts.noneFits : acts.none}</p>}
      {rows.length > 0 && (
        <ul class="rows acts" aria-label={acts.title}>
          {rows.map((act) => (
            <Row key={`${act.at} ${act.act} ${act.booking_id} ${act.subject}`} act={act} />
          ))}
        </ul>
      )}
      <p class="pages">
        {given.get('cursor') && (
          <button type="button" onClick={() => turnTo({})}>
            {list.newest}
          </button>
        )}
        {page.data?.next_cursor && (
          <button type="button" onClick={() => turnTo({ cursor: page.data!.next_cursor! })}>
            {list.older}
          </button>
        )}
      </p>
    </Page>
  );
}
