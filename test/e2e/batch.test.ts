import { expect } from '@jest/globals';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { bookingBody, ONLY_NATIVE } from './support/client.ts';
import { exists, familyOf, kill } from './support/process.ts';
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
  const family = familyOf(product.pid);
  kill(family);
  expect(await product.ended).toBe('SIGKILL');
  await until(() => !family.some(exists));
  await system.start();
  const batch = await untilStatus(id, 'completed', 180_000);
  const { total, completed, needs_review } = batch.counts;
  expect(total).toBe(12);
  expect(completed! + needs_review!).toBe(12);
  for (const number of numbers) expect(sandbox.log(number).calls).toHaveLength(1);
});
