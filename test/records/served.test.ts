import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CLOSED } from '../../domain/circuit.ts';
import { callIdOf } from '../../domain/ids.ts';
import type { Outcome } from '../../domain/result.ts';
import type { Records } from '../../records/interface.ts';
import { openRecords } from '../../records/open.ts';
import { type Databases, sqliteFiles } from './databases.ts';
import { startPostgres } from './postgres.ts';
import { accepted, attemptOf, callStatus, orderOf, snapshotOf, turn } from './samples.ts';
import { setGate } from './set-gate.ts';
import { DECLINED, shortlistEnd, shortlistOf } from './shortlist-samples.ts';
import { useBatches } from './use-batches.ts';

/** Every statement of the product is served by an index: what it takes must not grow with what is stored. */

const GROW =
  'bookings|batches|batch_rows|batch_events|batch_counts|batch_erasures|events|attempts|evidence|turns|recordings|links|unclaimed|stream_tokens|hosted_calls|messages|deliveries|reviews|erasures|erasure_traces|erased_ids|lines|line_waiters|line_turns|dials|key_marks|prohibitions|inbound_calls|shortlists|shortlist_events|calendar_feeds|acts';
/** Sorted after an index gave the rows of one booking or of one call: few. */
const OF_ONE = /where ("messages"\.)?"(booking_id|call_sid|conversation_id)" = |where "waiter"."line_id" = /;
const AT = '2026-11-24T10:00:00.000Z';
const LATER = '2026-11-24T11:00:00.000Z';

interface Query {
  sql: string;
  parameters: readonly unknown[];
}

async function everyMethod(databaseUrl: string): Promise<{ queries: Query[]; unused: string[] }> {
  const heard = new Map<string, Query>();
  const opened = await openRecords({ databaseUrl, onQuery: (query) => heard.set(query.sql, query) });
  await opened.migrate();
  heard.clear();
  const used = new Set<string>(['migrate', 'close']);
  const records = new Proxy(opened, {
    get(target, name) {
      used.add(String(name));
      return target[name as keyof Records];
    },
  });
  await useEverything(records);
  await opened.close();
  return { queries: [...heard.values()], unused: Object.keys(opened).filter((name) => !used.has(name)) };
}

