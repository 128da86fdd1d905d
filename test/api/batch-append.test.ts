import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BatchEvent } from '../../domain/batch/view.ts';
import { as, type World, world } from './support.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

const CSV = { 'content-type': 'text/csv' };
const HEAD = 'key;teléfono;business_name;service_type;user_name';
const line = (n: number, phone = `+54 11 4324 ${String(1_000 + n)}`): string =>
  `k-${n};${phone};Clínica ${n};dentista;Ana`;
const table = (...lines: string[]): Buffer => Buffer.from(`${[HEAD, ...lines].join('\r\n')}\r\n`, 'latin1');

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  w.app.inject({ method: 'POST', url, headers: { ...as('alice'), ...headers }, payload: payload as object });
const get = (url: string) => w.app.inject({ url, headers: as('alice') });

async function batchOf(n: number, query = ''): Promise<string> {
  const answer = await post(`/v1/batches?default_country=AR${query}`, table(line(n)), CSV);
  expect(answer.statusCode).toBe(202);
  return answer.json().id;
}

async function formOf(file: Buffer, settings?: object): Promise<[Buffer, Record<string, string>]> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(file)], { type: 'text/csv' }), 'more.csv');
  if (settings) form.set('settings', JSON.stringify(settings));
  const body = new Response(form);
  return [Buffer.from(await body.arrayBuffer()), { 'content-type': body.headers.get('content-type')! }];
}

describe('a file of rows for a batch', () => {
  it('is checked by the settings of the batch, and adds exactly what was checked', async () => {
    const id = await batchOf(1);
    const more = table(line(1), line(2, '011 4324 1002'), line(3));
    const checked = await post(`/v1/batches/${id}/rows/check`, more, CSV);
    expect([checked.statusCode, checked.json()]).toMatchObject([
      200,
      {
        rows: 2,
        valid: 2,
        invalid: 0,
        duplicates: 0,
        known: 1,
        problems: [],
        encoding: 'windows-1252',
        delimiter: ';',
      },
    ]);
    expect((await get(`/v1/batches/${id}`)).json().counts.total).toBe(1);
    const { check } = checked.json();
    const other = await post(`/v1/batches/${id}/rows?check=${check}`, table(line(4)), CSV);
    expect([other.statusCode, other.json().detail]).toEqual([409, expect.stringContaining('not what was checked')]);
    const [form, headers] = await formOf(more, { check });
    const added = await post(`/v1/batches/${id}/rows`, form, headers);
    expect([added.statusCode, added.json()]).toEqual([202, { added: 2, known: 1 }]);
    expect((await post(`/v1/batches/${id}/rows?check=${check}`, more, CSV)).json()).toEqual({ added: 0, known: 3 });
    const rows = (await get(`/v1/batches/${id}/rows`)).json().data;
    expect(rows.map(({ row, line: at, phone }: Record<string, unknown>) => [row, at, phone])).toEqual([
      [1, 2, '+541143241001'],
      [2, 3, '+541143241002'],
      [3, 4, '+541143241003'],
    ]);
  });

  it('is refused with every problem where the batch does not skip them', async () => {
    const id = await batchOf(10);
    const bad = table(line(11, '5,41143E+11'), `k-12;+54 11 4324 1010;Clínica;dentista;Ana`);
    const { problems } = (await post(`/v1/batches/${id}/rows/check`, bad, CSV)).json();
    expect(problems).toMatchObject([
      { row: 1, line: 2, field: 'teléfono', code: 'excel_scientific' },
      { row: 2, line: 3, field: 'teléfono', code: 'duplicate', message: expect.stringContaining('a row of the batch') },
    ]);
    const refused = await post(`/v1/batches/${id}/rows`, bad, CSV);
    expect([refused.statusCode, refused.json().problems]).toEqual([422, problems]);
    const lenient = await batchOf(20, '&on_invalid=skip&duplicates=skip');
    expect((await get(`/v1/batches/${lenient}`)).json()).toMatchObject({ on_invalid: 'skip', duplicates: 'skip' });
    const kept = await post(`/v1/batches/${lenient}/rows`, table(line(21, '12'), line(22)), CSV);
    expect([kept.statusCode, kept.json()]).toEqual([202, { added: 2, known: 0 }]);
    expect((await get(`/v1/batches/${lenient}`)).json().counts).toMatchObject({ total: 3, invalid: 1, waiting: 2 });
  });

  it('has no settings of its own, and is not for a canceled batch', async () => {
    const id = await batchOf(30);
    const refused = async (answer: ReturnType<typeof post>) => {
      const { statusCode, body } = await answer;
      return [statusCode, body];
    };
    const named = (field: string) => [422, expect.stringContaining(`"field":"${field}"`)];
    expect(await refused(post(`/v1/batches/${id}/rows?default_country=UY`, table(line(31)), CSV))).toEqual(
      named('default_country'),
    );
    const [form, headers] = await formOf(table(line(31)), { on_invalid: 'skip' });
    expect(await refused(post(`/v1/batches/${id}/rows`, form, headers))).toEqual(named('on_invalid'));
    expect(await refused(post(`/v1/batches/${id}/rows?check=x`, { rows: [{}] }))).toEqual(named('check'));
    expect((await post(`/v1/batches/${id}/rows`, undefined)).statusCode).toBe(400);
    const pdf = (await post(`/v1/batches/${id}/rows/check`, '%PDF-1.7', CSV)).json();
    expect(pdf.problems).toMatchObject([{ row: 0, code: 'unreadable' }]);
    await post(`/v1/batches/${id}/cancel`, undefined);
    for (const what of ['rows', 'rows/check'])
      expect((await post(`/v1/batches/${id}/${what}`, table(line(31)), CSV)).statusCode).toBe(409);
    expect((await post('/v1/batches/ba_nowhere/rows/check', table(line(31)), CSV)).statusCode).toBe(404);
  });
});

describe('the events of a batch', () => {
  it('begin behind the number that the batch names, or any other', async () => {
    const held = await post('/v1/batches?start=held', table(line(50)), CSV);
    const { id, last_event_id } = held.json();
    expect(last_event_id).toBe(1);
    await post(`/v1/batches/${id}/cancel`, undefined);
    await w.records.cancelUntaken(id, new Date().toISOString(), 10);
    await w.records.changeBatch(id, new Date().toISOString(), () => ({ status: 'canceled' }));
    const events = async (query: string, headers: Record<string, string> = {}) => {
      const answer = await w.app.inject({
        url: `/v1/batches/${id}/events${query}`,
        headers: { ...as('alice'), ...headers },
      });
      const told = [...answer.body.matchAll(/^data: (.+)$/gm)].map(
        ([, data]) => (JSON.parse(data!) as BatchEvent).type,
      );
      return [answer.statusCode, told];
    };
    const all = ['status', 'status', 'row', 'status', 'final'];
    expect(await events('')).toEqual([200, all]);
    expect(await events(`?after=${last_event_id}`)).toEqual([200, all.slice(1)]);
    expect(await events('?after=0', { 'last-event-id': '3' })).toEqual([200, all.slice(3)]);
    const { last_event_id: last } = (await get(`/v1/batches/${id}`)).json();
    expect([last, await events(`?after=${last}`)]).toEqual([5, [204, []]]);
    expect((await events('?after=some'))[0]).toBe(422);
  });
});
