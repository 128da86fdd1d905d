import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../domain/result.ts';
import { as, bookingBody, confirmed, finish, PUBLIC_URL, type World, world } from './support.ts';

let w: World;
let now: number;
beforeEach(async () => {
  now = Date.now();
  w = await world({ deps: { now: () => now }, settings: { wrongKeys: { perSecond: 1, burst: 5 } } });
});
afterEach(() => w.close());

const get = (url: string, key?: string, headers: object = {}) =>
  w.app.inject({ url, headers: { ...(key && as(key)), ...headers } });
const fileOf = (id: string, key = 'alice') => get(`/v1/bookings/${id}/calendar.ics`, key);

/** A calendar's lines as RFC 5545 has them: bytes of each line counted, folds taken back. */
function linesOf(text: string): string[] {
  expect(text.endsWith('\r\n')).toBe(true);
  const raw = text.slice(0, -2).split('\r\n');
  expect(raw.filter((line) => Buffer.byteLength(line) > 75 || /[\r\n]/.test(line))).toEqual([]);
  return text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
}

async function booked(outcome: Partial<Outcome> = {}, changes: object = {}, key = 'alice'): Promise<string> {
  const id = await w.book(key, changes);
  await finish(w, id, { outcome: { ...confirmed, ...outcome } });
  return id;
}

const business = (changes: object) => ({ ...bookingBody(), business: { ...bookingBody().business, ...changes } });
const valueIn = (lines: string[], name: string) =>
  lines.find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))?.slice(name.length + 1);

