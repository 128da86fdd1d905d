import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { childAcceptor } from '../../accepting/accept.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import type { ShortlistProgress } from '../../domain/shortlist/view.ts';
import { as, bookingBody, confirmed, type World, world } from './support.ts';

let here: World;
beforeEach(async () => {
  here = await world({ settings: { allowedCountries: ['AR'], openBounds: { key: 3, number: 3 } } });
});
afterEach(() => here.close());

const NUMBERS = ['+541143210101', '+541143210102', '+541143210103'];
const body = (more: object = {}, numbers = NUMBERS) => ({
  candidates: numbers.map((phone, i) => ({ business: { name: `Dentista ${i + 1}`, phone } })),
  request: { service_type: 'dentista', user_name: 'Mauro' },
  ...more,
});
const post = (payload: object, { key = 'alice', once }: { key?: string; once?: string } = {}) =>
  here.app.inject({
    method: 'POST',
    url: '/v1/shortlists',
    headers: { ...as(key), ...(once && { 'idempotency-key': once }) },
    payload,
  });
const get = (path: string, key = 'alice') => here.app.inject({ url: `/v1/shortlists${path}`, headers: as(key) });
const cancel = (id: string, key = 'alice') =>
  here.app.inject({ method: 'POST', url: `/v1/shortlists/${id}/cancel`, headers: as(key) });
const errorsOf = async (payload: object) => {
  const answer = await post(payload);
  expect(answer.statusCode).toBe(422);
  return answer.json().errors.map(({ field, message }: Record<string, string>) => `${field} ${message}`);
};
const end = (id: string, more: Partial<ShortlistProgress> = {}) =>
  here.records.saveShortlist({
    id,
    version: 9,
    progress: {
      status: 'completed',
      outcome: {
        result: 'confirmed',
        booking_id: 'bk_second',
        candidate: 2,
        confirmed_date: '2026-11-25',
        confirmed_time: '16:00',
        proof: confirmed.proof,
        simulated: false,
      },
      candidates: [
        { status: 'asked', booking_id: 'bk_first', result: 'declined' },
        { status: 'asked', booking_id: 'bk_second', result: 'confirmed' },
        { status: 'not_asked', booking_id: null, result: null },
      ],
      waiting_for: null,
      waiting_until: null,
      cancel_requested: false,
      updated_at: new Date().toISOString(),
      ...more,
    },
    events: [{ type: 'candidate', at: 'x', candidate: 1, status: 'asked', booking_id: 'bk_first', result: 'declined' }],
  });

describe('POST /v1/shortlists', () => {
  it('starts a run that knows nothing personal, and shows the candidates', async () => {
    const answer = await post(body({ metadata: { order: '42' }, language: 'es' }));
    expect(answer.statusCode).toBe(202);
    const view = answer.json();
    expect(view).toMatchObject({
      id: expect.stringMatching(/^sl_[a-z2-7]{24}$/),
      status: 'queued',
      outcome: null,
      metadata: { order: '42' },
      request: { user_name: 'Mauro' },
    });
    expect(view.candidates[2]).toEqual({
      business: { name: 'Dentista 3', phone: NUMBERS[2] },
      status: 'not_asked',
      booking_id: null,
      result: null,
    });
    const [input] = here.gateway.shortlists;
    expect(input).toMatchObject({ id: view.id, candidates: 3, phones: true, simulation: true, sandbox: false });
    for (const text of ['Mauro', 'Dentista', NUMBERS[0]!]) expect(JSON.stringify(input)).not.toContain(text);
    expect((await get(`/${view.id}`)).json()).toEqual(view);
  });

  it('gives the same shortlist for the same key, and starts what a lost start has left', async () => {
    here.gateway.down = true;
    expect((await post(body(), { once: 'k' })).statusCode).toBe(503);
    here.gateway.down = false;
    const [again, third] = [await post(body(), { once: 'k' }), await post(body(), { once: 'k' })];
    expect([again.statusCode, third.statusCode]).toEqual([200, 200]);
    expect(third.json().id).toBe(again.json().id);
    expect(here.gateway.shortlists).toHaveLength(1);
    expect((await post(body({ language: 'es' }), { once: 'k' })).statusCode).toBe(409);
    expect((await post(body(), { once: 'k', key: 'bob' })).statusCode).toBe(202);
    // A booking may have the same key.
    const booking = await here.app.inject({
      method: 'POST',
      url: '/v1/bookings',
      headers: { ...as('alice'), 'idempotency-key': 'k' },
      payload: { business: { name: 'X', phone: NUMBERS[0] }, request: body().request },
    });
    expect(booking.statusCode).toBe(202);
  });

  it('names each field that it refuses, and the remedy', async () => {
    expect(await errorsOf(body({}, []))).toEqual([expect.stringMatching(/^candidates .*at least one/)]);
    const eleven = Array.from({ length: 11 }, (_, i) => `+5411432102${String(i).padStart(2, '0')}`);
    expect(await errorsOf(body({}, eleven))).toEqual([expect.stringMatching(/^candidates .*at most 10.*leave/)]);
    expect(await errorsOf(body({}, [NUMBERS[0]!, NUMBERS[1]!, NUMBERS[0]!]))).toEqual([
      expect.stringMatching(/^candidates\.2\.business\.phone is the number of candidate 1/),
    ]);
    // The same phone in two spellings.
    expect(await errorsOf(body({}, ['+5491123456789', '+541123456789']))).toEqual([
      expect.stringMatching(/^candidates\.1\.business\.phone/),
    ]);
    expect(await errorsOf(body({}, [NUMBERS[0]!, '+34911234567']))).toEqual([
      expect.stringMatching(/^candidates\.1\.business\.phone .*AR/),
    ]);
    expect(await errorsOf(body({ decide_by: '2020-01-01T09:00' }))).toEqual([
      expect.stringMatching(/^decide_by is in the past: give a later time/),
    ]);
    expect(await errorsOf(body({ decide_by: '2026-12-01' }))).toEqual([expect.stringMatching(/^decide_by /)]);
    const past = { dates: [{ from: '2020-01-01', to: '2020-01-02' }] };
    expect(await errorsOf(body({ request: { ...body().request, acceptable: past } }))).toEqual([
      expect.stringMatching(/^request\.acceptable\.dates\.0\.to/),
    ]);
    expect(await errorsOf(body({ callback_url: 'http://10.0.0.1/x' }))).toEqual([
      expect.stringMatching(/^callback_url/),
    ]);
    expect(await errorsOf(body({ not_after: '2026-12-01T09:00' }))).toEqual([expect.stringMatching(/not_after/)]);
    expect(here.gateway.shortlists).toEqual([]);
  });

  it('reads a local decide_by in the first candidate’s zone', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const view = (await post(body({ decide_by: `${tomorrow}T18:00` }))).json();
    expect(view.decide_by).toBe(`${tomorrow}T21:00:00.000Z`);
    expect(here.gateway.shortlists[0]!.decide_by).toBe(view.decide_by);
  });

  it('takes no more open ones than a key may have', async () => {
    for (let i = 0; i < 3; i++) expect((await post(body())).statusCode).toBe(202);
    expect((await post(body())).statusCode).toBe(429);
    expect((await post(body(), { key: 'bob' })).statusCode).toBe(202);
  });
});

