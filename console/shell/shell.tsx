import type { ComponentChildren } from 'preact';
import { Link, useLocation } from 'wouter-preact';
import { tell } from '../api/ask.ts';
import { useReviewsDue } from '../api/operating.ts';
import { queries, signedOut, useSession } from '../api/session.ts';
import { LANGUAGES, type Language, useWords } from '../language/language.ts';
import { useReviewNotices } from './notices.ts';

function Place({ to, children }: { to: string; children: ComponentChildren }) {
  const [path] = useLocation();
  return (
    <Link href={to} aria-current={path === to ? 'page' : undefined}>
      {children}
    </Link>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M8 13v6M13.3 9v14M18.6 12v8" />
      <path d="M24 7v18" class="spoken" />
    </svg>
  );
}

interface Frame {
  language: Language;
  choose: (language: Language) => void;
  children: ComponentChildren;
}

/** The number of bookings that wait for a person, on every page. */
function Due() {
  const { app } = useWords();
  const due = useReviewsDue(true).data;
  useReviewNotices(due?.newest);
  if (!due) return null;
  return (
    <Link href="/?status=needs_review" class={due.count > 0 ? 'due some' : 'due'}>
      <span class="word">{app.due}</span> <b>{due.count}</b>
    </Link>
  );
}

/** The frame around every page. */
export function Shell({ language, choose, children }: Frame) {
  const words = useWords();
  const session = useSession().data;
  const [, go] = useLocation();
  const signOut = async () => {
    await tell('DELETE', '/console/session').catch(() => {});
    signedOut();
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    go('/sign-in');
  };
  return (
    <>
      <a class="skip" href="#content">
        {words.app.skip}
      </a>
      <header class="top">
        <Link href="/" class="brand" aria-label={`Vocero: ${words.app.bookings}`}>
          <Mark />
          <span class="name">Vocero</span>
        </Link>
        {session?.signed_in && (
          <nav aria-label={words.app.menu}>
            <Place to="/">{words.app.bookings}</Place>
            <Place to="/new">{words.app.fresh}</Place>
            <Place to="/batches">{words.app.batches}</Place>
            <Place to="/shortlists">{words.app.shortlists}</Place>
            <Place to="/do-not-call">{words.app.forbidden}</Place>
            <Place to="/calendar">{words.app.calendar}</Place>
            <Place to="/acts">{words.app.acts}</Place>
          </nav>
        )}
        <div class="top-end">
          {session?.signed_in && <Due />}
          <label class="language">
            <span class="unseen">{words.app.language}</span>
            <select value={language} onChange={(event) => choose(event.currentTarget.value as Language)}>
              {Object.entries(LANGUAGES).map(([code, name]) => (
                <option key={code} value={code} lang={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {session?.signed_in && !session.open && (
            <>
              {session.name && <span class="operator">{session.name}</span>}
              <button type="button" class="quiet" onClick={signOut}>
                {words.app.signOut}
              </button>
            </>
          )}
        </div>
      </header>
      {session?.signed_in && session.sandbox && (
        <aside class="sandbox-strip hatched" aria-label={words.simulated}>
          {words.sandbox}
        </aside>
      )}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