async function useEverything(records: Records): Promise<void> {
  const order = await accepted(records, orderOf('bk_everything'), 'owner');
  const { id } = order;
  const call = callIdOf(id, 1);
  await records.acceptBooking({
    order: orderOf('bk_keyed'),
    owner: 'owner',
    idempotency: { key: 'k', body_hash: 'h' },
  });
  await records.acceptBooking({
    order: orderOf('bk_again'),
    owner: 'owner',
    idempotency: { key: 'k', body_hash: 'h' },
  });
  await accepted(records, orderOf('bk_other'), 'other');
  await records.ping();
  await records.installation();
  await records.clock();
  await records.renewId();
  await records.keepPlace((await records.place()) ?? 'here');
  await records.raiseEpoch(AT, 3);
  await records.holdDialing({ why: 'a test', held_at: AT }, 'here');
  await records.takeLine({ line_id: 'l9', booking_id: 'bk_other', now: AT, until: LATER, for_dial: true });
  await records.resumeDialing(AT);
  await records.releaseLine({ line_id: 'l9', booking_id: 'bk_other', asked_at: LATER });
  await records.adoptDial({ call_id: callIdOf('bk_other', 9), channel: 'native', at: AT, call_sid: 'CA_lost' });
  await records.booking(id);
  await records.ordersOf([id]);
  await records.saveSnapshot(
    snapshotOf(order, 1, [], { attempts: [attemptOf(id, 1, { ended_at: AT, status: 'completed' })] }),
  );
  const outcome: Outcome = {
    result: 'confirmed',
    channel: 'native',
    simulated: false,
    confirmed_date: null,
    confirmed_time: null,
    notes: null,
    evidence: [],
    proof: null,
    offers: [],
    callback_at: null,
  };
  const evidence = callStatus(id, 'ev_1');
  await records.saveSnapshot(
    snapshotOf(order, 2, [{ key: 'e', event: { type: 'evidence', at: AT, evidence } }], {
      status: 'needs_review',
      outcome,
    }),
  );
  await records.saveSnapshot(snapshotOf(orderOf('bk_missing'), 1));
  await records.addEvidence(evidence);
  await records.evidence(id);
  await records.eventsAfter(id, 0, 10);
  await records.addTurn(call, turn(0));
  await records.addTurn(call, turn(0));
  await records.putTranscript(call, [turn(0)], 'conversation');
  await records.putTranscript(call, [turn(0)], 'attempt');
  await records.transcript(id);
  await records.turnsOf(call);
  await records.putRecording({ call_id: call, path: 'x', content_type: 'audio/wav', bytes: 1 });
  await records.recording(id);
  await records.linkAttempt(call, { call_sid: 'CA1', conversation_id: 'conv_1' });
  await records.noteConversation(call, 'conv_2');
  await records.findAttempt({ call_sid: 'CA9', conversation_id: 'conv_9' });
  await records.addUnclaimed({ call_sid: 'CA8', at: AT, evidence });
  await records.claim({ call_sid: 'CA8', conversation_id: 'conv_8' });
  await records.addUnclaimed({ call_sid: 'CA9', at: AT, evidence: { ...evidence, id: 'e9' } });
  await records.claimFor(callIdOf('bk_nobody', 1), { call_sid: 'CA9' }).catch(() => undefined);
  await records.forgetUnclaimed();
  await records.issueStreamToken({ hash: 't', call_id: call, call_sid: 'CA1', expires_at: LATER });
  await records.takeStreamToken('t', call, 'CA1', AT);
  await records.beatBridge({ id: 'b', url: 'ws://x', live: 0, draining: false, now: AT, calls: [call] });
  await records.hasBridge(AT);
  await records.hostCall({ call_id: callIdOf(id, 2), now: AT, again: false });
  await records.callOver(call);
  await records.streamEpoch(call);
  await records.leaveBridge('b');
  await records.takeLine({ line_id: 'l', booking_id: 'bk_keyed', now: AT, until: LATER });
  await records.releaseLine({ line_id: 'l', booking_id: 'bk_keyed', asked_at: AT });
  await records.takeLine({ line_id: 'l2', booking_id: 'bk_keyed', now: AT, until: LATER, phone_hashes: ['p', 'q'] });
  await records.takeLine({ line_id: 'l2', booking_id: id, now: AT, until: LATER });
  await records.takeLine({ line_id: 'l2', booking_id: 'bk_other', now: AT, until: LATER });
  await records.releaseLine({ line_id: 'l2', booking_id: 'bk_keyed', asked_at: AT });
  const dial = {
    call_id: callIdOf('bk_keyed', 1),
    run_id: 'r',
    channel: 'native' as const,
    caller: '+15005550006',
    at: AT,
  };
  await records.claimDial({ ...dial, known: [], phone_hashes: ['p', 'q'] });
  await records.claimDial({ ...dial, call_id: callIdOf('bk_nobody', 1), known: [], phone_hashes: ['p'] });
  await records.dialsOf('bk_keyed');
  await records.addEvidence({ ...callStatus('bk_keyed', 'rejected'), status: 'failed', sip_code: 603 } as never);
  await records.callsBeside(dial.call_id, 50);
  await records.rejectedCalls();
  await records.callUsage();
  await records.takeCallerAlarm('+15005550006', 1_000, 500);
  await records.saveSnapshot(snapshotOf(orderOf('bk_keyed'), 1, [], { attempts: [attemptOf('bk_keyed', 1)] }));
  const caller = {
    call_sid: 'CA_in',
    phone_hashes: ['p', 'q'],
    phone_masked: '+54…34',
    line_id: 'l3',
    channel: 'native' as const,
    at: AT,
    since: AT,
    mayAct: () => true,
  };
  for (const call_sid of ['CA_in', 'CA_in', 'CA_again']) await records.takeInbound({ ...caller, call_sid });
  const stranger_call_id = callIdOf('bk_stranger', 9_001);
  await records.takeInbound({ ...caller, call_sid: 'CA_x', phone_hashes: ['z'], line_id: 'l4', stranger_call_id });
  await records.strangerOf(stranger_call_id);
  await records.inboundCall(callIdOf('bk_keyed', 9_001));
  await records.callsToUs('bk_keyed');
  await records.claimDial({ ...dial, call_id: callIdOf('bk_keyed', 2), known: [1, 2], phone_hashes: ['p'] });
  await records.claimDial({
    ...dial,
    call_id: callIdOf('bk_keyed', 2),
    known: [1, 2, 9_001],
    phone_hashes: ['p'],
    line_id: 'l3',
  });
  await records.inboundOver(callIdOf('bk_keyed', 9_001), 'l3');
  await records.noteFollowUp('bk_keyed', { at: AT, call_id: callIdOf('bk_keyed', 9_001), report: null, proof: null });
  await records.recording('bk_keyed', callIdOf('bk_keyed', 9_001));
  await records.unclaimDial(dial.call_id, 'r');
  await records.keepOpening(call);
  await records.openingHeard(call);
  await records.acceptBooking({
    order: orderOf('bk_bound'),
    owner: 'owner',
    phone_hash: 'p',
    bounds: { key: 9, number: 9 },
  });
  await records.keyMark('k');
  await records.keepKeyMark('k', 'one');
  await records.keepKeyMark('k', 'two', 'one');
  await records.numberHashedBefore();
  await records.liveLegs();
  await records.circuit('twilio');
  await records.changeCircuit('twilio', () => ({ ...CLOSED }));
  await records.changeCircuit('twilio', () => ({ ...CLOSED }));
  const wanted = [{ gate: 'twilio', count: 1, most: 5 }];
  await records.takeSlots({ call_id: call, booking_id: id, wanted, now: AT, until: LATER });
  const places = { call_id: 'bk_keyed.1', batch: 'ba_1', wanted: [{ gate: 'batch:ba_1', count: 1 }] };
  await setGate(records, 'batch:ba_1', 0);
  await records.takeLine({ line_id: 'l3', booking_id: 'bk_keyed', now: AT, until: LATER, places });
  await records.takeLine({ line_id: 'l3', booking_id: id, now: AT, until: LATER, places });
  await setGate(records, 'batch:ba_1', 1);
  await records.mindPlaces(LATER, LATER, 10);
  await records.releaseLine({ line_id: 'l3', booking_id: 'bk_keyed', asked_at: LATER });
  await records.releaseSlots(call);
  await records.slotsTaken(AT);
  await records.countWaiting();
  const message = { id: 'm', type: 'booking.reviewed', booking_id: id, timestamp: AT } as never;
  await records.putMessage(message);
  await records.message('m');
  await records.addDelivery({ message_id: 'm', at: AT, status: 200, error: null, state: 'delivered' });
  await records.messages(id);
  await records.addReview({ booking_id: id, decision: { result: 'declined' } as never, by: 'olga', at: AT, key: 'k' });
  await records.reviews(id);
  await listEverything(records);
  for (const owner of [undefined, 'o']) {
    await records.figures({ owner, from: AT, before: LATER });
    await records.reviewsDue(owner);
    await records.openOfNumber({ phone_hashes: ['p', 'q'], owner, limit: 3 });
  }
  await records.addAct({ act: 'erase', at: AT, by: 'Olga', key: 'k', booking_id: id, subject: null });
  for (const booking_id of [undefined, id]) await records.acts({ booking_id, limit: 10 });
  for (const only of [
    { act: 'erase' as const },
    { by: 'Olga' },
    { key: 'k' },
    { from: AT, before: LATER },
    { after: 9 },
  ])
    await records.acts({ ...only, limit: 10 });
  await useShortlists(records);
  await records.countByStatus();
  await records.countReviewsOpen();
  await records.foldCounts();
  await records.openSession({ hash: 's', owner: 'o', now: AT, until: LATER });
  await records.sessionOwner('s', AT);
  await records.closeSession('s');
  const feed = { id: 'cf_1', owner: 'o', batch: null, created_at: AT, token_hash: 'h', most: 5 };
  await records.addCalendarFeed(feed);
  await records.calendarFeeds('o', AT);
  await records.readCalendarFeed('h', AT);
  await records.removeCalendarFeed('cf_1', 'o');
  await records.forbidNumber({ phone_hash: 'p', phone_masked: '…', booking_id: id, at: AT });
  await records.forbidNumber({ phone_hash: 'r', phone_masked: '…', booking_id: id, at: AT, call_id: call });
  await records.forbidden(AT);
  await records.prohibitionOf(['p', 'q'], AT);
  await records.allowNumber('p');
  const page = { status: 'queued' as const, accepted_before: LATER, limit: 10 };
  await records.openBookings(page);
  await records.openBookings({ ...page, after: { created_at: AT, id: 'bk_x' } });
  await records.noteWindow(id, { from: 0, to: 60 });
  await records.openByAccounts();
  const lost = await accepted(records, orderOf('bk_lost'), 'owner');
  await records.endLost(snapshotOf(lost, 1, [], { status: 'needs_review', outcome }).view);
  await records.releaseSlotsOf('bk_lost');
  await records.dueForAudit({ final_before: LATER, now: LATER, limit: 10 });
  await records.nextAuditAt(1_000);
  await records.setAudit({ booking_id: 'bk_lost', audits: 1, next: LATER });
  await records.addContradictions('bk_lost', [{ kind: 'unknown_call', call_sid: 'CA1' }], AT);
  await records.dialsTo({ phone_hash: 'p', booking_id: id, since: AT });
  await records.ownersOf(['CA1', 'CA2']);
  await records.unknownAmong([id]);
  await useBatches(records);
  await records.dueForErasure({ final_before: LATER, begun_before: LATER, limit: 100 });
  await records.beginErasure(id, { at: AT });
  await records.beginErasure('bk_nobody', { at: AT });
  await records.erasure(id);
  await records.callNumbersOf(id);
  await records.addTraces(id, [{ kind: 'call_sid', provider_id: 'CA1' }]);
  await records.forgetBooking(id);
  await records.tracesLeft(id);
  await records.traceGone(id, { kind: 'call_sid', provider_id: 'CA1' });
  await records.finishErasure(id, AT);
  await records.isErased({ booking_id: id, call_sid: 'CA1', conversation_id: 'conv_1' });
}