describe('a booking’s calendar file', () => {
  it('has its day and hour by the clock of the business, an hour long, under a stable id', async () => {
    const id = await booked();
    const answer = await fileOf(id);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${id}.ics"`,
    });
    const lines = linesOf(answer.body);
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    expect(lines).toEqual(
      expect.arrayContaining([
        `UID:${id}@vocero`,
        'DTSTART:20261125T190000Z',
        'DTEND:20261125T200000Z',
        'SUMMARY:dentista – Clínica Dental Sur',
        'LOCATION:Clínica Dental Sur\\, +541143211234',
        'STATUS:CONFIRMED',
        'TRANSP:OPAQUE',
      ]),
    );
    expect(valueIn(lines, 'DTSTAMP')).toMatch(/^\d{8}T\d{6}Z$/);
    expect(lines.at(-1)).toBe('END:VCALENDAR');
    expect(answer.body).not.toMatch(/simulated/i);
    expect((await fileOf(id)).body).toBe(answer.body);
  });

  it.each([
    ['2026-03-28', '10:00', '20260328T090000Z'],
    ['2026-03-29', '10:00', '20260329T080000Z'],
    ['2026-10-24', '10:00', '20261024T080000Z'],
    ['2026-10-25', '10:00', '20261025T090000Z'],
  ])('is right on both sides of a change of the clocks: %s', async (confirmed_date, confirmed_time, start) => {
    const changes = business({ phone: '+34911234567', timezone: 'Europe/Madrid' });
    const lines = linesOf((await fileOf(await booked({ confirmed_date, confirmed_time }, changes))).body);
    expect(valueIn(lines, 'DTSTART')).toBe(start);
  });

  it('keeps the hour that was said where the number may be in several zones', async () => {
    const id = await booked({}, business({ phone: '+18005550123' }));
    const lines = linesOf((await fileOf(id)).body);
    expect(valueIn(lines, 'DTSTART')).toBe('20261125T160000');
    expect(valueIn(lines, 'DESCRIPTION')).toMatch('2026-11-25 16:00 (on its own clock\\, whose zone is not known)');
  });

  it('is a whole day that blocks nobody where only the day is known', async () => {
    const lines = linesOf((await fileOf(await booked({ confirmed_time: null }))).body);
    expect(lines).toEqual(expect.arrayContaining(['DTSTART;VALUE=DATE:20261125', 'TRANSP:TRANSPARENT']));
    expect(valueIn(lines, 'DTEND')).toBeUndefined();
  });

  it('says of a simulation that it is one, wherever it shows', async () => {
    const id = await booked({ simulated: true });
    const answer = await fileOf(id);
    expect(answer.headers['content-disposition']).toMatch(`"${id}.simulated.ics"`);
    const lines = linesOf(answer.body);
    expect(valueIn(lines, 'SUMMARY')).toMatch(/^SIMULATED\\, not booked: /);
    expect(valueIn(lines, 'DESCRIPTION')).toMatch(/^SIMULATED: nobody was called\\, and no appointment exists\./);
    expect(lines).toEqual(expect.arrayContaining(['STATUS:TENTATIVE', 'TRANSP:TRANSPARENT']));
  });

  it('has the day and hour of a person’s review', async () => {
    const id = await booked({ result: 'needs_review', confirmed_date: null, confirmed_time: null, proof: null });
    const before = await fileOf(id);
    expect([before.statusCode, before.json().detail]).toEqual([409, expect.stringContaining('waits for a review')]);
    const review = { by: 'Olga', result: 'confirmed', confirmed_date: '2026-12-01', confirmed_time: '09:30' };
    const url = `/v1/bookings/${id}/review`;
    await w.app.inject({ method: 'POST', url, headers: as('olga'), payload: review });
    const lines = linesOf((await fileOf(id)).body);
    expect(valueIn(lines, 'DTSTART')).toBe('20261201T123000Z');
    expect(valueIn(lines, 'DESCRIPTION')).toMatch('Settled by a person.');
    await w.app.inject({ method: 'POST', url, headers: as('olga'), payload: { by: 'Olga', result: 'declined' } });
    const after = await fileOf(id);
    expect([after.statusCode, after.json().detail]).toEqual([409, expect.stringContaining('ended as declined')]);
  });

  it('is there for those alone that may see the booking, and only once it is confirmed', async () => {
    const id = await w.book();
    const open = await fileOf(id);
    expect([open.statusCode, open.json().detail]).toEqual([409, expect.stringContaining('no outcome yet')]);
    expect((await fileOf(id, 'bob')).statusCode).toBe(404);
    expect((await get(`/v1/bookings/${id}/calendar.ics`)).statusCode).toBe(401);
    await finish(w, id);
    expect((await fileOf(id, 'bob')).statusCode).toBe(404);
    expect((await fileOf(id, 'olga')).statusCode).toBe(200);
    await w.records.beginErasure(id, { at: new Date().toISOString() });
    expect((await fileOf(id)).statusCode).toBe(410);
  });

  it('holds any name: no name ends a line, begins a property or is cut in the middle of a character', async () => {
    const name = `Sol; "Luna", S.A.\\n\r\nBEGIN:VEVENT\nSTATUS:CANCELLED ${'👩‍⚕️'.repeat(40)}${'ñ'.repeat(200)}`;
    expect(name.length).toBeGreaterThan(400);
    const notes = `${'🦷'.repeat(400)}\r\nATTACH:https://example.com/x\u2028END:VCALENDAR`;
    const lines = linesOf((await fileOf(await booked({ notes }, business({ name })))).body);
    expect(lines.filter((line) => /^(BEGIN|END|STATUS|ATTACH)\b/.test(line))).toEqual([
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
    const summary = valueIn(lines, 'SUMMARY')!;
    expect(summary).toMatch('dentista – Sol\\; "Luna"\\, S.A.\\\\n BEGIN:VEVENT STATUS:CANCELLED 👩‍⚕️');
    expect(valueIn(lines, 'DESCRIPTION')).toMatch(`${'🦷'.repeat(400)}\\nATTACH:`);
    expect(lines.join('')).not.toMatch('\ufffd');
  });
});

