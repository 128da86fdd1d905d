import { describe, expect, it } from '@jest/globals';
import type { ApiSettings } from '../../api/deps.ts';
import { wrongKeys } from '../../api/wrong-keys.ts';
import { ALICE, attackedApi, BOB } from './support.ts';

let now = 0;
const changes = (settings: Partial<ApiSettings> = {}) => {
  now = Date.parse('2026-11-23T12:00:00Z');
  return { deps: { now: () => now }, settings: { wrongKeys: { perSecond: 1, burst: 5 }, ...settings } };
};
const api = attackedApi(changes);
const list = (key: string) => api.as(key, 'GET', '/v1/bookings');

describe('who guesses keys', () => {
  it('is answered 429 after a few, with the time to wait, and then even for a right guess', async () => {
    for (let n = 0; n < 5; n++) expect((await list(`guess-${n}`)).status).toBe(401);
    for (const key of ['guess-5', 'guess-6', ALICE, BOB]) {
      const { status, headers, json } = await list(key);
      expect([status, headers.get('retry-after')]).toEqual([429, '1']);
      expect(json.detail).toMatch('wrong keys');
    }
    now += 1_000;
    expect((await list('guess-7')).status).toBe(401);
    expect((await list('guess-8')).status).toBe(429);
  });

  it('does not lock out whoever has used a right key from there: a proxy may stand between', async () => {
    expect((await list(ALICE)).status).toBe(200);
    for (let n = 0; n < 20; n++) await list(`guess-${n}`);
    expect((await list(ALICE)).status).toBe(200);
    expect((await list(BOB)).status).toBe(429);
    now += 1_000;
    expect((await list(BOB)).status).toBe(200);
  });

  it('gains nothing by saying another address, since no such field is believed', async () => {
    const guess = (n: number) =>
      api.as(`guess-${n}`, 'GET', '/v1/bookings', undefined, {
        'x-forwarded-for': `10.0.0.${n}`,
        forwarded: `for=10.0.0.${n}`,
      });
    for (let n = 0; n < 5; n++) expect((await guess(n)).status).toBe(401);
    expect((await guess(6)).status).toBe(429);
  });

  it('is not counted without any key: a health check that forgot it is no guess', async () => {
    for (let n = 0; n < 20; n++) expect((await api.send('GET', '/v1/bookings')).status).toBe(401);
    expect((await list(ALICE)).status).toBe(200);
  });

  it('with all addresses of one IPv6 network is one guesser; of IPv4, and of mapped IPv4, each is one', () => {
    const guard = wrongKeys(() => 0, { perSecond: 1, burst: 1 });
    const guess = (address: string): string => {
      try {
        return guard(address, 'Bearer x', () => {
          throw new Error('wrong');
        });
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(guess('2001:db8:1:2::1')).toBe('wrong');
    expect(guess('2001:db8:1:2:ffff::9')).toMatch('Too many');
    expect(guess('2001:db8:1:3::1')).toBe('wrong');
    expect(guess('192.0.2.1')).toBe('wrong');
    expect(guess('192.0.2.2')).toBe('wrong');
    expect(guess('::ffff:192.0.2.1')).toMatch('Too many');
  });
});

describe('who guesses keys behind a proxy that is named in TRUSTED_PROXIES', () => {
  const proxied = attackedApi(() => changes({ trustedProxies: ['127.0.0.0/8'] }));
  /** What the proxy has added for who spoke to it stands last. */
  const from = (forwarded: string, key: string) =>
    proxied.as(key, 'GET', '/v1/bookings', undefined, { 'x-forwarded-for': forwarded });

  it('locks out nobody else, also not those who have sent no key yet', async () => {
    for (let n = 0; n < 5; n++) expect((await from('198.51.100.7', `guess-${n}`)).status).toBe(401);
    expect((await from('198.51.100.7', ALICE)).status).toBe(429);
    expect((await from('198.51.100.8', ALICE)).status).toBe(200);
  });

  it('gains nothing by sending such a field along', async () => {
    const guess = (n: number) => from(`192.0.2.${n}, 198.51.100.7`, `guess-${n}`);
    for (let n = 0; n < 5; n++) expect((await guess(n)).status).toBe(401);
    expect((await guess(6)).status).toBe(429);
  });
});
