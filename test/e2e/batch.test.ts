import { expect } from '@jest/globals';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { bookingBody, ONLY_NATIVE } from './support/client.ts';
import { readEvents } from './support/event-stream.ts';
import { killWhole } from './support/process.ts';
import { runSystem } from './support/system.ts';

const system = runSystem();
const claim = claimOf(system.tail);

interface Batch {
  id: string;
  status: string;
  counts: Record<string, number>;
  results: Record<string, number>;
}

const numbersFrom = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `+5411432${String(first + i)}`);

const { escalation } = bookingBody('', ONLY_NATIVE);
const rowsOf = (numbers: readonly string[]): object[] =>
  numbers.map((phone, i) => ({
    key: `row-${i + 1}`,
    business: { name: `Clínica ${i + 1}`, phone },
    request: { service_type: 'dentista', user_name: `Paciente ${i + 1}`, preferred_date: 'mañana' },
  }));

const read = async (id: string): Promise<Batch> =>
  (await system.client.send('GET', `/v1/batches/${id}`)).body as unknown as Batch;

const untilStatus = (id: string, status: string, limitMs = 90_000): Promise<Batch> =>
  until(
    async () => {
      const batch = await read(id);
      return batch.status === status ? batch : undefined;
    },
    limitMs,
    `batch ${status}`,
    200,
  );

const untilCounts = (id: string, fits: (counts: Record<string, number>) => boolean): Promise<boolean> =>
  until(async () => fits((await read(id)).counts), 60_000, String(fits), 200);

claim('rows become bookings, each number is rung once, and the report says what came of it', async () => {
  const { client, sandbox } = system;
  const numbers = numbersFrom(20_101, 6);
  for (const number of numbers) sandbox.scenario({ number, talk_ms: 1_000 });
  sandbox.scenario({ number: numbers[5]!, callee: 'busy', talk_ms: 1_000 });
  const { status, body } = await client.send('POST', '/v1/batches', {
    rows: rowsOf(numbers),
    defaults: { escalation: { ...(escalation as object), native: { max_attempts: 1 } } },
    max_concurrent: 3,
  });
  expect(status).toBe(202);
  const batch = await untilStatus(String(body.id), 'completed');
  expect(batch.counts).toMatchObject({ total: 6, completed: 5, failed: 1, waiting: 0 });
  for (const number of numbers) expect(sandbox.log(number).calls).toHaveLength(1);
  const report = String((await client.send('GET', `/v1/batches/${batch.id}/report.csv`)).body.text).split('\r\n');
  expect(report).toHaveLength(8);
  expect(report[1]).toMatch(/^row-1,'\+54 11 4322 0101,completed,confirmed,,\d{4}-\d\d-\d\d,\d\d:\d\d,bk_/);
  const events = await readEvents(`${system.url}/v1/batches/${batch.id}/events`, {
    until: ({ event }) => event === 'final',
  });
  expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => String(i + 1)));
  expect(events.filter(({ event, data }) => event === 'row' && data.status === 'completed')).toHaveLength(5);
  for (const { data } of events) expect((data.counts as Record<string, number>).total).toBe(6);
  const later = await fetch(`${system.url}/v1/batches/${batch.id}/events`, {
    headers: { 'last-event-id': String(events.at(-1)!.id) },
  });
  expect(later.status).toBe(204);
  const bookings = (await client.send('GET', `/v1/bookings?batch=${batch.id}`)).body.data as { batch: object }[];
  expect(bookings.map((one) => one.batch)).toContainEqual({ id: batch.id, key: 'row-1' });
});

claim('killed in the middle and started again: no row is lost, and none is rung twice', async () => {
  const { client, sandbox, product } = system;
  const numbers = numbersFrom(20_201, 12);
  for (const number of numbers) sandbox.scenario({ number, talk_ms: 2_000 });
  const { body } = await client.send('POST', '/v1/batches', {
    rows: rowsOf(numbers),
    defaults: { escalation },
    max_concurrent: 4,
  });
  const id = String(body.id);
  await until(async () => (await read(id)).counts.in_progress! > 0, 60_000, 'a call', 50);
  expect(await killWhole(product)).toBe('SIGKILL');
  await system.start();
  const batch = await untilStatus(id, 'completed', 180_000);
  const { total, completed, needs_review } = batch.counts;
  expect(total).toBe(12);
  expect(completed! + needs_review!).toBe(12);
  for (const number of numbers) expect(sandbox.log(number).calls).toHaveLength(1);
});

