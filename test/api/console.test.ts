import { createHash } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ConsoleBundle, openConsole } from '../../api/console/bundle.ts';
import { bestEncoding } from '../../api/console/encoding.ts';
import { formRules } from '../../api/console/form-rules.ts';
import { PHONE_CHANNELS } from '../../domain/channels.ts';
import { as, finish, type World, world } from './support.ts';

let bundle: ConsoleBundle;
beforeAll(async () => {
  bundle = await openConsole();
}, 60_000);

let now = Date.parse('2026-11-25T12:00:00Z');
let w: World;
const open = async (changes: Parameters<typeof world>[0] = {}) => {
  w = await world({ ...changes, deps: { console: bundle, now: () => now, ...changes.deps } });
};
beforeEach(() => open());
afterEach(() => w.close());

const ORIGIN = { origin: 'https://vocero.example', host: 'vocero.example' };

const signIn = (key: string, headers: Record<string, string> = ORIGIN) =>
  w.app.inject({ method: 'POST', url: '/console/session', headers, payload: { key } });

/** The cookie of an operator, as a browser sends it back. */
async function cookieOf(key = 'olga'): Promise<Record<string, string>> {
  const set = String((await signIn(key)).headers['set-cookie']);
  return { cookie: set.split(';')[0]! };
}

const session = async (headers: Record<string, string>) =>
  (await w.app.inject({ url: '/console/session', headers })).json();

describe('signing in at the console', () => {
  it('gives an operator a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn('olga');
    expect(answer.statusCode).toBe(204);
    const set = String(answer.headers['set-cookie']);
    expect(set).toMatch(/^__Host-vocero-[0-9a-f]{8}=[\w-]{43}; /);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/', 'Max-Age=43200'])
      expect(set).toContain(part);
    const { cookie } = await cookieOf();
    expect(await session({ cookie: cookie! })).toMatchObject({ signed_in: true, sees_all: true, open: false });
    expect(w.logged()).not.toContain('olga');
    expect(w.logged()).not.toContain(cookie!.split('=')[1]!);
  });

  it('finds it behind another of its name that cannot be a session', async () => {
    const { cookie } = await cookieOf();
    const [name] = cookie!.split('=');
    expect(await session({ cookie: `other=1; ${name}=junk; ${cookie}` })).toMatchObject({ signed_in: true });
  });

  it('leaves out Secure where the API is reached over http, and tells ports apart', async () => {
    await w.close();
    await open({ settings: { publicUrl: 'http://127.0.0.1:3000' } });
    const one = String((await signIn('olga', {})).headers['set-cookie']);
    expect(one).not.toContain('Secure');
    await w.close();
    await open({ settings: { publicUrl: 'http://127.0.0.1:3001' } });
    expect(String((await signIn('olga', {})).headers['set-cookie']).split('=')[0]).not.toBe(one.split('=')[0]);
  });

  it('refuses a wrong key with 401, and one that is no operator’s with 403; neither sets a cookie', async () => {
    for (const [key, status] of [
      ['nobody', 401],
      ['alice', 403],
    ] as const) {
      const answer = await signIn(key);
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([status, undefined]);
    }
  });

  it('lets nobody guess: guesses here count with those that requests bring, and an address that made too many waits', async () => {
    await w.close();
    await open({ settings: { wrongKeys: { perSecond: 0.5, burst: 3 } } });
    await w.app.inject({ url: '/v1/bookings', headers: as('guess') });
    for (const key of ['guess-1', 'guess-2']) expect((await signIn(key)).statusCode).toBe(401);
    const refused = await signIn('olga');
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '2']);
    now += 2_000;
    expect((await signIn('olga')).statusCode).toBe(204);
  });

  it('keeps no session id in the database, only its hash', async () => {
    const { cookie } = await cookieOf();
    const id = cookie!.split('=')[1]!;
    const at = new Date(now).toISOString();
    expect(await w.records.sessionOwner(id, at)).toBeUndefined();
    const hash = createHash('sha256').update(`session\0${id}`).digest('hex');
    expect(await w.records.sessionOwner(hash, at)).toBe(w.deps.settings.ownerHash('olga'));
  });
});

describe('a session', () => {
  it('opens what its key opens: bookings, events, recordings, the do-not-call list', async () => {
    const id = await w.book('alice');
    await finish(w, id);
    const headers = await cookieOf();
    for (const url of ['/v1/bookings', `/v1/bookings/${id}`, `/v1/bookings/${id}/events`, '/v1/do-not-call']) {
      expect([url, (await w.app.inject({ url, headers })).statusCode]).toEqual([url, 200]);
    }
  });

  it('ends after twelve hours, at sign-out, and with its key', async () => {
    const headers = await cookieOf();
    now += 12 * 3_600_000;
    expect(await session(headers)).toMatchObject({ signed_in: false });
    expect((await w.app.inject({ url: '/v1/bookings', headers })).statusCode).toBe(401);

    const second = await cookieOf();
    const out = await w.app.inject({ method: 'DELETE', url: '/console/session', headers: { ...second, ...ORIGIN } });
    expect([out.statusCode, String(out.headers['set-cookie'])]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await w.app.inject({ url: '/v1/bookings', headers: second })).statusCode).toBe(401);

    const third = await cookieOf();
    w.deps.settings.operatorKeys.splice(0, 1, 'other');
    const { buildApp } = await import('../../api/app.ts');
    const { Registry } = await import('prom-client');
    const later = await buildApp({ ...w.deps, metrics: new Registry() });
    expect((await later.inject({ url: '/v1/bookings', headers: third })).statusCode).toBe(401);
    await later.close();
  });

  it('is not lent to another site’s page: a write must name our origin, a read needs none', async () => {
    const id = await w.book('alice');
    const headers = await cookieOf();
    const cancel = (more: Record<string, string>) =>
      w.app.inject({ method: 'POST', url: `/v1/bookings/${id}/cancel`, headers: { ...headers, ...more } });
    const foreign: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://vocero.example:81' },
    ];
    for (const named of foreign) expect((await cancel(named)).statusCode).toBe(403);
    expect(w.gateway.workflows.get(id)?.cancel_requested).toBe(false);
    expect((await cancel(ORIGIN)).statusCode).toBe(202);
  });

  it('does not stand in for a wrong key that was sent', async () => {
    const headers = { ...(await cookieOf()), ...as('nobody') };
    expect((await w.app.inject({ url: '/v1/bookings', headers })).statusCode).toBe(401);
  });
});

