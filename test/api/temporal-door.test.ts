import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hashOfSession, sessionCookie } from '../../api/console/session-cookie.ts';
import { type DoorSettings, temporalDoor } from '../../api/temporal-ui/door.ts';
import { listenForUi, type UiListener } from '../../api/temporal-ui/listen.ts';
import { type Answered, send, ways } from '../attacks/web-page.ts';
import { ownPort } from '../e2e/support/own-port.ts';

const SESSION = 'a'.repeat(43);
const SETTINGS: DoorSettings = {
  apiKeys: ['client-key'],
  operatorKeys: ['operator-key'],
  ownerHash: (key) => `owner of ${key}`,
  publicUrl: 'http://127.0.0.1:3000',
  consolePort: 3_000,
  uiUrl: 'https://temporal.example.com',
};
const COOKIE = sessionCookie(SETTINGS.publicUrl).opening(SESSION).split(';')[0]!;
const records = {
  sessionOwner: async (hash: string) =>
    hash === hashOfSession(SESSION) ? SETTINGS.ownerHash('operator-key') : undefined,
};

/** Stands for Temporal's own server of its page, which answers everybody. */
let behind: Server;
let seen: IncomingMessage[];
let door: UiListener;
const serve = (settings: DoorSettings = SETTINGS): void => {
  const { port } = behind.address() as { port: number };
  door.serve(temporalDoor({ server: `http://127.0.0.1:${port}` }, settings, records));
};

beforeEach(async () => {
  seen = [];
  behind = createServer((request, response) => {
    seen.push(request);
    request.resume().on('end', () => response.writeHead(200, { 'x-from': 'temporal' }).end('the page'));
  });
  behind.listen(0, '127.0.0.1');
  await once(behind, 'listening');
  door = await listenForUi(await ownPort());
  serve();
});
afterEach(async () => {
  await door.close();
  behind.closeAllConnections();
  behind.close();
});

const ask = (path: string, headers: Record<string, string> = {}, body?: string): Promise<Answered> =>
  send(
    { host: '127.0.0.1', port: door.port },
    {
      method: body === undefined ? 'GET' : 'POST',
      path,
      headers: { host: `127.0.0.1:${door.port}`, ...headers },
      ...(body !== undefined && { body }),
    },
  );
const JSON_TYPE = { 'content-type': 'application/json' };

describe('where the installation has keys', () => {
  it('whoever is not signed in is led to the console, on the name by which this machine was called', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const answer = await send(
        { host: '127.0.0.1', port: door.port },
        { method: 'GET', path: '/namespaces/default', headers: { host: `${name}:${door.port}` } },
      );
      expect(answer).toMatchObject({ status: 303, location: `http://${name}:3000/sign-in` });
    }
    expect(await ask('/', { host: 'temporal.example.com' })).toMatchObject({
      location: `${SETTINGS.publicUrl}/sign-in`,
    });
    expect(await ask('/api/v1/namespaces')).toMatchObject({ status: 401 });
    expect(await ask('/api/v1/x', JSON_TYPE, '{}')).toMatchObject({ status: 401 });
    expect(seen).toEqual([]);
  });

  it('a session of the console opens it, and an operator’s key does; a client’s key does not', async () => {
    expect(await ask('/', { cookie: COOKIE })).toMatchObject({ status: 200, text: 'the page' });
    expect(await ask('/', { authorization: 'Bearer operator-key' })).toMatchObject({ status: 200 });
    for (const authorization of ['Bearer client-key', 'Bearer operator-ke', 'Basic b3BlcmF0b3Ita2V5', ''])
      expect(await ask('/', { authorization })).toMatchObject({ status: 401 });
    expect(await ask('/', { cookie: COOKIE.replace('aaa', 'aab') })).toMatchObject({ status: 303 });
  });

  it('keys cannot be guessed there without a brake', async () => {
    const guesses = Array.from({ length: 25 }, (_, n) => ask('/', { authorization: `Bearer guess-${n}` }));
    const statuses = (await Promise.all(guesses)).map((answer) => answer?.status);
    expect(statuses).toContain(429);
    expect(await ask('/', { authorization: 'Bearer operator-key' })).toMatchObject({ status: 429 });
  });

  it('a write with the cookie must come from the page itself, in JSON', async () => {
    const own = { cookie: COOKIE, origin: `http://127.0.0.1:${door.port}` };
    const path = '/api/v1/namespaces/default/workflows/bk_1/signal/reportResult';
    expect(await ask(path, { ...own, ...JSON_TYPE }, '{}')).toMatchObject({ status: 200 });
    expect(await ask(path, { ...own, ...JSON_TYPE, origin: SETTINGS.uiUrl! }, '{}')).toMatchObject({ status: 200 });
    expect(await ask(path, { ...own, 'content-type': 'text/plain' }, '{}')).toMatchObject({ status: 415 });
    expect(await ask(path, { ...JSON_TYPE, cookie: COOKIE }, '{}')).toMatchObject({ status: 403 });
    for (const way of ways(door.port))
      expect(await ask(path, { cookie: COOKIE, ...JSON_TYPE, ...way }, '{}')).toMatchObject({ status: 403 });
    expect(seen).toHaveLength(2);
  });

  it('nothing of who the operator is goes on to Temporal', async () => {
    await ask('/', { cookie: `${COOKIE}; _csrf=token`, 'caller-type': 'operator' });
    await ask('/', { authorization: 'Bearer operator-key' });
    expect(seen.map(({ headers }) => [headers.cookie, headers.authorization, headers['caller-type']])).toEqual([
      ['_csrf=token', undefined, 'operator'],
      [undefined, undefined, undefined],
    ]);
  });
});