async function useShortlists(records: Records): Promise<void> {
  const order = shortlistOf('sl_one');
  const accounts = { mode: 'live', twilio: null, elevenlabs: null, played: false, caller: null } as const;
  for (const body_hash of ['h', 'h', 'i'])
    await records.acceptShortlist({ order, owner: 'o', accounts, idempotency: { key: 'k', body_hash }, most: 9 });
  await records.markShortlistStarted(order.id);
  await records.shortlist(order.id);
  for (const owner of [undefined, 'o']) {
    await records.listShortlists({ owner, limit: 10 });
    await records.listShortlists({ owner, limit: 10, after: { created_at: AT, id: 'sl_x' } });
  }
  const child = orderOf('bk_of_sl');
  await accepted(records, { ...child, shortlist: { id: order.id, candidate: 1 } }, 'owner');
  await records.bookingsOfShortlist(order.id);
  await records.dropUnstartedOf(order.id);
  for (const state of ['open', 'untold'] as const) {
    await records.unfinishedShortlists({ state, limit: 10 });
    await records.unfinishedShortlists({ state, after: 'sl_a', limit: 10 });
  }
  await records.cancelShortlist(order.id, AT);
  await records.saveShortlist(shortlistEnd(order, 'bk_of_sl'));
  await records.saveSnapshot(snapshotOf(child, 1, [], { status: 'completed', outcome: DECLINED }));
  await records.shortlistEventsAfter(order.id, 0, 10);
  await records.shortlistMessage(order.id);
  await records.addShortlistDelivery(order.id, { at: AT, status: 200, error: null }, 'delivered');
  await records.beginErasure('bk_of_sl', { at: AT });
  await records.forgetBooking('bk_of_sl');
  await records.forgetShortlists({ final_before: LATER, limit: 10 });
}