describe('without any key', () => {
  it('the console is open, and other sites’ pages are refused all the same', async () => {
    await w.close();
    await open({ settings: { apiKeys: [], operatorKeys: [], publicUrl: 'http://127.0.0.1:3000' } });
    expect(await session({})).toMatchObject({ open: true, signed_in: true, sees_all: true });
    const write = (headers: Record<string, string>) =>
      w.app.inject({ method: 'POST', url: '/v1/bookings/bk_none0000/cancel', headers });
    expect((await write({ origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await write({})).statusCode).toBe(404);
    expect((await write({ origin: 'http://127.0.0.1:3000' })).statusCode).toBe(404);
  });

  it('nothing is told to who calls this machine by another name, as a rebound name or a tunnel does', async () => {
    await w.close();
    await open({ settings: { apiKeys: [], operatorKeys: [], publicUrl: 'https://tunnel.example' } });
    for (const [host, status] of [
      ['rebound.example:3000', 403],
      ['tunnel.example', 403],
      ['127.0.0.1.evil.example', 403],
      ['127.0.0.1:3000', 200],
      ['localhost:3000', 200],
      ['[::1]:3000', 200],
    ] as const) {
      for (const url of ['/v1/bookings', '/console/session']) {
        expect([host, url, (await w.app.inject({ url, headers: { host } })).statusCode]).toEqual([host, url, status]);
      }
    }
  });
});

describe('the console’s page', () => {
  it('is served at each of its addresses with a policy that allows nothing inline and nothing from elsewhere', async () => {
    for (const url of ['/', '/new', '/bookings/bk_any00000', '/do-not-call', '/sign-in']) {
      const answer = await w.app.inject({ url });
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}'/);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(answer.body).not.toMatch(/<style|\son\w+=|<script(?![^>]* src="\/console\/)/);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    const nonces = await Promise.all([1, 2].map(async () => (await w.app.inject({ url: '/' })).body));
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('names files by what is in them, to be kept for good, and compressed as the browser likes', async () => {
    const script = /src="(\/console\/[^"]+)"/.exec((await w.app.inject({ url: '/' })).body)![1]!;
    for (const [accept, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['identity', undefined],
    ]) {
      const answer = await w.app.inject({ url: script, headers: { 'accept-encoding': accept! } });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
      expect(answer.headers.vary).toBe('accept-encoding');
    }
    expect((await w.app.inject({ url: '/console/none.js' })).statusCode).toBe(404);
    expect((await w.app.inject({ url: '/console/..%2findex.html' })).statusCode).toBe(404);
  });

  it('loads less than 100 kB of script, compressed, before anything shows', async () => {
    const page = (await w.app.inject({ url: '/' })).body;
    const first = [...page.matchAll(/"\/console\/([^"]+\.js)"/g)].map(([, file]) => bundle.assets.get(file!)!);
    const bytes = first.reduce((sum, { gzip }) => sum + gzip.length, 0);
    expect(first).toHaveLength(1);
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThan(100_000);
  });

  it('is a page about the API where the console could not be built', async () => {
    await w.close();
    await open({ deps: { console: undefined } });
    const answer = await w.app.inject({ url: '/' });
    expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('curl -X POST')]);
    expect((await w.app.inject({ url: '/console/session' })).statusCode).toBe(200);
  });
});

describe('what the page knows of the API’s schema', () => {
  it('has a rule for each field, by the name that errors use', () => {
    const rules = formRules();
    expect(rules['business.name']).toEqual({ required: true, minLength: 1, maxLength: 1000 });
    expect(rules['business.phone']).toMatchObject({ required: true, pattern: '^\\+[1-9][0-9]{6,14}$' });
    expect(rules['request.preferred_date']).toMatchObject({ required: false });
    expect(rules['escalation.native.ring_seconds']).toEqual({ required: false, minimum: 5, maximum: 120, default: 45 });
    expect(Object.keys(rules).filter((name) => name.startsWith('escalation.'))).toHaveLength(
      // Two of the simulation, three of callbacks.
      6 * PHONE_CHANNELS.length + 2 + 3,
    );
  });

  it('reads Accept-Encoding as browsers and others write it', () => {
    expect(bestEncoding(undefined)).toBeUndefined();
    expect(bestEncoding('GZIP;Q=1.0, br ; q=0')).toBe('gzip');
    expect(bestEncoding('*')).toBe('br');
    expect(bestEncoding('*;q=0, gzip')).toBe('gzip');
  });
});
