import { expect, it } from '@jest/globals';
import { until } from '../support/until.ts';
import { ALICE, attackedApi, BOB } from './support.ts';

const api = attackedApi(() => ({ settings: { maxEventStreams: 20 } }));

/** Opens an event stream, as a client does that looks on; resolves to the status. */
async function follow(key: string, id: string, hold: AbortController): Promise<Response> {
  return fetch(`${api.url}/v1/bookings/${id}/events`, {
    headers: { authorization: `Bearer ${key}` },
    signal: hold.signal,
  });
}

it('one key cannot hold all event streams: the next one always finds some, and a clear 429 says why', async () => {
  const [alices, bobs] = [await api.world.book(ALICE), await api.world.book(BOB)];
  const hold = new AbortController();
  const answers = await Promise.all(Array.from({ length: 60 }, () => follow(ALICE, alices, hold)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  const refused = answers.find(({ status }) => status === 429)!;
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({
    title: 'Too many requests',
    detail: expect.stringMatching(/^This key has 10 event streams and waits open, its share of the 20 /),
  });
  expect((await follow(BOB, bobs, hold)).status).toBe(200);
  // What is given back can be taken again.
  hold.abort();
  const again = new AbortController();
  await until(async () => (await follow(ALICE, alices, again)).status === 200);
  again.abort();
});
