import { expect, it } from '@jest/globals';
import { sessionCookie } from '../../api/console/session-cookie.ts';
import { PUBLIC_URL } from '../api/support.ts';
import { attackedApi, HOOK } from './support.ts';

const api = attackedApi();

const TIMES = 300;
/** Twenty lines and their sum, of each of at most two kinds, in each ten seconds: a slow machine takes more than one. */
const maxLines = (began: number): number => 2 * 21 * (2 + Math.floor((performance.now() - began) / 10_000));

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

const lines = () =>
  api
    .logged()
    .split('\n')
    .filter((line) => line.startsWith('{'));

it.each<[string, () => Promise<{ status: number }>]>([
  ['without a signature of Twilio', () => api.send('POST', '/webhook/voice/status', { headers: form, body: 'a=b' })],
  [
    'with a wrong one',
    () =>
      api.send('POST', '/webhook/voice/outbound?call_id=x', {
        headers: { ...form, 'x-twilio-signature': 'AAAA' },
        body: 'a=b',
      }),
  ],
  ['without one of ElevenLabs', () => api.send('POST', '/api/elevenlabs/post-call', { headers: json, body: '{}' })],
  [
    'with a wrong one of ElevenLabs',
    () =>
      api.send('POST', '/api/elevenlabs/post-call', {
        headers: { ...json, 'elevenlabs-signature': `t=${Math.floor(Date.now() / 1_000)},v0=${'0'.repeat(64)}` },
        body: HOOK,
      }),
  ],
  ['for the report tool', () => api.send('POST', '/api/elevenlabs/tools/report_result', { headers: json, body: '{}' })],
  ['for bookings', () => api.as(`wrong-${Math.random()}`, 'GET', '/v1/bookings')],
  ['for nothing that there is', () => api.send('GET', `/nowhere/${Math.random()}`)],
  ['for the console’s session', () => api.send('POST', '/console/session', { headers: json, body: '{"key":"x"}' })],
  ['for a stream', () => api.send('GET', '/ws/media-stream/x')],
  ['that is unreadable', () => api.send('GET', '/v1/bookings?cursor=%', { headers: { authorization: 'Bearer' } })],
  ['whether it is up', () => api.send('GET', '/healthz')],
  [
    'which only a broken database refuses',
    async () => {
      await api.world.records.close();
      return api.send('GET', '/console/session', { headers: { cookie: sessionCookie(PUBLIC_URL).opening('x') } });
    },
  ],
])('a stranger who asks %s writes no line for each request, at every level of the log', async (_what, ask) => {
  const began = performance.now();
  for (let sent = 0; sent < TIMES; sent += 50) await Promise.all(Array.from({ length: 50 }, ask));
  expect(lines().length).toBeGreaterThan(0);
  expect(lines().length).toBeLessThan(maxLines(began));
});

it('says how many it has not shown', async () => {
  for (let sent = 0; sent < 100; sent++)
    await api.send('POST', '/webhook/voice/status', { headers: form, body: 'a=b' });
  await api.world.app.close();
  const sums = lines().flatMap((line) => {
    const { msg, more } = JSON.parse(line) as { msg: string; more?: number };
    return msg === 'more of the same: a request that claims to be from Twilio was refused' ? [more] : [];
  });
  const shown = lines().filter((line) => line.includes('"msg":"a request that claims to be from Twilio was refused"'));
  expect(sums.reduce<number>((sum, more) => sum + (more ?? 0), shown.length)).toBe(100);
});
