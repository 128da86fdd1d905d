import { afterAll, describe } from '@jest/globals';
import { accepting } from './claims/accepting.ts';
import { batches } from './claims/batches.ts';
import { calendarFeeds } from './claims/calendar-feeds.ts';
import { countingRejections } from './claims/callers.ts';
import { doNotCallList, keepingRecordings, streamTokens } from './claims/calls.ts';
import { claimingDials } from './claims/dials.ts';
import { erasing, forgettingUnclaimed, keepingForATime } from './claims/erasures.ts';
import { claimingEvidence, keepingEvidence, linkingAttempts } from './claims/evidence.ts';
import { filling } from './claims/filling.ts';
import { hostingCalls } from './claims/hosts.ts';
import { takingInbound } from './claims/inbound.ts';
import { theInstallation } from './claims/installation.ts';
import { theCircuit, theSlots } from './claims/limits.ts';
import { theLine } from './claims/lines.ts';
import { counting, listing } from './claims/listing.ts';
import { theLiveLegs } from './claims/live-legs.ts';
import { auditing, lookingAtBookings } from './claims/look.ts';
import { operating } from './claims/operating.ts';
import { thePlaces } from './claims/places.ts';
import { forbiddingByEvidence } from './claims/prohibitions.ts';
import { reviewing } from './claims/reviews.ts';
import { searching } from './claims/searching.ts';
import { sessions } from './claims/sessions.ts';
import { sharingADatabase } from './claims/sharing.ts';
import { shortlists } from './claims/shortlists.ts';
import { savingSnapshots } from './claims/snapshots.ts';
import { keepingTranscripts } from './claims/transcripts.ts';
import { windows } from './claims/windows.ts';
import { type Databases, sqliteFiles } from './databases.ts';
import { startPostgres } from './postgres.ts';

const CLAIMS = [
  batches,
  accepting,
  listing,
  searching,
  operating,
  filling,
  sessions,
  calendarFeeds,
  counting,
  windows,
  savingSnapshots,
  keepingEvidence,
  linkingAttempts,
  claimingEvidence,
  keepingTranscripts,
  keepingRecordings,
  streamTokens,
  doNotCallList,
  forbiddingByEvidence,
  theLine,
  thePlaces,
  claimingDials,
  countingRejections,
  takingInbound,
  theLiveLegs,
  theInstallation,
  theCircuit,
  theSlots,
  hostingCalls,
  reviewing,
  lookingAtBookings,
  auditing,
  erasing,
  keepingForATime,
  forgettingUnclaimed,
  shortlists,
  sharingADatabase,
];

const cannot = async (): Promise<string> => {
  throw new Error('no database of this kind can be had here');
};
const NONE: Databases = { newDatabase: cannot, newMigrated: cannot, stop: async () => {} };

const sqlite = sqliteFiles();
const started = await startPostgres();
const postgres = 'unavailable' in started ? NONE : started;
if ('unavailable' in started) {
  process.stderr.write(`PostgreSQL could not be started, its half of these tests is skipped: ${started.unavailable}\n`);
}
afterAll(() => Promise.all([sqlite.stop(), postgres.stop()]));

describe('records on SQLite', () => {
  for (const claim of CLAIMS) claim(sqlite);
});

(postgres === NONE ? describe.skip : describe)('records on PostgreSQL', () => {
  for (const claim of CLAIMS) claim(postgres);
});
