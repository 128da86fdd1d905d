import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { bookingBody } from '../api/support.ts';
import { ALICE, attackedApi, BOB } from '../attacks/support.ts';
import { begin, type RunningCommand, vocero } from '../cli/support/vocero.ts';
import { until } from '../support/until.ts';
import { overStdio } from './support.ts';

const api = attackedApi();
const folder = mkdtempSync(join(tmpdir(), 'vocero-mcp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serve = (env: Record<string, string>): RunningCommand => begin(['mcp'], folder, env, 'pipe');

const say = (running: RunningCommand, ...messages: object[]): void => {
  for (const message of messages) running.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
};

const HELLO = {
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

const answerTo = (running: RunningCommand, id: number) =>
  until(() =>
    running
      .lines()
      .map((line) => JSON.parse(line) as { jsonrpc: string; id?: number; result?: Record<string, unknown> })
      .find((message) => message.id === id),
  );

it('writes nothing but the protocol, answers a client of 2025-06-18, and ends with its input, also in a wait', async () => {
  const id = await api.world.book(ALICE);
  const running = serve({ VOCERO_URL: api.url, VOCERO_KEY: ALICE });
  say(running, HELLO);
  expect((await answerTo(running, 1)).result).toMatchObject({
    protocolVersion: '2025-06-18',
    serverInfo: { name: 'vocero' },
  });
  say(running, { method: 'notifications/initialized' }, { id: 2, method: 'tools/list' });
  await answerTo(running, 2);
  const args = { name: 'get_booking', arguments: { booking_id: id, wait_seconds: 50 } };
  say(running, { id: 3, method: 'tools/call', params: args });
  await until(async () => /vocero_event_streams 1/.test((await api.send('GET', '/metrics')).text));
  running.endInput();
  const { code, out, err } = await running.said;
  expect([code, err]).toEqual([0, '']);
  for (const line of out.split('\n').slice(0, -1)) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  await until(async () => /vocero_event_streams 0/.test((await api.send('GET', '/metrics')).text));
});

it('says on standard error what is wrong with its settings, and nothing on standard output', async () => {
  const { code, out, err } = await vocero(['mcp'], folder, { VOCERO_URL: 'not an address' });
  expect(code).not.toBe(0);
  expect(out).toBe('');
  expect(err).toContain('VOCERO_URL');
});

it('sends no key of its own settings to another address, and tells of a refused one in words', async () => {
  const stranger = await overStdio({ VOCERO_URL: api.url, API_KEYS: ALICE, OPERATOR_KEYS: ALICE }, folder);
  const refused = await stranger.call('list_bookings');
  expect(refused).toMatchObject({ failed: true, data: { status: 401 } });
  expect(refused.text).toContain('configure a key');
  const bob = await overStdio({ VOCERO_URL: api.url, VOCERO_KEY: BOB }, folder);
  expect((await bob.call('book_appointment', bookingBody())).failed).toBe(false);
});
