import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { childAcceptor } from '../../accepting/accept.ts';
import { shortlistAcceptor } from '../../accepting/accept-shortlist.ts';
import { createActivities } from '../../activities/index.ts';
import type { ShortlistActivities } from '../../activities/interface.ts';
import { shortlistRequestSchema } from '../../domain/schemas/shortlist.ts';
import { initialShortlist } from '../../domain/shortlist/state.ts';
import { progressOf } from '../../domain/shortlist/view.ts';
import { confirmed, finish, type World, world } from '../api/support.ts';
import { type World as Activities, world as activitiesWorld, environment } from './world.ts';

let here: World;
let there: Activities;
let id: string;

const body = {
  candidates: [
    { business: { name: 'Uno', phone: '+541143210101' } },
    {
      business: {
        name: 'Dos',
        phone: '+541143210102',
        opening_hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '09:00', to: '10:00' }],
      },
    },
  ],
  request: { service_type: 'dentista', user_name: 'Mauro' },
  escalation: { native: { max_attempts: 1 }, simulation: { scenario: 'ofrece el martes' } },
  callback_url: 'https://client.example/hook',
};

beforeEach(async () => {
  here = await world();
  there = await activitiesWorld({ records: here.records });
  const given = { ...here.deps, now: Date.now };
  there.deps.children = {
    accept: childAcceptor({ ...given, counted: () => {} }),
    cancel: (bookingId) => here.gateway.cancel(bookingId),
  };
  const request = shortlistRequestSchema.parse(body);
  const accepted = await shortlistAcceptor(given)({ request, owner: here.deps.settings.ownerHash('alice') });
  if (!('view' in accepted)) throw new Error(accepted.how);
  id = accepted.view.id;
});
afterEach(async () => {
  await here.close();
  await there.end();
});

type Name = keyof ShortlistActivities;
type Given<N extends Name> = Parameters<ShortlistActivities[N]>[0];
type Answer<N extends Name> = Awaited<ReturnType<ShortlistActivities[N]>>;
const run = <N extends Name>(name: N, input: Given<N>): Promise<Answer<N>> => {
  const activity = createActivities(there.deps)[name] as unknown as (given: Given<N>) => Promise<Answer<N>>;
  return environment().run(activity, input) as Promise<Answer<N>>;
};
const place = async (candidate: number, as: 'call' | 'callback' | 'simulation', turn = 1): Promise<string> => {
  const placed = await run('placeCandidate', { id, candidate, as, turn });
  if (placed.how !== 'placed') throw new Error(placed.how);
  return placed.booking_id;
};
const orderOf = async (bookingId: string) => (await here.records.booking(bookingId))!.order;

