import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BatchProblem } from '../../domain/batch/problems.ts';
import type { BatchRowView } from '../../domain/batch/view.ts';
import { as, type World, world } from './support.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

const numberOf = (n: number): string => `+5411432${String(10_000 + n)}`;
const rowOf = (n: number, more: object = {}): object => ({
  key: `row-${n}`,
  business: { name: `Clínica ${n}`, phone: numberOf(n) },
  request: { service_type: 'dentista', user_name: `Paciente ${n}` },
  ...more,
});
const rowsOf = (count: number, from = 1): object[] => Array.from({ length: count }, (_, i) => rowOf(from + i));

const post = (url: string, payload: unknown, { key = 'alice', headers = {} } = {}) =>
  w.app.inject({ method: 'POST', url, headers: { ...as(key), ...headers }, payload: payload as object });
const get = (url: string, key = 'alice') => w.app.inject({ url, headers: as(key) });

const created = async (body: object, headers: Record<string, string> = {}) => {
  const answer = await post('/v1/batches', body, { headers });
  expect(answer.body).toContain('"id":"ba_');
  expect(answer.statusCode).toBe(202);
  return answer.json();
};

describe('a batch', () => {
  it('is accepted with its rows, which are read in pages, and woken', async () => {
    const batch = await created({ name: 'Recall', rows: rowsOf(450), metadata: { list: '7' } });
    expect(batch).toMatchObject({
      name: 'Recall',
      status: 'running',
      paused_because: null,
      counts: { total: 450, waiting: 450, in_progress: 0 },
      results: {},
      metadata: { list: '7' },
    });
    expect(w.batches.woken).toContain(batch.id);
    expect((await get(`/v1/batches/${batch.id}`)).json()).toEqual(batch);
    const withUsage = (await get(`/v1/batches/${batch.id}?include=usage`)).json();
    expect(withUsage).toEqual({ ...batch, usage: { answered_calls: 0, talk_seconds: 0, estimated_cost: null } });
    const keys: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await get(`/v1/batches/${batch.id}/rows?limit=200${cursor}`)).json();
      keys.push(...page.data.map(({ key }: { key: string }) => key));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(keys).toEqual(Array.from({ length: 450 }, (_, i) => `row-${i + 1}`));
  });

  it('of the same Idempotency-Key and body is the same batch; of another body, a conflict', async () => {
    const headers = { 'idempotency-key': 'list-1' };
    const body = { rows: rowsOf(3, 1_000) };
    const first = await created(body, headers);
    const again = await post('/v1/batches', body, { headers });
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual(first);
    expect((await post('/v1/batches', { rows: rowsOf(2, 1_000) }, { headers })).statusCode).toBe(409);
    expect((await post('/v1/batches', { ...body, max_concurrent: 6 }, { headers })).statusCode).toBe(409);
    // Another client's key is another one.
    expect((await post('/v1/batches', body, { key: 'bob', headers })).statusCode).toBe(202);
  });

  it('is the same body in whatever form it comes', async () => {
    const headers = { 'idempotency-key': 'list-2' };
    const [row] = rowsOf(1, 1_100) as [{ key: string; business: { name: string; phone: string }; request: object }];
    const first = await created({ rows: [row] }, headers);
    const spelled = { ...row, business: { ...row.business, name: ` ${row.business.name} ` }, metadata: {} };
    const again = await post('/v1/batches', { rows: [spelled], on_invalid: 'reject', max_concurrent: 5 }, { headers });
    expect([again.statusCode, again.json().id]).toEqual([200, first.id]);
    const csv = `key;phone;business_name;service_type;user_name\nrow-1100;${row.business.phone};Clínica 1100;dentista;Paciente 1100\n`;
    const file = await post('/v1/batches', csv, { headers: { ...headers, 'content-type': 'text/csv' } });
    expect([file.statusCode, file.json().id]).toEqual([200, first.id]);
    const other = { ...row, metadata: { a: 'b' } };
    expect((await post('/v1/batches', { rows: [other] }, { headers })).statusCode).toBe(409);
  });

  it('changes nothing while Temporal is away: the same request is right afterwards', async () => {
    const { id } = await created({ rows: rowsOf(3, 9_000), start: 'held' });
    const list = async () => (await get('/v1/batches?limit=100')).json().data.length;
    const send = (method: 'POST' | 'PATCH', url: string, payload?: object) =>
      w.app.inject({ method, url, headers: as('alice'), ...(payload && { payload }) });
    const row = `/v1/batches/${id}/rows/row-9000/cancel`;
    const requests = [
      () => send('POST', '/v1/batches', { rows: rowsOf(1, 9_100) }),
      () => send('POST', `/v1/batches/${id}/start`),
      () => send('POST', row),
      () => send('PATCH', `/v1/batches/${id}`, { max_concurrent: 7 }),
      () => send('POST', `/v1/batches/${id}/rows`, { rows: rowsOf(1, 9_200) }),
      () => send('POST', `/v1/batches/${id}/pause`),
      () => send('POST', `/v1/batches/${id}/resume`),
      () => send('POST', `/v1/batches/${id}/cancel`),
    ];
    for (const ask of requests) {
      const before = [(await get(`/v1/batches/${id}`)).json(), await list()];
      w.batches.down = true;
      expect((await ask()).statusCode).toBe(503);
      w.batches.down = false;
      expect([(await get(`/v1/batches/${id}`)).json(), await list()]).toEqual(before);
      expect((await ask()).statusCode).toBe(202);
    }
  });

  it('has keys of every length and letter, and a blank cursor is the first page', async () => {
    const keys = ['k'.repeat(255), 'ñ'.repeat(255), '😀'.repeat(255), 'a/b c?d%e+f'];
    const rows = keys.map((key, n) => rowOf(9_300 + n, { key }));
    const { id } = await created({ rows, start: 'held' });
    for (const key of keys) {
      const answer = await post(`/v1/batches/${id}/rows/${encodeURIComponent(key)}/cancel`, undefined);
      expect([answer.statusCode, answer.json().key]).toEqual([202, key]);
    }
    for (const url of [`/v1/batches/${id}/rows?limit=1&cursor=`, '/v1/batches?limit=1&cursor=']) {
      expect((await get(url)).json().data).toHaveLength(1);
    }
    expect((await get(`/v1/bookings/${'x'.repeat(101)}`)).statusCode).toBe(404);
    expect((await get(`/v1/batches/${'x'.repeat(300)}`)).statusCode).toBe(404);
  });

  it('has no key that an address would leave out: to cancel that row would cancel the batch', async () => {
    for (const key of ['.', '..', ' .. ']) {
      const { problems } = (await post('/v1/batches/check', { rows: [rowOf(9_390, { key })] })).json();
      expect(problems).toMatchObject([{ row: 1, field: 'key', code: 'invalid' }]);
    }
  });

  it('that names another check, whatever it looks like, is not run', async () => {
    for (const check of ['sha256:0', 'yesterday']) {
      expect((await post('/v1/batches', { rows: rowsOf(1, 9_400), check })).statusCode).toBe(409);
    }
  });

  it('with invalid rows is refused with every problem, or runs without them', async () => {
    const rows = [rowOf(2_001), rowOf(2_002, { business: { name: 'x', phone: '12' } }), rowOf(2_001), { key: 'bare' }];
    const refused = await post('/v1/batches', { rows });
    expect(refused.statusCode).toBe(422);
    const { problems } = refused.json();
    expect(new Set(problems.map(({ row }: { row: number }) => row))).toEqual(new Set([2, 3, 4]));
    const check = (await post('/v1/batches/check', { rows })).json();
    expect(check).toMatchObject({ rows: 4, valid: 1, invalid: 2, duplicates: 1, problems });
    const batch = await created({ rows, on_invalid: 'skip', duplicates: 'skip', check: check.check });
    expect(batch.counts).toMatchObject({ total: 4, waiting: 1, invalid: 2, duplicate: 1 });
    const shown = (await get(`/v1/batches/${batch.id}/rows?status=invalid`)).json().data;
    for (const { row, why, reasons } of shown as BatchRowView[]) {
      const own = problems.filter((one: BatchProblem) => one.row === row);
      expect(reasons).toEqual(own.map(({ code, field, message }: BatchProblem) => ({ code, field, message })));
      expect(why).toBe(own.map(({ field, message }: BatchProblem) => `${field} ${message}`).join('; '));
    }
    expect(shown.map(({ row }: BatchRowView) => row)).toEqual([2, 4]);
    const other = await post('/v1/batches', { rows: rowsOf(1, 2_500), check: check.check });
    expect(other.statusCode).toBe(409);
  });

  it('is taken as a file with its settings in the query, or as a form', async () => {
    const csv = 'phone;business_name;service_type;user_name\r\n+54 11 4323 0001;Peluquería Ñandú;corte;Olga\r\n';
    const file = await post('/v1/batches?start=held&max_concurrent=2', csv, {
      headers: { 'content-type': 'text/csv' },
    });
    expect(file.json()).toMatchObject({ status: 'held', max_concurrent: 2, counts: { total: 1, waiting: 1 } });
    const form = new FormData();
    form.set('file', new Blob([csv.replace('0001', '0002')], { type: 'text/csv' }), 'list.csv');
    form.set('settings', JSON.stringify({ start: 'held', name: 'Form' }));
    const body = new Response(form);
    const sent = await post('/v1/batches', Buffer.from(await body.arrayBuffer()), {
      headers: { 'content-type': body.headers.get('content-type')! },
    });
    expect(sent.json()).toMatchObject({ status: 'held', name: 'Form' });
    const [row] = (await get(`/v1/batches/${sent.json().id}/rows`)).json().data;
    expect(row).toMatchObject({ row: 1, line: 2, phone: '+541143230002', business_name: 'Peluquería Ñandú' });
    expect((await post('/v1/batches?start=later', csv, { headers: { 'content-type': 'text/csv' } })).statusCode).toBe(
      422,
    );
    expect((await post('/v1/batches?start=held', { rows: rowsOf(1) })).statusCode).toBe(422);
  });

  it('is started, paused, resumed and canceled where that fits, and 409 elsewhere', async () => {
    const { id } = await created({ rows: rowsOf(2, 3_000), start: 'held' });
    const ask = async (what: string, body?: object) => (await post(`/v1/batches/${id}/${what}`, body)).statusCode;
    const status = async () => (await get(`/v1/batches/${id}`)).json().status;
    expect([await ask('pause'), await ask('resume'), await status()]).toEqual([409, 409, 'held']);
    expect([await ask('start'), await status(), await ask('start')]).toEqual([202, 'running', 409]);
    expect([await ask('pause'), await status()]).toEqual([202, 'paused']);
    expect((await get(`/v1/batches/${id}`)).json().paused_because).toBe('user');
    expect([await ask('resume'), await status()]).toEqual([202, 'running']);
    expect((await w.app.inject({ method: 'DELETE', url: `/v1/batches/${id}`, headers: as('alice') })).statusCode).toBe(
      409,
    );
    expect([await ask('cancel', { live_calls: 'shout' }), await ask('cancel')]).toEqual([422, 202]);
    expect([await status(), await ask('rows', { rows: rowsOf(1, 3_100) })]).toEqual(['canceling', 409]);
  });

  it('takes more rows, and passes over those that it knows', async () => {
    const { id } = await created({ rows: rowsOf(2, 4_000) });
    const more = await post(`/v1/batches/${id}/rows`, { rows: [...rowsOf(3, 4_000)] });
    expect([more.statusCode, more.json()]).toEqual([202, { added: 1, known: 2 }]);
    expect((await post(`/v1/batches/${id}/rows`, { rows: rowsOf(3, 4_000) })).json()).toEqual({ added: 0, known: 3 });
    expect((await get(`/v1/batches/${id}`)).json().counts).toMatchObject({ total: 3, waiting: 3 });
    const wrong = await post(`/v1/batches/${id}/rows`, { rows: [{ key: 'bare' }] });
    expect(wrong.statusCode).toBe(422);
  });

  it('passes over rows that were not called, too, until they are corrected', async () => {
    const [first] = rowsOf(1, 4_100) as [{ business: object }];
    const invalid = {
      key: 'bad',
      business: { name: 'x', phone: '12' },
      request: { service_type: 'x', user_name: 'y' },
    };
    const repeated = { ...first, key: 'same-number' };
    const { id } = await created({ rows: [first, invalid, repeated], on_invalid: 'skip', duplicates: 'skip' });
    const append = async (...rows: object[]) => (await post(`/v1/batches/${id}/rows`, { rows })).json();
    expect(await append(first, invalid, repeated)).toEqual({ added: 0, known: 3 });
    expect(await append({ ...invalid, business: { name: 'x', phone: numberOf(4_150) } })).toEqual({
      added: 1,
      known: 0,
    });
    expect(await append({ ...invalid, key: 'other' }, { ...repeated, key: 'third' })).toEqual({ added: 2, known: 0 });
    expect((await get(`/v1/batches/${id}`)).json().counts).toMatchObject({
      total: 6,
      waiting: 2,
      invalid: 2,
      duplicate: 2,
    });
  });

  it('changes its name, its calls at once and its end', async () => {
    const { id } = await created({ rows: rowsOf(2, 5_000), start: 'held' });
    const patch = (body: object) =>
      w.app.inject({ method: 'PATCH', url: `/v1/batches/${id}`, headers: as('alice'), payload: body });
    const not_after = new Date(Date.now() + 86_400_000).toISOString();
    const changed = await patch({ name: 'Otra', max_concurrent: 9, not_after });
    expect([changed.statusCode, changed.json()]).toMatchObject([202, { name: 'Otra', max_concurrent: 9, not_after }]);
    expect((await patch({ not_after: '2020-01-01T00:00:00Z' })).statusCode).toBe(422);
    expect((await patch({ max_concurrent: 101 })).statusCode).toBe(422);
    expect((await patch({})).statusCode).toBe(422);
  });

  it('has its rows canceled one by one, and its report says so', async () => {
    const { id } = await created({ rows: rowsOf(2, 6_000), start: 'held' });
    const answer = await post(`/v1/batches/${id}/rows/row-6000/cancel`, undefined);
    expect([answer.statusCode, answer.json()]).toMatchObject([202, { status: 'canceled', result: 'canceled' }]);
    expect((await post(`/v1/batches/${id}/rows/row-6000/cancel`, undefined)).statusCode).toBe(409);
    expect((await post(`/v1/batches/${id}/rows/nobody/cancel`, undefined)).statusCode).toBe(404);
    const report = await get(`/v1/batches/${id}/report.csv`);
    expect(report.headers['content-type']).toContain('text/csv');
    const [head, first, second] = report.body.split('\r\n');
    expect(head).toMatch(/^\ufeffkey,phone,status,result,why,/);
    expect(first).toContain("row-6000,'+54 11 4321 6000,canceled,canceled,the row was canceled before its turn");
    expect(second).toContain('waiting');
  });

  it('is seen by its key and by operators only', async () => {
    const { id } = await created({ rows: rowsOf(1, 7_000) });
    for (const url of ['', '/rows', '/report.csv', '/events']) {
      expect((await get(`/v1/batches/${id}${url}`, 'bob')).statusCode).toBe(404);
    }
    expect((await post(`/v1/batches/${id}/pause`, undefined, { key: 'bob' })).statusCode).toBe(404);
    expect((await get(`/v1/batches/${id}`, 'olga')).statusCode).toBe(200);
    const list = async (key: string) =>
      (await get('/v1/batches?limit=100', key)).json().data.map((b: { id: string }) => b.id);
    expect(await list('alice')).toContain(id);
    expect(await list('bob')).not.toContain(id);
  });

  it('that was held can be erased, and is gone for its key', async () => {
    const headers = { 'idempotency-key': 'to-be-erased' };
    const body = { rows: rowsOf(1, 8_000), start: 'held' };
    const { id } = await created(body, headers);
    const erase = () => w.app.inject({ method: 'DELETE', url: `/v1/batches/${id}`, headers: as('alice') });
    expect((await erase()).statusCode).toBe(202);
    expect(w.batches.erasing).toContain(id);
    expect((await get(`/v1/batches/${id}`)).statusCode).toBe(410);
    expect((await post('/v1/batches', body, { headers })).statusCode).toBe(409);
    while (!(await w.records.forgetBatch(id, 1)));
    await w.records.finishBatchErasure(id, new Date().toISOString());
    expect((await erase()).statusCode).toBe(200);
    expect((await post('/v1/batches', body, { headers })).statusCode).toBe(409);
  });
});