describe('a shortlist', () => {
  it('is its key’s alone, and operators see all, page by page', async () => {
    const ids: string[] = [];
    for (const key of ['alice', 'bob', 'alice']) ids.push((await post(body(), { key })).json().id);
    const seen = async (path: string, key?: string): Promise<string[]> =>
      (await get(path, key)).json().data.map(({ id }: { id: string }) => id);
    expect((await seen('')).sort()).toEqual([ids[0], ids[2]].sort());
    expect(await seen('', 'bob')).toEqual([ids[1]]);
    const first = (await get('?limit=2', 'olga')).json();
    const rest = await seen(`?limit=2&cursor=${first.next_cursor}`, 'olga');
    expect([...first.data.map(({ id }: { id: string }) => id), ...rest].sort()).toEqual([...ids].sort());
    expect((await get('?cursor=x')).statusCode).toBe(422);
    for (const answer of [await get(`/${ids[1]}`), await get(`/${ids[1]}/events`), await cancel(ids[1]!)])
      expect(answer.statusCode).toBe(404);
  });

  it('is canceled by its run; a final one no more; one without a run by another', async () => {
    const id = (await post(body())).json().id;
    const answer = await cancel(id);
    expect([answer.statusCode, answer.json().cancel_requested]).toEqual([202, true]);
    expect(here.gateway.canceled).toEqual([id]);
    await end(id);
    expect((await cancel(id)).statusCode).toBe(409);
    const lost = (await post(body())).json().id;
    here.gateway.closed.add(lost);
    expect((await cancel(lost)).json()).toMatchObject({ cancel_requested: true, outcome: null });
    expect(here.gateway.resumed).toMatchObject([
      { input: { id: lost }, carried: { state: { cancel_requested: true } } },
    ]);
  });

  it('cancels its open booking at once, and accepts no further one', async () => {
    const id = (await post(body())).json().id;
    const place = (candidate: number) =>
      childAcceptor({ ...here.deps, counted: () => {}, now: Date.now })({
        request: bookingRequestSchema.parse(bookingBody()),
        owner: here.deps.settings.ownerHash('alice'),
        parent: { shortlist: { id, candidate } },
      });
    const placed = await place(1);
    if (!('order' in placed)) throw new Error(placed.how);
    expect((await cancel(id)).statusCode).toBe(202);
    expect(here.gateway.workflows.get(placed.order.id)).toMatchObject({ cancel_requested: true });
    await expect(place(2)).rejects.toThrow('canceled or final');
  });

  it('streams its events to the end, and from any place on', async () => {
    const id = (await post(body())).json().id;
    await here.records.saveShortlist({
      id,
      version: 1,
      progress: (await here.records.shortlist(id))!.progress,
      events: [{ type: 'status', at: 'x', status: 'in_progress' }],
    });
    await end(id);
    const { progress } = (await here.records.shortlist(id))!;
    expect(progress.status).toBe('completed');
    const lastId = { 'last-event-id': '2' };
    const seen = await here.app.inject({ url: `/v1/shortlists/${id}/events`, headers: { ...as('alice'), ...lastId } });
    expect(seen.statusCode).toBe(204);
    const wrong = await here.app.inject({
      url: `/v1/shortlists/${id}/events`,
      headers: { ...as('alice'), 'last-event-id': 'x' },
    });
    expect(wrong.statusCode).toBe(422);
  });

  it('has a document for its routes', async () => {
    const { paths } = (await here.app.inject('/openapi.json')).json();
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/shortlists', '/v1/shortlists/{id}/events']));
  });
});
