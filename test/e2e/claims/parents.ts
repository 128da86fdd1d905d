import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BatchRowView, BatchView } from '../../../domain/batch/view.ts';
import { type Receiver, receiver } from '../../support/receiver.ts';
import { until } from '../../support/until.ts';
import { bookingBody, ONLY_BRIDGE, ONLY_NATIVE, type Wish } from '../support/client.ts';
import { CALLBACK_SECRET, system } from '../support/shared-system.ts';

let client: Receiver;
beforeAll(async () => {
  client = await receiver(CALLBACK_SECRET);
});
afterAll(() => client.close());

const rowsOf = (numbers: readonly string[], wishes: readonly Wish[] = [ONLY_NATIVE]): object[] =>
  numbers.map((phone, i) => ({ key: phone, ...bookingBody(phone, wishes[i % wishes.length]) }));

const read = async <T>(path: string): Promise<T> => (await system.client.send('GET', path)).body as T;
const batch = (id: string): Promise<BatchView> => read(`/v1/batches/${id}`);

async function post(status: number, path: string, body: object): Promise<BatchView> {
  const answer = await system.client.send('POST', path, body);
  expect([answer.status, answer.body]).toEqual([status, expect.anything()]);
  return answer.body as unknown as BatchView;
}

const ends = (id: string, as: string): Promise<boolean> =>
  until(async () => (await batch(id)).status === as, 60_000, `the batch to be ${as}`, 200);

it.concurrent('a receiver gets batch.completed with the batch as GET shows it, once each time that it is completed', async () => {
  const numbers = ['+541143217101', '+541143217102', '+541143217103'];
  const callback_url = `${client.url}/stumbling`;
  const { id } = await post(202, '/v1/batches', { rows: rowsOf(numbers.slice(0, 2)), callback_url });
  await ends(id, 'completed');
  const first = await batch(id);
  await until(() => client.heard(id).length === 2, 60_000, 'the message that was refused at first');
  const message = { id: `msg_${id}_completed_1`, valid: true, type: 'batch.completed', data: first };
  expect(client.heard(id)).toMatchObject([message, message]);

  expect(await post(202, `/v1/batches/${id}/rows`, { rows: rowsOf(numbers) })).toMatchObject({ added: 1, known: 2 });
  await until(() => client.heard(id).length === 3, 60_000, 'the second message');
  const again = await batch(id);
  expect(again).toMatchObject({ status: 'completed', counts: { total: 3, completed: 3 } });
  expect(client.heard(id)[2]).toMatchObject({ ...message, id: `msg_${id}_completed_2`, data: again });
  for (const number of numbers) expect(system.sandbox.log(number).calls).toHaveLength(1);
}, 120_000);

it.concurrent('canceled with hang_up, a batch ends its live calls on both channels, and calls nobody else', async () => {
  const numbers = Array.from({ length: 8 }, (_, i) => `+54114321720${i + 1}`);
  for (const number of numbers) system.sandbox.scenario({ number, hold: 'talk' });
  const rows = rowsOf(numbers, [ONLY_NATIVE, ONLY_BRIDGE]);
  const { id } = await post(202, '/v1/batches', { rows, max_concurrent: 4, callback_url: `${client.url}/canceled` });
  const talking = () => numbers.filter((number) => system.sandbox.heldAt(number) === 'talk');
  await until(() => talking().length === 4, 60_000, 'four talks');
  const live = talking();
  expect(await post(202, `/v1/batches/${id}/cancel`, { live_calls: 'hang_up' })).toMatchObject({ status: 'canceling' });
  await ends(id, 'canceled');

  expect((await batch(id)).counts).toMatchObject({ total: 8, canceled: 8, waiting: 0, in_progress: 0 });
  for (const number of numbers)
    expect(system.sandbox.log(number).calls).toMatchObject(live.includes(number) ? [{ ended_by: 'api' }] : []);
  const { data } = await read<{ data: BatchRowView[] }>(`/v1/batches/${id}/rows`);
  expect(data.map(({ status, why }) => [status, why === null])).toEqual(numbers.map(() => ['canceled', false]));
  await until(() => client.heard(id).length > 0, 60_000, 'batch.canceled');
  const message = { id: `msg_${id}_canceled`, valid: true, type: 'batch.canceled', data: await batch(id) };
  expect(client.heard(id)).toMatchObject([message]);
}, 120_000);
