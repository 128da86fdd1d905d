import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { as, bookingBody, confirmed, finish, type World, withAttempt, world } from './support.ts';

let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(() => w.close());

const post = (payload: object, headers: Record<string, string> = {}) =>
  w.app.inject({ method: 'POST', url: '/v1/bookings', headers: { ...as('alice'), ...headers }, payload });
const get = (url: string, key = 'alice') => w.app.inject({ url, headers: as(key) });

describe('POST /v1/bookings', () => {
  it('starts one workflow with the order, its defaults and the number’s zone', async () => {
    const answer = await post(bookingBody());
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ status: 'queued', outcome: null, channel: null, attempts: [], metadata: {} });
    expect(w.gateway.started).toHaveLength(1);
    const { order } = w.gateway.started[0]!;
    expect(order.id).toBe(answer.json().id);
    expect(order.zones.every((zone) => zone.startsWith('America/'))).toBe(true);
    expect(order.escalation.bridge).toMatchObject({ budget_seconds: 7200 });
  });

  it('takes an emoji name, and a given time zone instead of the number’s', async () => {
    const body = bookingBody();
    const answer = await post({ ...body, business: { ...body.business, name: '🦷💈', timezone: 'Europe/Madrid' } });
    expect(answer.statusCode).toBe(202);
    expect(w.gateway.started[0]!.order).toMatchObject({ business: { name: '🦷💈' }, zones: ['Europe/Madrid'] });
  });

  it('answers the same key and body with the same booking, however the body is spelled', async () => {
    const key = { 'idempotency-key': 'k1' };
    const first = await post(bookingBody(), key);
    const { business, request } = bookingBody();
    const again = await post({ metadata: {}, request, escalation: { native: {} }, business }, key);
    expect([first.statusCode, again.statusCode]).toEqual([202, 200]);
    expect(again.json().id).toBe(first.json().id);
    expect(w.gateway.started).toHaveLength(1);
  });

  it('answers another body under the same key with 409, and another client’s same key with its own booking', async () => {
    const key = { 'idempotency-key': 'k1' };
    const first = await post(bookingBody(), key);
    expect((await post({ ...bookingBody(), language: 'en' }, key)).statusCode).toBe(409);
    const other = await post(bookingBody(), { ...key, ...as('bob') });
    expect(other.statusCode).toBe(202);
    expect(other.json().id).not.toBe(first.json().id);
  });

  it('makes one booking of simultaneous requests with one key', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(bookingBody(), { 'idempotency-key': 'k' })));
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 202]);
    expect(w.gateway.started).toHaveLength(1);
  });

  it('answers 503 while Temporal is out of reach, shows nothing, and starts on the repeated request', async () => {
    w.gateway.down = true;
    const key = { 'idempotency-key': 'k1' };
    const refused = await post(bookingBody(), key);
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await get('/v1/bookings')).json().data).toEqual([]);
    w.gateway.down = false;
    const answer = await post(bookingBody(), key);
    expect(answer.statusCode).toBe(200);
    expect(w.gateway.workflows.has(answer.json().id)).toBe(true);
    expect((await get(`/v1/bookings/${answer.json().id}`)).statusCode).toBe(200);
  });

  it('answers 503 while the process is about to end, and reads go on', async () => {
    await w.close();
    let accepting = true;
    w = await world({ deps: { accepting: () => accepting } });
    const id = await w.book();
    accepting = false;
    expect((await post(bookingBody())).statusCode).toBe(503);
    expect((await get(`/v1/bookings/${id}`)).statusCode).toBe(200);
  });

  it('accepts while no worker polls', async () => {
    w.gateway.workerless = true;
    expect((await post(bookingBody())).statusCode).toBe(202);
  });
});

