import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../domain/result.ts';
import { as, attempt, confirmed, finish, type World, world } from './support.ts';

const RATES = { currency: 'USD', twilio: 0.6, elevenlabs: 0.06 };
const NAMED = {
  rates: RATES,
  operatorKeys: ['olga', 'plain'],
  operatorNames: new Map([['olga', 'Olga Ruiz']]),
};

let w: World;
beforeEach(async () => {
  w = await world({ settings: { ...NAMED, homeCountry: 'AR' } });
});
afterEach(() => w.close());

const get = async (path: string, key = 'olga', headers: Record<string, string> = {}) =>
  (await w.app.inject({ url: path, headers: { ...as(key), ...headers } })).json();
const needsReview: Outcome = {
  ...confirmed,
  result: 'needs_review',
  confirmed_date: null,
  confirmed_time: null,
  proof: null,
};

describe('GET /v1/figures', () => {
  it('has those of the key’s own bookings, and all for an operator', async () => {
    const id = await w.book('alice');
    // Two minutes have begun.
    const call = attempt(`${id}.1`, { channel: 'native', status: 'completed', duration_seconds: 90 });
    w.gateway.workflows.set(id, { ...w.gateway.workflows.get(id)!, attempts: [call] });
    await finish(w, id);
    await finish(w, await w.book('bob'), { outcome: { ...confirmed, result: 'unreachable' } });
    const now = Date.now();
    const period = `from=${new Date(now - 3_600_000).toISOString()}&before=${new Date(now + 3_600_000).toISOString()}`;
    expect(await get(`/v1/figures?${period}`, 'alice')).toMatchObject({
      ...{ final: 1, confirmed: 1, unreachable: 0 },
      usage: { answered_calls: 1, talk_seconds: 90, estimated_cost: { amount: 1.29, currency: 'USD' } },
    });
    expect(await get(`/v1/figures?${period}`)).toMatchObject({ final: 2, confirmed: 1, unreachable: 1 });
  });

  it.each([
    ['', ['before', 'from']],
    ['from=2026-11-24&before=2026-11-25T00:00:00Z', ['from']],
    ['from=2026-11-25T00:00:00Z&before=2026-11-24T00:00:00Z', ['before']],
    ['from=2026-01-01T00:00:00Z&before=2026-11-24T00:00:00Z', ['before']],
  ])('names what is wrong in “%s”', async (query, fields) => {
    const answer = await w.app.inject({ url: `/v1/figures?${query}`, headers: as('olga') });
    expect(answer.statusCode).toBe(422);
    expect(
      answer
        .json()
        .errors.map(({ field }: { field: string }) => field)
        .sort(),
    ).toEqual(fields);
  });
});

describe('GET /v1/reviews-due', () => {
  it('counts what waits for a person, until it is reviewed', async () => {
    const id = await w.book('alice');
    await finish(w, id, { outcome: needsReview });
    expect(await get('/v1/reviews-due')).toEqual({ count: 1, newest: expect.any(String) });
    expect(await get('/v1/reviews-due', 'alice')).toMatchObject({ count: 1 });
    expect(await get('/v1/reviews-due', 'bob')).toEqual({ count: 0, newest: null });
  });
});

describe('GET /v1/numbers', () => {
  const read = (typed: string, key = 'olga', language = 'en') =>
    get(`/v1/numbers?${new URLSearchParams({ typed })}`, key, { 'accept-language': language });

  it.each([
    '+54 11 4321 1234',
    '011 4321-1234',
    '(011) 4321.1234',
    '11 4321 1234',
    '0054 11 4321 1234',
    '+541143211234',
  ])('understands %s as people of its country write it', async (typed) => {
    expect(await read(typed)).toMatchObject({
      number: '+541143211234',
      written: '+54 11 4321 1234',
      country: 'AR',
      problem: null,
    });
  });

  it('says what it may mean where that is not clear, and why it is never dialed', async () => {
    expect(await read('12345678')).toMatchObject({ number: null, written: null, open_bookings: [] });
    expect(await read('911')).toMatchObject({ number: null, problem: expect.stringContaining('emergency') });
  });

  it('names the open bookings of the number, each key those that it may see', async () => {
    const id = await w.book('alice');
    const done = await w.book('alice');
    await finish(w, done);
    const shown = { id, status: 'queued', service_type: 'dentista', user_name: 'Mauro' };
    // The same phone, as it is written for calls from abroad.
    for (const typed of ['011 4321-1234', '+54 9 11 4321 1234'])
      expect((await read(typed)).open_bookings).toMatchObject([shown]);
    expect((await read('011 4321-1234', 'alice')).open_bookings).toMatchObject([shown]);
    expect((await read('011 4321-1234', 'bob')).open_bookings).toEqual([]);
  });
});

