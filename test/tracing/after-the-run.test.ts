import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import { lookOver } from '../../activities/look.ts';
import type { BookingRuns } from '../../domain/booking-runs.ts';
import { lineIdOf } from '../../domain/ids.ts';
import { iso } from '../../domain/iso.ts';
import type { InboundTaken } from '../../records/ports/inbound.ts';
import { type SpanFacts, switchTracing } from '../../tracing/span.ts';
import { environment, LINE, START, type World, world as workerWorld } from '../activities/world.ts';
import { world as apiWorld, as } from '../api/support.ts';
import { order, PHONE } from '../providers/samples.ts';
import { attemptOf, viewOf } from '../records/samples.ts';

const MINUTE_MS = 60_000;
/** A process traces the outcome of a booking once. */
const LOST = order({ id: 'bk_lostrun0001' });
const CALLED = order({ id: 'bk_calledback1' });

let spans: SpanFacts[];
let here: World;

beforeEach(async () => {
  spans = [];
  switchTracing((facts) => void spans.push(facts));
  here = await workerWorld();
});
afterEach(async () => {
  switchTracing(undefined);
  await here.end();
});

const names = (bookingId: string): string[] =>
  spans.flatMap((one) => (one.bookingId === bookingId ? [one.name] : [])).sort();

it('a booking whose run is gone has its root and its durations, from the worker that ended it', async () => {
  const { records } = here.deps;
  await records.acceptBooking({ order: LOST, owner: 'owner' });
  await records.markStarted(LOST.id);
  const attempts = [
    attemptOf(LOST.id, 1, { status: 'completed', duration_seconds: 20, ended_at: iso(START + 90_000) }),
  ];
  await records.saveSnapshot({ version: 3, view: viewOf(LOST, { attempts }), events: [] });
  here.clock.now = () => START + 10 * MINUTE_MS;
  const gone: Partial<BookingRuns> = {
    check: async () => undefined,
    open: async function* () {},
    standing: async () => ({ is: 'gone', outcome: undefined }),
  };
  await lookOver({ ...here.deps, runs: gone as BookingRuns });
  expect(names(LOST.id)).toEqual(['booking', 'concluded', 'rang', 'talked']);
  expect(spans.find(({ name, bookingId }) => name === 'booking' && bookingId === LOST.id)).toMatchObject({
    attributes: { 'vocero.result': 'needs_review', 'vocero.attempts': 1 },
  });
});

it('a canceled booking whose run is gone has its root, from the API that ended it', async () => {
  const api = await apiWorld();
  const id = await api.book('alice');
  api.gateway.workflows.delete(id);
  await api.app.inject({ method: 'POST', url: `/v1/bookings/${id}/cancel`, headers: as('alice') });
  await api.close();
  expect(names(id)).toEqual(expect.arrayContaining(['booking', 'concluded']));
  expect(spans.find(({ name, bookingId }) => name === 'booking' && bookingId === id)!.attributes).toMatchObject({
    'vocero.result': 'canceled',
  });
});

it('a call of the business after the outcome has its ring and its talk, and a repeat gives the same spans', async () => {
  const { records, phoneHash, phoneHashes } = here.deps;
  const phone_hash = phoneHash(PHONE);
  await records.acceptBooking({ order: CALLED, owner: 'owner', phone_hash });
  await records.markStarted(CALLED.id);
  const rang = attemptOf(CALLED.id, 1, { channel: 'bridge', status: 'no_answer', ended_at: iso(START) });
  const outcome = { ...viewOf(CALLED), status: 'failed' as const };
  await records.claimDial({
    ...{ call_id: `${CALLED.id}.1`, run_id: 'run', channel: 'bridge', caller: null, at: iso(START), known: [1] },
    phone_hashes: [phone_hash],
  });
  await records.saveSnapshot({ version: 1, view: { ...outcome, attempts: [rang] }, events: [] });
  const taken: InboundTaken = await records.takeInbound({
    ...{ call_sid: 'CA-back', phone_hashes: phoneHashes(PHONE), phone_masked: '+54…34', line_id: lineIdOf(phone_hash) },
    ...{ channel: 'bridge', at: iso(START + MINUTE_MS), since: iso(START - MINUTE_MS), mayAct: () => true },
  });
  if (taken.is !== 'talk') throw new Error(`the call was not taken: ${taken.is}`);
  const { call_id } = taken;
  const status = { call_id, kind: 'call_status', source: 'callback', call_sid: 'CA-back' } as const;
  const heard = [
    { ...status, id: 'joined', at: iso(START + MINUTE_MS + 1_000), status: 'in-progress' as const },
    { ...status, id: 'over', at: iso(START + 2 * MINUTE_MS), status: 'completed' as const },
  ];
  const follow_up = { at: iso(START + MINUTE_MS), call_id, report: null, proof: null };
  const activities = createActivities(here.deps);
  for (let time = 0; time < 2; time++)
    await environment().run(activities.concludeFollowUp, { call_id, line_id: LINE, heard, follow_up });
  const own = spans.filter(({ key }) => key === call_id);
  expect(own.map(({ name, from, to }) => [name, from - START, to - START])).toEqual([
    ['rang', MINUTE_MS, MINUTE_MS + 1_000],
    ['talked', MINUTE_MS + 1_000, 2 * MINUTE_MS],
    ['rang', MINUTE_MS, MINUTE_MS + 1_000],
    ['talked', MINUTE_MS + 1_000, 2 * MINUTE_MS],
  ]);
  expect(own[0]!.attributes).toMatchObject({ 'vocero.call.after_outcome': true, 'vocero.call.direction': 'inbound' });
});
