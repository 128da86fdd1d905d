import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { payloadCodec } from '../../temporal/payload-codec.ts';
import { as, type World, world } from './support.ts';

const UI = 'https://temporal.example';
const codec = payloadCodec([randomBytes(32)]);
const clear = {
  metadata: { encoding: Buffer.from('json/plain').toString('base64') },
  data: Buffer.from('{"user_name":"Mauro"}').toString('base64'),
};

let served: World;
beforeAll(async () => {
  served = await world({ deps: { codec }, settings: { temporalUiOrigins: [UI] } });
});
afterAll(() => served.close());

const post = (path: string, payload: unknown, headers: Record<string, string> = as('olga')) =>
  served.app.inject({ method: 'POST', url: path, headers, payload: payload as object });

const sealed = async () => (await post('/codec/encode', { payloads: [clear] })).json();

describe('the codec server', () => {
  it('decrypts for an operator what it has encrypted, and leaves what is in clear', async () => {
    const hidden = await sealed();
    expect(JSON.stringify(hidden)).not.toContain(clear.data);
    const answer = await post('/codec/decode', { payloads: [...hidden.payloads, clear] });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ payloads: [clear, clear] });
  });

  it.each([
    ['nobody', {}, 401],
    ['a client', as('alice'), 403],
    ['a wrong key', as('mallory'), 401],
  ])('refuses %s, before it reads what was sent', async (_who, headers, status) => {
    for (const path of ['/codec/decode', '/codec/encode']) {
      const answer = await post(path, 'not JSON', { 'content-type': 'application/json', ...headers });
      expect(answer.statusCode).toBe(status);
    }
  });

  it('says which key is missing, and logs nothing of what it was sent', async () => {
    const [foreign] = await payloadCodec([randomBytes(32)]).encode([{ data: Buffer.from('x') }]);
    const metadata = Object.fromEntries(
      Object.entries(foreign!.metadata!).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
    );
    const data = Buffer.from(foreign!.data!).toString('base64');
    const answer = await post('/codec/decode', { payloads: [{ metadata, data }] });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([
      { field: 'payloads', message: expect.stringMatching(/PAYLOAD_ENCRYPTION_KEY does not have/) },
    ]);
    await post('/codec/decode', await sealed());
    expect(served.logged()).not.toMatch(/Mauro|user_name/);
    expect(served.logged()).not.toContain(data);
  });

  it.each([[{ payloads: [{ data: 'not base64!' }] }], [{ payloads: 'all' }], [{ payloads: [{ metadata: { a: 1 } }] }]])(
    'refuses %j with the field',
    async (body) => {
      const answer = await post('/codec/decode', body);
      expect(answer.statusCode).toBe(422);
      expect(answer.json().errors[0].field).toMatch(/^payloads/);
    },
  );

  it('answers a message without payloads as Temporal’s tools expect', async () => {
    expect((await post('/codec/decode', {})).json()).toEqual({ payloads: [] });
  });

  it('lets pages of the named Temporal UI ask, and of no other origin', async () => {
    const ask = (origin: string) =>
      served.app.inject({
        method: 'OPTIONS',
        url: '/codec/decode',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-namespace',
        },
      });
    const allowed = await ask(UI);
    expect(allowed.statusCode).toBe(204);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': UI,
      'access-control-allow-headers': expect.stringContaining('x-namespace'),
      vary: 'Origin',
    });
    expect((await ask('https://evil.example')).headers).not.toHaveProperty('access-control-allow-origin');
    const answer = await post('/codec/decode', await sealed(), { ...as('olga'), origin: UI });
    expect(answer.headers['access-control-allow-origin']).toBe(UI);
    const elsewhere = await served.app.inject({ method: 'GET', url: '/healthz', headers: { origin: UI } });
    expect(elsewhere.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('serves the named Temporal UI also where no key guards the API, and no other page', async () => {
    const open = await world({ deps: { codec }, settings: { temporalUiOrigins: [UI], apiKeys: [], operatorKeys: [] } });
    try {
      const ask = (origin: string) =>
        open.app.inject({ method: 'POST', url: '/codec/encode', headers: { origin }, payload: { payloads: [clear] } });
      expect((await ask(UI)).statusCode).toBe(200);
      expect((await ask('https://evil.example')).statusCode).toBe(403);
    } finally {
      await open.close();
    }
  });

  it('is not there without a key', async () => {
    const plain = await world();
    const answer = await plain.app.inject({ method: 'POST', url: '/codec/decode', headers: as('olga'), payload: {} });
    await plain.close();
    expect(answer.statusCode).toBe(404);
  });
});
