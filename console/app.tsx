import { useEffect, useState } from 'preact/hooks';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter-preact';
import { useSession } from './api/session.ts';
import { BookingPage } from './booking/booking-page.tsx';
import { ListPage } from './bookings/list-page.tsx';
import { CalendarPage } from './calendar/calendar-page.tsx';
import { DoNotCallPage } from './do-not-call/do-not-call-page.tsx';
import { NewBookingPage } from './form/new-booking-page.tsx';
import { firstLanguage, keepLanguage, type Language, LanguageContext, useWords } from './language/language.ts';
import { AnnouncementsProvider } from './shell/announce.tsx';
import { Connection } from './shell/connection.tsx';
import { Failure } from './shell/failure.tsx';
import { Page } from './shell/page.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

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
      <Route path="/do-not-call">
        <DoNotCallPage />
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

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (chosen: Language) => {
    keepLanguage(chosen);
    setLanguage(chosen);
  };
  return (
    <LanguageContext.Provider value={language}>
      <AnnouncementsProvider>
        <Shell language={language} choose={choose}>
          <Connection>
            <Pages />
          </Connection>
        </Shell>
      </AnnouncementsProvider>
    </LanguageContext.Provider>
  );
}