describe('GET /v1/bookings/{id}', () => {
  it('asks the workflow, and says stale when it cannot be asked', async () => {
    const id = await w.book();
    withAttempt(w, id);
    const fresh = (await get(`/v1/bookings/${id}`)).json();
    expect(fresh).toMatchObject({ status: 'in_progress', attempts: [{ call_id: `${id}.1` }] });
    expect(fresh).not.toHaveProperty('stale');
    w.gateway.workerless = true;
    expect((await get(`/v1/bookings/${id}`)).json()).toMatchObject({ status: 'queued', stale: true });
  });

  it('reads a final booking from the database alone', async () => {
    const id = await w.book();
    await finish(w, id);
    w.gateway.down = true;
    const asked = w.gateway.asked;
    const view = (await get(`/v1/bookings/${id}`)).json();
    expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', simulated: false } });
    expect(view).not.toHaveProperty('stale');
    expect(w.gateway.asked).toBe(asked);
  });
});

describe('who sees what', () => {
  it('hides a booking from every other key, and shows all to operators', async () => {
    const id = await w.book('alice');
    for (const path of ['', '/events', '/transcript', '/recording']) {
      expect((await get(`/v1/bookings/${id}${path}`, 'bob')).statusCode).toBe(404);
      expect((await get(`/v1/bookings/bk_unknown${path}`)).statusCode).toBe(404);
    }
    const cancel = await w.app.inject({ method: 'POST', url: `/v1/bookings/${id}/cancel`, headers: as('bob') });
    expect(cancel.statusCode).toBe(404);
    expect((await get('/v1/bookings', 'bob')).json().data).toEqual([]);
    expect((await get(`/v1/bookings/${id}`, 'olga')).statusCode).toBe(200);
    expect((await get('/v1/bookings', 'olga')).json().data).toHaveLength(1);
  });

  it('keeps clients apart when the API keys are the operators’ keys too', async () => {
    await w.close();
    w = await world({ settings: { operatorKeys: ['alice', 'bob'] } });
    const id = await w.book('alice');
    expect((await get(`/v1/bookings/${id}`, 'bob')).statusCode).toBe(404);
    expect((await get('/v1/do-not-call', 'bob')).statusCode).toBe(200);
  });

  it.each([undefined, 'Bearer wrong', 'Bearer ', 'Basic alice', 'alice', 'Bearer alicealice', 'Bearer alice bob'])(
    'refuses Authorization %p with a 401 problem',
    async (authorization) => {
      const answer = await w.app.inject({ url: '/v1/bookings', headers: authorization ? { authorization } : {} });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(answer.headers['www-authenticate']).toMatch('Bearer');
    },
  );

  it('is open to all when there are no keys', async () => {
    await w.close();
    w = await world({ settings: { apiKeys: [], operatorKeys: [] } });
    expect((await w.app.inject('/v1/bookings')).statusCode).toBe(200);
  });
});

