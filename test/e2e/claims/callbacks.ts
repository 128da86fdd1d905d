import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type WebServer, webServer } from '../../providers/web-server.ts';
import { until } from '../../support/until.ts';
import { ONLY_NATIVE } from '../support/client.ts';
import { CALLBACK_SECRET, system } from '../support/shared-system.ts';

let client: WebServer;
/** What the receiver answers at `/stumbling`, one after the other; then, and elsewhere, 200. */
const answers = [500];

beforeAll(async () => {
  client = await webServer(({ request, json }) => json((request.path === '/stumbling' && answers.shift()) || 200, {}));
});
afterAll(() => client.close());

/** What has been sent of one booking, each signature checked as a receiver would. */
const heard = (id: string) =>
  client.seen
    .map(({ headers, body }) => ({
      id: headers['webhook-id'] as string,
      told: new Webhook(CALLBACK_SECRET).verify(body, headers as Record<string, string>) as {
        type: string;
        data: { id: string; status: string; attempt?: { status: string } };
      },
    }))
    .filter(({ told }) => told.data.id === id);

it.concurrent('tells the client that nobody answered while redials go on, and the outcome as GET shows it', async () => {
  const number = '+541143210701';
  system.sandbox.scenario({ number, callee: 'busy,answer-and-book' });
  const { id } = await system.client.book(number, { ...ONLY_NATIVE, callback_url: `${client.url}/hook` });
  await until(() => heard(id).length === 2, 60_000, 'two messages');
  const [failed, final] = heard(id);
  expect(failed).toMatchObject({
    id: `msg_${id}.1_failed`,
    told: { type: 'booking.attempt_failed', data: { status: 'in_progress', attempt: { status: 'busy' } } },
  });
  expect(final).toMatchObject({ id: `msg_${id}_final`, told: { type: 'booking.final' } });
  const view = await system.client.booking(id);
  expect(final!.told.data).toEqual({ ...view, updated_at: expect.any(String) });
  expect(view.outcome?.proof).toMatchObject({ level: 'stated', agreement: { role: 'business' } });
}, 90_000);

it.concurrent('a person’s review of what evidence does not settle is told to the client, and stands beside the outcome', async () => {
  const number = '+541143210790';
  const { id } = await system.client.book(number, { ...ONLY_NATIVE, callback_url: `${client.url}/hook` });
  const { outcome } = await system.client.final(id);
  expect(outcome?.result).toBe('needs_review');
  const review = { by: 'Ana', result: 'declined', notes: 'Asked them.' };
  const answer = await system.client.send('POST', `/v1/bookings/${id}/review`, review);
  expect(answer.status).toBe(200);
  await until(() => heard(id).length === 2, 60_000, 'the outcome and its review');
  const reviewed = heard(id).find(({ told }) => told.type === 'booking.reviewed');
  expect(reviewed?.id).toBe(`msg_${id}_reviewed_1`);
  const view = await system.client.booking(id);
  expect(reviewed!.told.data).toEqual(view);
  expect(view).toMatchObject({ outcome, review: { by: 'Ana', decision: { result: 'declined' } } });
}, 90_000);

it.concurrent('a receiver that stumbles is told again, each try is on record, and on request once more', async () => {
  const url = `${client.url}/stumbling`;
  const { id } = await system.client.book('+541143210702', { ...ONLY_NATIVE, callback_url: url });
  await until(() => heard(id).length === 2, 60_000, 'the second try');
  const messages = async () => {
    const { body } = await system.client.send('GET', `/v1/bookings/${id}/messages`);
    return body.data as { id: string; state: string; deliveries: { status: number }[] }[];
  };
  await until(async () => (await messages())[0]?.state === 'delivered', 10_000, 'the record');
  expect((await messages())[0]!.deliveries.map(({ status }) => status)).toEqual([500, 200]);
  const again = await system.client.send('POST', `/v1/bookings/${id}/messages/msg_${id}_final/send`);
  expect(again.status).toBe(202);
  await until(() => heard(id).length === 3, 20_000, 'the message once more');
  expect(new Set(heard(id).map((one) => one.id)).size).toBe(1);
}, 120_000);