describe('for every installation', () => {
  const OPEN = { ...SETTINGS, apiKeys: [], operatorKeys: [] };

  it('answers under the names of this machine and the one in the settings, and no other', async () => {
    serve(OPEN);
    for (const host of ['127.0.0.1', 'localhost:1', '[::1]:8233', 'temporal.example.com', 'vocero.localhost'])
      expect([host, await ask('/', { host })]).toMatchObject([host, { status: 200 }]);
    for (const host of [
      'evil.example',
      '127.0.0.1.evil.example',
      '10.0.0.7',
      'temporal',
      'example.com',
      'a b',
      'localhost@evil.example',
    ])
      expect([host, await ask('/', { host })]).toMatchObject([host, { status: 403 }]);
  });

  it('may be opened from a link of another page, but neither framed nor read by one', async () => {
    serve(OPEN);
    const link = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(await ask('/', link)).toMatchObject({ status: 200 });
    for (const dest of ['iframe', 'script', 'image', 'empty', 'embed'])
      expect([dest, await ask('/', { ...link, 'sec-fetch-dest': dest })]).toMatchObject([dest, { status: 403 }]);
    expect(await ask('/', { ...link, 'sec-fetch-mode': 'no-cors' })).toMatchObject({ status: 403 });
    expect(await ask('/', link, '')).toMatchObject({ status: 403 });
  });

  it('sends nothing anywhere else, whatever the address looks like', async () => {
    serve(OPEN);
    for (const path of ['//evil.example/x', 'http://evil.example/x', '/\\evil.example', '/..//../x', '/%2e%2e/'])
      expect([200, 400]).toContain((await ask(path))?.status);
    for (const { headers } of seen)
      expect(headers.host).toBe(`127.0.0.1:${(behind.address() as { port: number }).port}`);
    // What is no address at all ends with an answer, too.
    const raw = connect(door.port, '127.0.0.1');
    raw.end(`GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    const [first] = (await once(raw, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1.1 400/);
  });

  it('says so when Temporal does not answer, and goes on', async () => {
    serve(OPEN);
    behind.closeAllConnections();
    behind.close();
    await once(behind, 'close');
    expect(await ask('/')).toMatchObject({ status: 502 });
    expect(await ask('/')).toMatchObject({ status: 502 });
  });
});

it('before the API is there it asks for patience', async () => {
  const early = await listenForUi(door.port);
  try {
    expect(early.port).toBeGreaterThan(door.port);
    expect(
      await send({ host: '127.0.0.1', port: early.port }, { method: 'GET', path: '/', headers: {} }),
    ).toMatchObject({ status: 503 });
  } finally {
    await early.close();
  }
});
