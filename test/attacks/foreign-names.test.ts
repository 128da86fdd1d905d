import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { attackedApi } from './support.ts';

const OPEN = { apiKeys: [], operatorKeys: [] };

/** As a browser would ask whose page's name was made to lead here: `fetch` lets nobody choose a `Host`. */
const asked = (port: number, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/v1/bookings', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    });
    sent.once('error', reject).end();
  });

const FOREIGN: Record<string, string>[] = [
  { host: 'evil.example' },
  { host: 'evil.example', 'x-forwarded-host': '127.0.0.1' },
  { host: 'evil.example:3000', 'x-forwarded-host': 'localhost:3000' },
  { host: 'evil.example', forwarded: 'host=localhost' },
  { host: '127.0.0.1', 'x-forwarded-host': 'evil.example' },
  { host: '127.0.0.1', 'x-forwarded-host': 'localhost, evil.example' },
  { host: '127.0.0.1', forwarded: 'for=1.2.3.4;host="evil.example:443";proto=https' },
  { host: '127.0.0.1.evil.example' },
  { host: 'localhost@evil.example' },
  { host: '[::1].evil.example' },
];
const OURS: Record<string, string>[] = [
  { host: '127.0.0.1:3000' },
  { host: 'localhost' },
  { host: '[::1]:3000' },
  { host: 'localhost:3000', 'x-forwarded-host': 'localhost:3000', forwarded: 'host=127.0.0.1' },
];

describe.each([
  ['no proxy is trusted', undefined],
  ['a proxy on this machine is trusted', ['127.0.0.0/8']],
])('an API without keys, where %s', (_where, trustedProxies) => {
  const api = attackedApi(() => ({ settings: { ...OPEN, trustedProxies } }), true);

  it.each(FOREIGN)('answers to no foreign name: %j', async (headers) => {
    // 400: a Host that is none.
    expect([400, 403]).toContain(await asked(api.port, headers));
  });

  it.each(OURS)('answers to this machine’s: %j', async (headers) => {
    expect(await asked(api.port, headers)).toBe(200);
  });
});
