import { useEffect, useState } from 'preact/hooks';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter-preact';
import { useSession } from './api/session.ts';
import { BookingPage } from './booking/booking-page.tsx';
import { ListPage } from './bookings/list-page.tsx';
import { DoNotCallPage } from './do-not-call/do-not-call-page.tsx';
import { keepLanguage, type Language, loadWords, type Spoken, useWords, WordsProvider } from './language/language.ts';
import { AnnouncementsProvider } from './shell/announce.tsx';
import { Connection } from './shell/connection.tsx';
import { Failure } from './shell/failure.tsx';
import { later } from './shell/later.tsx';
import { Page } from './shell/page.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

/** The list, a booking and the sign-in come at once; other pages when they are opened. */
const NewBookingPage = later(async () => (await import('./form/new-booking-page.tsx')).NewBookingPage);
const BatchesPage = later(async () => (await import('./batches/list-page.tsx')).BatchesPage);
const NewBatchPage = later(async () => (await import('./batches/new-page.tsx')).NewBatchPage);
const BatchPage = later(async () => (await import('./batches/batch-page.tsx')).BatchPage);
const ShortlistsPage = later(async () => (await import('./shortlists/list-page.tsx')).ShortlistsPage);
const NewShortlistPage = later(async () => (await import('./shortlists/new-page.tsx')).NewShortlistPage);
const ShortlistPage = later(async () => (await import('./shortlists/shortlist-page.tsx')).ShortlistPage);
const ActsPage = later(async () => (await import('./acts/acts-page.tsx')).ActsPage);
const CalendarPage = later(async () => (await import('./calendar/calendar-page.tsx')).CalendarPage);

function NothingHere() {
  const { notHere } = useWords();
  return (
    <Page title={notHere.title}>
      <p>{notHere.text}</p>
      <p>
        <a href="/">{notHere.link}</a>
      </p>
    </Page>
  );
}

function Pages() {
  const session = useSession();
  const [path] = useLocation();
  const search = useSearch();
  if (session.error && !session.data) return <Failure error={session.error} again={() => session.refetch()} />;
  if (!session.data) return null;
  if (!session.data.signed_in && path !== '/sign-in') {
    const here = path + (search ? `?${search}` : '');
    return <Redirect to={`/sign-in${here === '/' ? '' : `?next=${encodeURIComponent(here)}`}`} replace />;
  }
  return (
    <Switch>
      <Route path="/sign-in">
        <SignInPage session={session.data} />
      </Route>
      <Route path="/">
        <ListPage session={session.data} />
      </Route>
      <Route path="/new">
        <NewBookingPage session={session.data} />
      </Route>
      <Route path="/bookings/:id">{({ id }) => <BookingPage key={id} id={id} session={session.data} />}</Route>
      <Route path="/batches">
        <BatchesPage session={session.data} />
      </Route>
      <Route path="/batches/new">
        <NewBatchPage session={session.data} />
      </Route>
      <Route path="/batches/:id">{({ id }) => <BatchPage key={id} id={id} />}</Route>
      <Route path="/shortlists">
        <ShortlistsPage session={session.data} />
      </Route>
      <Route path="/shortlists/new">
        <NewShortlistPage session={session.data} />
      </Route>
      <Route path="/shortlists/:id">{({ id }) => <ShortlistPage key={id} id={id} />}</Route>
      <Route path="/do-not-call">
        <DoNotCallPage />
      </Route>
      <Route path="/acts">
        <ActsPage />
      </Route>
      <Route path="/calendar">
        <CalendarPage />
      </Route>
      <Route>
        <NothingHere />
      </Route>
    </Switch>
  );
}

/** `first`: the language to begin with. */
export function App({ first }: { first: Spoken }) {
  const [words, setWords] = useState(first);
  const { language } = words;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = async (chosen: Language) => {
    keepLanguage(chosen);
    setWords(await loadWords(chosen));
  };
  return (
    <WordsProvider value={words}>
      <AnnouncementsProvider>
        <Shell language={language} choose={(chosen) => void choose(chosen)}>
          <Connection>
            <Pages />
          </Connection>
        </Shell>
      </AnnouncementsProvider>
    </WordsProvider>
  );
}
