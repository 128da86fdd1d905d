import { Link } from 'wouter-preact';
import type { Session, Shortlist } from '../api/answers.ts';
import { StatusBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { Listing } from '../shell/listing.tsx';

function Row({ shortlist }: { shortlist: Shortlist }) {
  const words = useWords();
  const { shortlists: s } = words;
  const { outcome, candidates, request } = shortlist;
  return (
    <li class={outcome?.simulated ? 'row is-simulated' : 'row'}>
      <Link href={`/shortlists/${shortlist.id}`}>
        <span class="cell state">
          <StatusBadge booking={shortlist} />
        </span>
        <span class="cell business">
          <span class="name">{request?.service_type ?? s.erased}</span>
          <span class="small">{request?.user_name}</span>
        </span>
        <span class="cell outcome">
          {outcome && <span class="result">{wordFor(s.result, outcome.result)}</span>}
          <span class="small">{candidates.map(({ business }) => business?.name ?? s.erased).join(' · ')}</span>
        </span>
        <time class="cell when" dateTime={shortlist.created_at}>
          {moment(words.language, shortlist.created_at, Date.now())}
        </time>
      </Link>
    </li>
  );
}

/** All visible shortlists. */
export function ShortlistsPage({ session }: { session: Session }) {
  const { shortlists } = useWords();
  return (
    <Listing<Shortlist>
      at="/shortlists"
      session={session}
      words={shortlists}
      row={(one) => <Row key={one.id} shortlist={one} />}
    />
  );
}