claim('a batch that fails too often calls nobody more, and those in line keep its changed not_after', async () => {
  const { client, sandbox } = system;
  const numbers = numbersFrom(20_401, 8);
  for (const number of numbers) sandbox.scenario({ number, callee: 'busy', talk_ms: 1_000 });
  const { body } = await client.send('POST', '/v1/batches', {
    rows: rowsOf(numbers),
    defaults: { escalation: { ...(escalation as object), native: { max_attempts: 1 } } },
    max_concurrent: 1,
    stop_after_failures: { share: 0.5, of_last: 3 },
  });
  const id = String(body.id);
  await untilStatus(id, 'paused');
  const rung = () => numbers.filter((number) => sandbox.log(number).calls.length > 0).length;
  expect(rung()).toBe(3);
  const not_after = new Date(Date.now() + 2_000).toISOString();
  expect((await client.send('PATCH', `/v1/batches/${id}`, { not_after })).status).toBe(202);
  const batch = await untilStatus(id, 'completed');
  expect(batch.counts).toMatchObject({ failed: 3, expired: 5, waiting: 0 });
  expect(batch.results).toMatchObject({ expired: 5 });
  expect(rung()).toBe(3);
});

/** As a Spanish Excel saves it: semicolons, Windows-1252, CRLF. */
const sheet = (rows: readonly string[]): Buffer =>
  Buffer.from(['phone;business_name;service_type;user_name;special_requests', ...rows, ''].join('\r\n'), 'latin1');

claim('a file of a Spanish Excel is checked, corrected, run, paused, resumed, and reported', async () => {
  const { sandbox, url, client } = system;
  const numbers = numbersFrom(20_301, 6);
  for (const number of numbers) sandbox.scenario({ number, talk_ms: 4_000 });
  const settings = new URLSearchParams({
    default_country: 'AR',
    max_concurrent: '2',
    defaults: JSON.stringify({ escalation }),
  });
  const send = async (path: string, file: Buffer, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}?${settings}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...headers },
      body: new Uint8Array(file),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const rows = numbers.map(
    (phone, i) => `0${phone.slice(3)};Peluquería Ñandú ${i};corte;Núñez ${i};"con seña; mañana"`,
  );
  const faulty = [
    ...rows.slice(0, 5),
    '5,41143E+11;Clínica;corte;Olga;',
    rows[0]!,
    `${rows[5]!.split(';')[0]};;corte;Olga;`,
  ];

  const checked = await send('/v1/batches/check', sheet(faulty));
  expect(checked.body).toMatchObject({ rows: 8, valid: 5, encoding: 'windows-1252', delimiter: ';' });
  const problems = checked.body.problems as { code: string; line: number }[];
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ['excel_scientific', 7],
    ['duplicate', 8],
    ['missing', 9],
  ]);
  expect((await send('/v1/batches', sheet(faulty))).status).toBe(422);

  const { check } = (await send('/v1/batches/check', sheet(rows))).body;
  settings.set('check', String(check));
  const key = { 'idempotency-key': 'sheet' };
  const accepted = await send('/v1/batches', sheet(rows), key);
  expect(accepted.status).toBe(202);
  expect((await send('/v1/batches', sheet(rows), key)).status).toBe(200);
  const id = String(accepted.body.id);

  await until(async () => (await read(id)).counts.in_progress! > 0, 60_000, 'a call', 50);
  expect((await client.send('POST', `/v1/batches/${id}/pause`)).status).toBe(202);
  await until(
    async () => {
      const calls = numbers.flatMap((number) => sandbox.log(number).calls);
      return calls.length > 0 && calls.every(({ status }) => status === 'completed');
    },
    60_000,
    'the live calls to end',
  );
  const rungBy = () => numbers.filter((number) => sandbox.log(number).calls.length > 0).length;
  const paused = rungBy();
  expect(paused).toBeLessThan(numbers.length);
  await untilCounts(id, ({ in_progress }) => in_progress === 0);
  expect([(await read(id)).status, rungBy()]).toEqual(['paused', paused]);

  expect((await client.send('POST', `/v1/batches/${id}/resume`)).status).toBe(202);
  const batch = await untilStatus(id, 'completed');
  expect(batch.counts).toMatchObject({ total: 6, completed: 6 });
  for (const number of numbers) expect(sandbox.log(number).calls).toHaveLength(1);
  const report = await fetch(`${url}/v1/batches/${id}/report.csv?delimiter=semicolon`);
  const lines = Buffer.from(await report.arrayBuffer())
    .toString()
    .split('\r\n');
  expect(lines[0]).toMatch(/^\ufeffkey;phone;status;result;why;/);
  expect(lines.slice(1, 7).every((line) => line.includes(';completed;confirmed;'))).toBe(true);

  expect((await client.send('DELETE', `/v1/batches/${id}`)).status).toBe(202);
  expect((await client.send('GET', `/v1/batches/${id}`)).status).toBe(410);
  await until(async () => (await client.send('DELETE', `/v1/batches/${id}`)).status === 200, 60_000, 'its erasure');
  expect((await client.send('GET', `/v1/bookings?batch=${id}`)).body.data).toEqual([]);
});
