import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { as, bookingBody, finish, type World, withAttempt, world } from './support.ts';

let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(() => w.close());

const book = (name: string, phone = '+541143211234', key = 'alice') => w.book(key, { business: { name, phone } });
const list = async (query: string, key = 'alice') => {
  const answer = await w.app.inject({ url: `/v1/bookings?${query}`, headers: as(key) });
  return answer.json<{ data: { id: string; order?: object; stale?: boolean }[] }>();
};
const ids = async (query: string, key?: string) => (await list(query, key)).data.map(({ id }) => id).sort();

describe('GET /v1/bookings?q=', () => {
  it('finds by words, by the beginning of an id, and by a number or a part of it however it is written', async () => {
    const clinic = await book('Clínica Ñandú');
    const salon = await book('Peluquería', '+34911234567');
    expect(await ids('q=clinica')).toEqual([clinic]);
    expect(await ids(`q=${salon.slice(0, 14).toUpperCase()}`)).toEqual([salon]);
    for (const number of ['%2B34911234567', '+34 911 23 45 67', '0034-911-234567', '34911234567']) {
      expect([number, await ids(`q=${number}`)]).toEqual([number, [salon]]);
    }
    for (const part of ['911 23', '234567', '4321-12', '011 4321-1234'])
      expect([part, await ids(`q=${part}`)]).toEqual([part, [part.includes('4321') ? clinic : salon]]);
    expect(await ids('q=%2B34 911 23 45 99')).toEqual([]);
    expect(await ids('q=9999')).toEqual([]);
    expect(await ids('q=mauro')).toEqual([clinic, salon].sort());
    expect(await ids('q=mauro peluqueria')).toEqual([salon]);
    expect(await ids('q=%20')).toEqual([clinic, salon].sort());
  });

  it('never finds another client’s booking', async () => {
    const id = await book('Clínica', '+541143211234', 'bob');
    for (const q of [id, 'clinica', '%2B541143211234']) {
      expect(await ids(`q=${q}`)).toEqual([]);
      expect(await ids(`q=${q}`, 'olga')).toEqual([id]);
    }
  });

  it('filters by the time of acceptance, and refuses a day without its clock', async () => {
    const id = await book('Clínica');
    const at = (ms: number) => encodeURIComponent(new Date(Date.now() + ms).toISOString());
    expect(await ids(`created_from=${at(-60_000)}&created_before=${at(60_000)}`)).toEqual([id]);
    expect(await ids(`created_before=${at(-60_000)}`)).toEqual([]);
    expect(await ids(`created_from=${at(60_000)}`)).toEqual([]);
    const wrong = await w.app.inject({ url: '/v1/bookings?created_from=2026-11-24', headers: as('alice') });
    expect([wrong.statusCode, wrong.json().errors[0].field]).toEqual([422, 'created_from']);
  });

  it('filters by result and channel, and refuses words that are none', async () => {
    const id = await book('Clínica');
    await book('Otra');
    await finish(w, id);
    expect(await ids('result=confirmed&channel=native')).toEqual([id]);
    expect(await ids('result=declined')).toEqual([]);
    const answer = await w.app.inject({ url: '/v1/bookings?result=nonsense&channel=x', headers: as('alice') });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map(({ field }: { field: string }) => field)).toEqual(['channel', 'result']);
  });
});

describe('include=order', () => {
  it('gives rows and bookings what was asked for; without it, nothing of it', async () => {
    const id = await book('Clínica');
    expect((await list('')).data[0]).not.toHaveProperty('order');
    expect((await list('include=order')).data[0]!.order).toMatchObject({
      ...bookingBody(),
      business: { name: 'Clínica', phone: '+541143211234' },
    });
    const one = await w.app.inject({ url: `/v1/bookings/${id}?include=order`, headers: as('alice') });
    expect(one.json()).toMatchObject({ id, order: { business: { name: 'Clínica' } } });
    expect(one.json().order).not.toHaveProperty('id');
    expect((await w.app.inject({ url: `/v1/bookings/${id}`, headers: as('alice') })).json()).not.toHaveProperty(
      'order',
    );
  });

  it('says how far the budget of a channel has come that was dialed', async () => {
    const id = await book('Clínica');
    withAttempt(w, id, { channel: 'native', started_at: '2026-11-25T12:00:00.000Z' });
    const one = await w.app.inject({ url: `/v1/bookings/${id}?include=order`, headers: as('alice') });
    expect(one.json().budgets).toMatchObject([
      { channel: 'native', attempts: 1, started_at: '2026-11-25T12:00:00.000Z', ends_at: '2026-11-25T12:15:00.000Z' },
      { channel: 'bridge', attempts: 0, started_at: null, ends_at: null },
    ]);
  });
});

describe('from=records', () => {
  it('asks no workflow', async () => {
    await book('Clínica');
    const before = w.gateway.asked;
    await list('from=records');
    expect(w.gateway.asked).toBe(before);
    await list('');
    expect(w.gateway.asked).toBe(before + 1);
  });

  it('answers 304 as long as nothing is new, and in full when something is', async () => {
    const id = await book('Clínica');
    const ask = (etag?: string) =>
      w.app.inject({
        url: '/v1/bookings?from=records',
        headers: { ...as('alice'), ...(etag && { 'if-none-match': etag }) },
      });
    const first = await ask();
    const etag = String(first.headers.etag);
    const again = await ask(etag);
    expect([again.statusCode, again.body]).toEqual([304, '']);
    await finish(w, id);
    const changed = await ask(etag);
    expect([changed.statusCode, changed.json().data[0].status]).toEqual([200, 'completed']);
    expect(changed.headers.etag).not.toBe(etag);
  });
});