describe('a calendar feed', () => {
  const create = async (key: string, payload: object = {}) => {
    const answer = await w.app.inject({ method: 'POST', url: '/v1/calendar-feeds', headers: as(key), payload });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    const feed = answer.json() as { id: string; url: string; batch: string | null };
    return { ...feed, path: feed.url.slice(PUBLIC_URL.length) };
  };
  const ids = (body: string) => linesOf(body).flatMap((line) => /^UID:(.*)@vocero$/.exec(line)?.[1] ?? []);

  it('shows a key’s confirmed appointments under an address that needs no key', async () => {
    const own = await booked();
    const simulated = await booked({ simulated: true });
    await booked({ result: 'declined', confirmed_date: null, confirmed_time: null, proof: null });
    await booked({}, {}, 'bob');
    const feed = await create('alice');
    expect(feed.url).toMatch(/^https:\/\/vocero\.example\/calendar\/[\w-]{43}\.ics$/);
    const answer = await get(feed.path);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      'content-type': 'text/calendar; charset=utf-8',
    });
    expect(ids(answer.body).sort()).toEqual([own, simulated].sort());
    expect(answer.body.match(/SUMMARY:SIMULATED/g)).toHaveLength(1);
    expect(ids((await get((await create('olga')).path)).body)).toHaveLength(3);
  });

  it('is answered 304 until an appointment changes, and forgets an erased booking', async () => {
    const erased = await booked();
    const { path } = await create('alice');
    const first = await get(path);
    const etag = String(first.headers.etag);
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get(path, undefined, { 'if-none-match': header });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
    const added = await booked();
    expect(ids((await get(path, undefined, { 'if-none-match': etag })).body)).toHaveLength(2);
    await w.records.beginErasure(erased, { at: new Date().toISOString() });
    expect(ids((await get(path)).body)).toEqual([added]);
  });

  it('has what a person confirmed', async () => {
    const id = await booked({ result: 'needs_review', confirmed_date: null, confirmed_time: null, proof: null });
    const { path } = await create('alice');
    expect(ids((await get(path)).body)).toEqual([]);
    const payload = { by: 'Olga', result: 'confirmed', confirmed_date: '2026-12-01', confirmed_time: '09:30' };
    await w.app.inject({ method: 'POST', url: `/v1/bookings/${id}/review`, headers: as('olga'), payload });
    expect(ids((await get(path)).body)).toEqual([id]);
  });

  it('of a batch shows that batch alone, and ends with it', async () => {
    await booked();
    const id = await w.book();
    const order = w.gateway.started.at(-1)!.order;
    const { business, request } = order;
    const rows = [{ key: 'r1', business: { name: business.name, phone: business.phone }, request: { ...request } }];
    for (const row of rows) delete (row.request as { preferred_day?: unknown }).preferred_day;
    const send = (method: 'POST' | 'DELETE', url: string, payload?: object, key = 'alice') =>
      w.app.inject({ method, url, headers: as(key), ...(payload && { payload }) });
    const held = await send('POST', '/v1/batches', { rows, start: 'held' });
    expect(held.statusCode).toBe(202);
    const batch = held.json().id as string;
    const row = { ...order, id: 'bk_rowofabatch', batch: { id: batch, key: 'r1' } };
    await w.records.acceptBooking({ order: row, owner: w.deps.settings.ownerHash('alice') });
    await w.records.markStarted(row.id);
    const view = { ...w.gateway.workflows.get(id)!, id: row.id, status: 'completed' as const, outcome: confirmed };
    await w.records.saveSnapshot({ version: 1, view, events: [] });
    const feed = await create('alice', { batch });
    expect(feed.batch).toBe(batch);
    expect(ids((await get(feed.path)).body)).toEqual([row.id]);
    for (const [key, of] of [
      ['bob', batch],
      ['alice', 'ba_neverwas'],
    ]) {
      expect((await send('POST', '/v1/calendar-feeds', { batch: of }, key)).statusCode).toBe(404);
    }
    const wrong = await send('POST', '/v1/calendar-feeds', { batch: 'bk_one' });
    expect([wrong.statusCode, wrong.json().errors]).toEqual([
      422,
      [{ field: 'batch', message: 'must be the id of a batch, like ba_…' }],
    ]);
    const count = async () => (await get('/v1/calendar-feeds', 'alice')).json().data.length;
    const before = await count();
    expect((await send('DELETE', `/v1/batches/${batch}`)).statusCode).toBe(202);
    expect([(await get(feed.path)).statusCode, await count()]).toEqual([404, before - 1]);
    expect((await send('POST', '/v1/calendar-feeds', { batch })).statusCode).toBe(410);
  });

  it('goes back a year, over all pages, the newest booking first', async () => {
    await w.book();
    const { order } = w.gateway.started.at(-1)!;
    const owner = w.deps.settings.ownerHash('alice');
    const placed = async (n: number, created_at: string) => {
      const id = `bk_many${n}`;
      await w.records.acceptBooking({ order: { ...order, id, created_at }, owner });
      await w.records.markStarted(id);
      const view = { ...w.gateway.workflows.get(order.id)!, id, created_at, status: 'completed' as const };
      await w.records.saveSnapshot({ version: 1, view: { ...view, outcome: confirmed }, events: [] });
      return id;
    };
    const all: string[] = [];
    for (let n = 0; n < 205; n++) all.push(await placed(n, new Date(now - n * 86_400_000).toISOString()));
    await placed(1_000, new Date(now - 400 * 86_400_000).toISOString());
    expect(ids((await get((await create('alice')).path)).body)).toEqual(all);
  });

  it('is listed without its address, and revoked by its own key alone', async () => {
    const { id, path } = await create('alice');
    const list = async (key: string) => (await get('/v1/calendar-feeds', key)).json().data;
    expect(await list('alice')).toEqual([{ id, batch: null, created_at: expect.any(String), last_read_at: null }]);
    expect(await list('bob')).toEqual([]);
    await get(path);
    expect((await list('alice'))[0].last_read_at).toBe(new Date(now).toISOString());
    const revoke = (key: string) =>
      w.app.inject({ method: 'DELETE', url: `/v1/calendar-feeds/${id}`, headers: as(key) });
    expect((await revoke('bob')).statusCode).toBe(404);
    expect((await get(path)).statusCode).toBe(200);
    expect((await revoke('alice')).statusCode).toBe(204);
    expect((await revoke('alice')).statusCode).toBe(404);
    expect((await get(path)).statusCode).toBe(404);
  });

  it('ends with its key', async () => {
    const { path } = await create('bob');
    const settings = { ...w.deps.settings, apiKeys: ['alice'] };
    const { buildApp } = await import('../../api/app.ts');
    const { Registry } = await import('prom-client');
    const without = await buildApp({ ...w.deps, settings, metrics: new Registry() });
    expect((await without.inject(path)).statusCode).toBe(404);
    await without.close();
    expect((await get(path)).statusCode).toBe(200);
  });

  it('makes guesses as slow as those of keys, and does not lock out the right address', async () => {
    const { path } = await create('alice');
    expect((await get(path)).statusCode).toBe(200);
    const guess = (n: number) => get(`/calendar/${String(n).repeat(43)}.ics`);
    for (let n = 0; n < 5; n++) {
      const answer = await guess(n);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        404,
        expect.stringContaining('application/problem+json'),
      ]);
    }
    const slowed = await guess(6);
    expect([slowed.statusCode, slowed.headers['retry-after']]).toEqual([429, '1']);
    expect((await get('/v1/bookings', 'nobody')).statusCode).toBe(429);
    expect((await get(path)).statusCode).toBe(200);
  });

  it('is not read too often', async () => {
    const { path } = await create('alice');
    for (let n = 0; n < 20; n++) expect((await get(path)).statusCode).toBe(200);
    expect((await get(path)).statusCode).toBe(429);
    now += 6_000;
    expect((await get(path)).statusCode).toBe(200);
  });

  it('leaves its token in no log line, no row and no metric', async () => {
    const { path } = await create('alice');
    const token = path.slice('/calendar/'.length, -'.ics'.length);
    await get(path);
    w.records.listBookings = () => Promise.reject(new Error('broken'));
    expect((await get(path)).statusCode).toBe(500);
    expect(w.logged()).toMatch('broken');
    expect(w.logged()).not.toMatch(token);
    expect((await get('/metrics')).body).not.toMatch(token);
    const rows = await w.records.calendarFeeds(w.deps.settings.ownerHash('alice'), new Date(now).toISOString());
    expect(JSON.stringify(rows)).not.toMatch(token);
  });

  it('is refused beyond fifty of a key', async () => {
    for (let n = 0; n < 50; n++) await create('alice');
    await expect(create('alice')).rejects.toThrow('revoke one first');
    await create('bob');
  });
});