describe('the name of an operator', () => {
  const review = (key: string, body: object, id: string) =>
    w.app.inject({ method: 'POST', url: `/v1/bookings/${id}/review`, headers: as(key), payload: body });
  const acts = async (query = '', key = 'olga') => (await get(`/v1/acts${query}`, key)).data;

  it('signs a review that gives none; a key without a name has to give one', async () => {
    const id = await w.book();
    await finish(w, id, { outcome: needsReview });
    const nameless = await review('plain', { result: 'declined' }, id);
    expect([nameless.statusCode, nameless.json().errors[0].field]).toEqual([422, 'by']);
    expect((await review('olga', { result: 'declined' }, id)).json().review.by).toBe('Olga Ruiz');
    expect((await review('olga', { result: 'voicemail', by: 'Legajo 7' }, id)).json().review.by).toBe('Legajo 7');
  });

  it('stands with what was canceled, erased and allowed again; a client’s deeds are not kept', async () => {
    const [mine, theirs] = [await w.book(), await w.book()];
    const send = (method: 'POST' | 'DELETE', url: string, key = 'olga') =>
      w.app.inject({ method, url, headers: as(key) });
    await send('POST', `/v1/bookings/${mine}/cancel`);
    await send('POST', `/v1/bookings/${theirs}/cancel`, 'alice');
    await finish(w, mine, { outcome: { ...confirmed, result: 'canceled' } });
    await send('POST', `/v1/bookings/${mine}/cancel`);
    await send('DELETE', `/v1/bookings/${mine}`, 'plain');
    await send('DELETE', `/v1/bookings/${mine}`, 'plain');
    await w.records.forbidNumber({
      phone_hash: 'h',
      phone_masked: '+54…34',
      booking_id: theirs,
      at: '2026-11-24T10:00:00Z',
    });
    expect((await send('DELETE', '/v1/do-not-call/h')).statusCode).toBe(204);
    const key = w.deps.settings.ownerHash('olga').slice(0, 8);
    expect(await acts()).toMatchObject([
      { act: 'allow', by: 'Olga Ruiz', key, booking_id: theirs, subject: '+54…34' },
      { act: 'erase', by: null, booking_id: mine },
      { act: 'cancel', by: 'Olga Ruiz', key, booking_id: mine, subject: null },
    ]);
    expect(await acts(`?booking=${mine}`)).toHaveLength(2);
    expect((await w.app.inject({ url: '/v1/acts', headers: as('alice') })).statusCode).toBe(403);
    expect(w.logged()).not.toContain('Olga');
  });

  it('is found by day, operator and kind, page by page', async () => {
    const key = w.deps.settings.ownerHash('olga').slice(0, 8);
    const add = (act: 'cancel' | 'erase', day: number, by: string | null) =>
      w.records.addAct({ act, at: `2026-11-${day}T12:00:00.000Z`, by, key, booking_id: `bk_of_${day}`, subject: null });
    for (const [i, day] of [20, 21, 22, 23].entries())
      await add(i % 2 === 0 ? 'cancel' : 'erase', day, i < 2 ? 'Olga Ruiz' : null);
    const days = async (query: string) =>
      (await acts(query)).map(({ booking_id }: { booking_id: string }) => booking_id.slice(-2));
    expect(await days('?act=erase')).toEqual(['23', '21']);
    expect(await days('?by=Olga%20Ruiz')).toEqual(['21', '20']);
    expect(await days('?from=2026-11-21T12:00:00Z&before=2026-11-23T12:00:00Z')).toEqual(['22', '21']);
    const first = await get('/v1/acts?limit=3');
    expect(first).toMatchObject({ next_cursor: expect.any(String), operators: ['Olga Ruiz'] });
    const last = await get(`/v1/acts?limit=3&cursor=${first.next_cursor}`);
    expect(last.data.map(({ booking_id }: { booking_id: string }) => booking_id)).toEqual(['bk_of_20']);
    expect(last.next_cursor).toBeNull();
    const wrong = await w.app.inject({ url: '/v1/acts?cursor=none&limit=3', headers: as('olga') });
    expect([wrong.statusCode, wrong.json().errors[0].field]).toEqual([422, 'cursor']);
  });

  it('stands with reviews and with numbers that were forbidden by hand', async () => {
    const id = await w.book();
    await finish(w, id, { outcome: needsReview });
    await review('olga', { result: 'declined' }, id);
    await review('olga', { result: 'declined' }, id);
    await w.app.inject({
      ...{ method: 'POST', url: '/v1/do-not-call', headers: as('olga') },
      payload: { phone: '+541143211299' },
    });
    expect(await acts()).toMatchObject([
      { act: 'forbid', by: 'Olga Ruiz', booking_id: null, subject: expect.stringContaining('99') },
      { act: 'review', by: 'Olga Ruiz', booking_id: id },
    ]);
  });
});