describe('a candidate’s booking', () => {
  it('has the shortlist’s wish, calls back and simulates never by itself, and comes once for each turn', async () => {
    const first = await place(1, 'call');
    expect(await place(1, 'call')).toBe(first);
    await finish(here, first, { outcome: { ...confirmed, result: 'callback_requested', proof: null } });
    const again = await place(1, 'callback', 2);
    expect(again).not.toBe(first);
    expect(here.gateway.started).toHaveLength(2);
    expect(await orderOf(first)).toMatchObject({
      business: { name: 'Uno' },
      request: { user_name: 'Mauro' },
      escalation: {
        native: { enabled: true, max_attempts: 1 },
        simulation: { enabled: false, scenario: 'ofrece el martes' },
        callback: { enabled: false },
      },
      shortlist: { id, candidate: 1 },
    });
    expect(await orderOf(first)).not.toHaveProperty('callback_url');
    expect(await here.records.booking(first)).toMatchObject({ owner: here.deps.settings.ownerHash('alice') });
  });

  it('simulates only when it is asked so, and then calls nobody', async () => {
    const { escalation } = await orderOf(await place(1, 'simulation'));
    expect(escalation).toMatchObject({ native: { enabled: false }, bridge: { enabled: false } });
    expect(escalation.simulation).toEqual({ enabled: true, scenario: 'ofrece el martes' });
  });

  it('waits for the accounts of its shortlist', async () => {
    there.deps.accounts = { ...there.deps.accounts, elevenlabs: 'agent_of_others' };
    await expect(place(1, 'call')).rejects.toThrow('another mode or other accounts');
    expect(here.gateway.started).toEqual([]);
  });

  it('gives its result, and a review in place of needs_review', async () => {
    const booking_id = await place(1, 'call');
    expect(await run('candidateEnding', { booking_id })).toBeUndefined();
    await finish(here, booking_id, { outcome: { ...confirmed, result: 'needs_review', proof: null } });
    expect(await run('candidateEnding', { booking_id })).toMatchObject({ result: 'needs_review', reviewed: false });
    const decision = {
      result: 'confirmed',
      confirmed_date: '2026-12-02',
      confirmed_time: '10:00',
      notes: null,
    } as const;
    await here.records.addReview({ booking_id, decision, by: 'Olga', at: new Date().toISOString(), key: 'k' });
    expect(await run('candidateEnding', { booking_id })).toMatchObject({
      result: 'confirmed',
      confirmed_date: '2026-12-02',
      reviewed: true,
    });
    expect(await run('candidateEnding', { booking_id: 'bk_nowhere' })).toMatchObject({ result: 'lost' });
  });

  it('gives the time of a call that the business asked for', async () => {
    const booking_id = await place(1, 'call');
    const callback_at = '2026-12-01T17:00:00-03:00';
    await finish(here, booking_id, {
      outcome: { ...confirmed, result: 'callback_requested', proof: null, callback_at },
    });
    expect(await run('candidateEnding', { booking_id })).toMatchObject({
      result: 'callback_requested',
      callback_at: Date.parse(callback_at),
    });
  });
});

describe('a shortlist', () => {
  it('knows when each candidate opens', async () => {
    const { at, opens } = await run('candidateHours', { id });
    // At START it is noon there.
    expect(opens).toEqual([at, Date.parse('2026-11-24T12:00:00.000Z')]);
  });

  it('takes the proof of its outcome from the booking, and keeps one message for its client', async () => {
    const booking_id = await place(1, 'call');
    await finish(here, booking_id);
    const input = { id, candidates: 2, created_at: new Date().toISOString(), phones: true, simulation: true };
    const state = initialShortlist({
      ...input,
      callback: { enabled: true, max_callbacks: 1, within_hours: 72 },
      sandbox: false,
    });
    const end = {
      result: 'confirmed' as const,
      candidate: 1,
      booking_id,
      confirmed_date: '2026-11-25',
      confirmed_time: '16:00',
      simulated: false,
      reviewed: false,
    };
    const progress = progressOf(state, { do: 'end', end }, Date.now());
    const events = [{ type: 'final' as const, at: progress.updated_at, outcome: progress.outcome! }];
    for (let n = 0; n < 2; n++) await run('saveShortlist', { id, version: 1, progress, events });
    const stored = (await here.records.shortlist(id))!;
    expect(stored.progress.outcome).toMatchObject({ booking_id, proof: confirmed.proof });
    const told = (await here.records.shortlistEventsAfter(id, 0, 9)).map(({ event }) => event);
    expect(told).toMatchObject([
      { type: 'status', status: 'completed' },
      { type: 'final', outcome: { proof: confirmed.proof } },
    ]);

    const posted: { url: string; id: string; body: string }[] = [];
    const statuses = [503, 200];
    there.deps.callbacks = {
      post: async (one) => {
        posted.push(one);
        return { status: statuses.shift()! };
      },
    };
    const until = '2100-01-01T00:00:00.000Z';
    await expect(run('tellShortlistClient', { id, until })).rejects.toThrow('answered 503');
    expect(await run('tellShortlistClient', { id, until })).toBe('delivered');
    expect(new Set(posted.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(JSON.parse(posted[0]!.body)).toMatchObject({
      type: 'shortlist.completed',
      data: { id, outcome: { result: 'confirmed' }, candidates: [{ business: { name: 'Uno' } }, {}] },
    });
    expect((await here.records.shortlistMessage(id))!.record).toMatchObject({
      state: 'delivered',
      deliveries: [{ status: 503 }, { status: 200 }],
    });
  });
});