/** Each combination of what pages can be asked by. */
async function listEverything(records: Records): Promise<void> {
  const after = { created_at: AT, id: 'bk_x' };
  const searches = [
    undefined,
    { text: 'x y' },
    { id_prefix: 'bk_' },
    { id_prefix: 'bk_everything' },
    { phone_hashes: ['p', 'q'] },
    { phone_hashes: ['p', 'q'], digits: '4321' },
  ];
  const parts = [
    { owner: 'owner' },
    { status: 'completed' as const },
    { channel: 'native' as const },
    { result: 'confirmed' as const },
    { reviewed: true },
    { after },
    { created_from: AT, created_before: LATER },
  ];
  const parents = [undefined, { shortlist: 'sl_x' }, { batch: 'ba_x' }];
  for (const search of searches) {
    for (let chosen = 0; chosen < 2 ** parts.length; chosen++) {
      const query = Object.assign({}, ...parts.filter((_, i) => chosen & (1 << i)));
      for (const parent of parents) await records.listBookings({ ...query, search, parent, limit: 10 });
    }
  }
}

const isPlanned = ({ sql }: Query): boolean => /^\s*(select|insert|update|delete|with)\b/i.test(sql);

describe('on SQLite', () => {
  const databases = sqliteFiles();
  let plans: { sql: string; steps: string[] }[];
  let unused: string[];
  beforeAll(async () => {
    const url = await databases.newDatabase();
    const all = await everyMethod(url);
    unused = all.unused;
    const db = new DatabaseSync(url.slice('file:'.length));
    plans = all.queries.filter(isPlanned).map(({ sql, parameters }) => ({
      sql,
      steps: db
        .prepare(`explain query plan ${sql}`)
        .all(...(parameters as string[]))
        .map(({ detail }) => String(detail)),
    }));
    db.close();
  }, 120_000);
  afterAll(() => databases.stop());

  it('all methods were tried, and all combinations of what pages are asked by', () => {
    expect(unused).toEqual([]);
    expect(plans.length).toBeGreaterThan(300);
  });

  it('no statement goes over a table that grows', () => {
    const scan = new RegExp(`^SCAN (${GROW})\\b`);
    const found = plans.filter(({ sql, steps }) =>
      steps.some(
        (step) =>
          scan.test(step) &&
          // Holds open bookings alone, of which there is a bound.
          step !== 'SCAN bookings USING COVERING INDEX bookings_open_by_accounts' &&
          // Open batches alone, once an hour.
          step !== 'SCAN batches USING INDEX batches_open' &&
          // One page, from its newest row on.
          !(
            /^SCAN (bookings USING COVERING INDEX bookings_by_(time|review)|batches USING COVERING INDEX batches_by_time|shortlists USING INDEX shortlists_by_time|acts)$/.test(
              step,
            ) && / limit /.test(sql)
          ),
      ),
    );
    expect(found).toEqual([]);
  });

  it('no statement sorts what it found, but for the rows of one booking', () => {
    const found = plans.filter(
      ({ sql, steps }) =>
        new RegExp(`from "(${GROW})"`).test(sql) &&
        !OF_ONE.test(sql) &&
        steps.some((step) => step.includes('TEMP B-TREE')),
    );
    expect(found).toEqual([]);
  });

  it('pages are found in the index alone', () => {
    const pages = plans.filter(
      ({ sql }) => /from "bookings" .*order by "created_ms" desc, "id" desc/.test(sql) && !sql.includes('phone_hash'),
    );
    expect(pages.length).toBeGreaterThan(100);
    expect(
      pages.filter(
        ({ steps }) =>
          !/USING COVERING INDEX (bookings_by_(owner|status|result|review|time|parent)|batches_by_(owner|status|time))/.test(
            steps.join(),
          ),
      ),
    ).toEqual([]);
  });
});

const started = await startPostgres();
const postgres: Databases | undefined = 'unavailable' in started ? undefined : started;
afterAll(() => postgres?.stop());

(postgres ? describe : describe.skip)('on PostgreSQL', () => {
  it('every statement has an index to go by, and sorts nothing but the rows of one booking', async () => {
    const url = await postgres!.newDatabase();
    const { queries } = await everyMethod(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // What is left then, there is no other way for.
    await client.query('set enable_seqscan = off; set enable_sort = off');
    const seqScan = new RegExp(`Seq Scan on (${GROW})\\b`);
    const found: string[] = [];
    for (const { sql, parameters } of queries.filter(isPlanned)) {
      const { rows } = await client.query(`explain ${sql}`, [...parameters]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      const sorts = /\bSort\b/.test(plan) && new RegExp(`from "(${GROW})"`).test(sql) && !OF_ONE.test(sql);
      if (seqScan.test(plan) || sorts) found.push(`${sql}\n${plan}`);
    }
    await client.end();
    expect(found).toEqual([]);
  }, 120_000);
});
