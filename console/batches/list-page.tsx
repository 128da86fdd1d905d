import { Link } from 'wouter-preact';
import { openRows } from '../../domain/batch/lifecycle.ts';
import type { Batch, Session } from '../api/answers.ts';
import { SimulatedBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';
import { Listing } from '../shell/listing.tsx';
import { BatchBadge } from './badge.tsx';

function Row({ batch }: { batch: Batch }) {
  const words = useWords();
  const { batches } = words;
  const { counts, results } = batch;
  const done = counts.total - openRows(counts);
  return (
    <li class={batch.simulated ? 'row is-simulated' : 'row'}>
      <Link href={`/batches/${batch.id}`}>
        <span class="cell state">
          <BatchBadge status={batch.status} />
        </span>
        <span class="cell business">
          <span class="name">{batch.name ?? batches.unnamed}</span>
          <span class="small">{batches.rows(counts.total)}</span>
        </span>
        <span class="cell outcome">
          {batch.simulated && <SimulatedBadge word={batches.simulated} />}
          <span>{batches.page.of(done, counts.total)}</span>
          <span class="small">
            {Object.entries(results)
              .map(([result, n]) => `${wordFor(words.result, result)}: ${n}`)
              .join(' · ')}
          </span>
        </span>
        <time class="cell when" dateTime={batch.created_at}>
          {moment(words.language, batch.created_at, Date.now())}
        </time>
      </Link>
    </li>
  );
}

/** All visible batches. */
export function BatchesPage({ session }: { session: Session }) {
  const { batches } = useWords();
  return (
    <Listing<Batch> at="/batches" session={session} words={batches} row={(one) => <Row key={one.id} batch={one} />} />
  );
}