describe('GET /v1/bookings', () => {
  it('pages through every booking once, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await w.book());
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const page = (await get(`/v1/bookings?limit=2${query}`)).json();
      seen.push(...page.data.map((row: { id: string }) => row.id));
      cursor = page.next_cursor;
    } while (cursor);
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it('filters by status and shows rows as their workflows know them', async () => {
    const [a, b] = [await w.book(), await w.book()];
    await finish(w, a);
    expect((await get('/v1/bookings?status=completed')).json().data).toMatchObject([{ id: a }]);
    withAttempt(w, b);
    expect((await get('/v1/bookings')).json().data).toContainEqual(
      expect.objectContaining({ id: b, status: 'in_progress' }),
    );
    expect((await get('/v1/bookings?status=queued')).json().data).toEqual([]);
    w.gateway.workerless = true;
    const stale = (await get('/v1/bookings')).json().data;
    expect(stale).toContainEqual(expect.objectContaining({ id: b, stale: true }));
    expect(stale.find((row: { id: string }) => row.id === a)).not.toHaveProperty('stale');
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=x', 'limit'],
    ['limit=1.5', 'limit'],
    ['status=bogus', 'status'],
    ['cursor=%21%21', 'cursor'],
    ['cursor=eyJhIjoxfQ', 'cursor'],
  ])('refuses ?%s and names it', async (query, field) => {
    const answer = await get(`/v1/bookings?${query}`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });
});

describe('POST /v1/bookings/{id}/cancel', () => {
  const cancel = (id: string, headers = {}) =>
    w.app.inject({ method: 'POST', url: `/v1/bookings/${id}/cancel`, headers: { ...as('alice'), ...headers } });

  it('is taken once by a live booking, with or without a content type, and refused by a final one', async () => {
    const id = await w.book();
    const answer = await cancel(id);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ id, cancel_requested: true });
    expect((await cancel(id, { 'content-type': 'application/json' })).statusCode).toBe(202);
    await finish(w, id);
    expect((await cancel(id)).statusCode).toBe(409);
  });

  it('answers 409 when only the workflow knows yet that it is final, 503 when it cannot be asked', async () => {
    const id = await w.book();
    w.gateway.workerless = true;
    expect((await cancel(id)).statusCode).toBe(503);
    w.gateway.workerless = false;
    w.gateway.workflows.set(id, { ...w.gateway.workflows.get(id)!, outcome: confirmed });
    expect((await cancel(id)).statusCode).toBe(409);
    expect((await cancel('bk_unknown')).statusCode).toBe(404);
  });

  it('ends a booking whose run is gone: canceled, its client told, operators alarmed; then it can be erased', async () => {
    const id = await w.book('alice', { callback_url: 'https://client.example.com/hook' });
    w.gateway.workflows.delete(id);
    const answer = await cancel(id);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({
      status: 'canceled',
      cancel_requested: true,
      outcome: { result: 'canceled' },
    });
    expect(w.gateway.told).toMatchObject([{ type: 'booking.final', booking_id: id, data: { status: 'canceled' } }]);
    expect(w.logged()).toContain('ALARM run_lost');
    expect((await cancel(id)).statusCode).toBe(409);
    const erased = await w.app.inject({ method: 'DELETE', url: `/v1/bookings/${id}`, headers: as('alice') });
    expect(erased.statusCode).toBe(202);
  });

  it('gives a booking the outcome that its run came to, when only that was never written', async () => {
    const id = await w.book();
    w.gateway.cancel = async () => ({ answer: 'not_found' });
    w.gateway.standing = async () => ({ is: 'gone', outcome: confirmed });
    expect((await cancel(id)).statusCode).toBe(409);
    expect((await w.records.booking(id))!.view).toMatchObject({ status: 'completed', outcome: confirmed });
  });
});

describe('the do-not-call list', () => {
  const number = '+541143211234';
  const forbid = () =>
    w.records.forbidNumber({
      phone_hash: w.deps.settings.phoneHash(number),
      phone_masked: '+5411****34',
      booking_id: 'bk_aaaa',
      at: '2026-11-23T12:00:00.000Z',
    });
  const allow = (entry: string, key = 'olga') =>
    w.app.inject({ method: 'DELETE', url: `/v1/do-not-call/${encodeURIComponent(entry)}`, headers: as(key) });

  it('is read and changed by operators only', async () => {
    await forbid();
    expect((await get('/v1/do-not-call', 'alice')).statusCode).toBe(403);
    expect((await allow(number, 'alice')).statusCode).toBe(403);
    expect((await get('/v1/do-not-call', 'olga')).json().data).toMatchObject([{ phone_masked: '+5411****34' }]);
  });

  it('lets a number off by its E.164 form or its hash, once', async () => {
    await forbid();
    expect((await allow(number)).statusCode).toBe(204);
    expect((await allow(number)).statusCode).toBe(404);
    await forbid();
    expect((await allow(w.deps.settings.phoneHash(number))).statusCode).toBe(204);
    expect((await get('/v1/do-not-call', 'olga')).json().data).toEqual([]);
  });
});

describe('rate limit', () => {
  it('answers 429 with Retry-After to one key, and leaves the others alone', async () => {
    await w.close();
    let now = 1_000_000;
    w = await world({ settings: { rate: { perSecond: 1, burst: 2 } }, deps: { now: () => now } });
    const codes = async (key: string) => (await get('/v1/bookings', key)).statusCode;
    expect([await codes('alice'), await codes('alice'), await codes('alice')]).toEqual([200, 200, 429]);
    expect((await get('/v1/bookings', 'alice')).headers['retry-after']).toBe('1');
    expect(await codes('bob')).toBe(200);
    now += 1_000;
    expect(await codes('alice')).toBe(200);
  });
});
