import { useRef, useState } from 'preact/hooks';
import { Redirect, useLocation, useSearch } from 'wouter-preact';
import type { Session } from '../api/answers.ts';
import { ApiProblem, tell } from '../api/ask.ts';
import { sessionChanged } from '../api/session.ts';
import { useWords } from '../language/language.ts';
import { Page } from '../shell/page.tsx';

/** The page after the sign-in: always one of ours, whatever the address says. */
function nextOf(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';
}

export function SignInPage({ session }: { session: Session }) {
  const words = useWords();
  const search = useSearch();
  const [, go] = useLocation();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const next = nextOf(search);
  if (session.signed_in) return <Redirect to={next} replace />;

  const refuse = (why: string) => {
    setProblem(why);
    field.current?.focus();
  };
  const signIn = async (event: Event) => {
    event.preventDefault();
    const key = field.current!.value.trim();
    if (!key) return refuse(words.signIn.empty);
    setBusy(true);
    try {
      await tell('POST', '/console/session', { key });
      await sessionChanged();
      go(next, { replace: true });
    } catch (error) {
      const status = error instanceof ApiProblem ? error.status : 0;
      if (status === 429) refuse(words.signIn.tooMany);
      else if (status === 401 || status === 422) refuse(words.signIn.wrong);
      else if (status === 403) refuse(words.signIn.notOperator);
      else refuse(words.lost);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page title={words.signIn.title} class="narrow">
      {next !== '/' && <p class="note">{words.signIn.ended}</p>}
      <form onSubmit={signIn} noValidate class="sign-in">
        <label for="key">{words.signIn.key}</label>
        <input
          ref={field}
          id="key"
          type="password"
          autoComplete="current-password"
          spellcheck={false}
          aria-describedby="key-hint key-problem"
          aria-invalid={problem !== ''}
        />
        <p id="key-hint" class="hint">
          {words.signIn.hint}
        </p>
        <p id="key-problem" class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="main" disabled={busy}>
          {words.signIn.go}
        </button>
      </form>
    </Page>
  );
}
