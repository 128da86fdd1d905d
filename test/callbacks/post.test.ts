import { afterEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { callbackPoster } from '../../callbacks/post.ts';
import { type Reply, type WebServer, webServer } from '../providers/web-server.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function receiver(answer: (reply: Reply) => void): Promise<WebServer> {
  const server = await webServer(answer);
  servers.push(server);
  return server;
}
const poster = (more: { allowLoopback?: boolean; timeoutMs?: number; formerSecrets?: string[] } = {}) =>
  callbackPoster({ secret: SECRET, allowLoopback: true, ...more });
const body = JSON.stringify({ type: 'booking.final', data: { note: 'mañana' } });

describe('a callback', () => {
  it('carries a signature that the official library accepts, and a body that it covers', async () => {
    const server = await receiver(({ json }) => json(200, {}));
    expect(await poster().post({ url: `${server.url}/hook?a=1`, id: 'msg_1', body })).toEqual({ status: 200 });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: 'POST', path: '/hook', body });
    expect(seen!.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'msg_1' });
    const headers = seen!.headers as Record<string, string>;
    expect(new Webhook(SECRET).verify(seen!.body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(SECRET).verify(`${seen!.body} `, headers)).toThrow();
  });

  it('carries a signature of each former secret too, so that a receiver may change to the new one when it likes', async () => {
    const server = await receiver(({ json }) => json(200, {}));
    const former = [1, 2].map((n) => `whsec_${Buffer.alloc(32, n).toString('base64')}`);
    await poster({ formerSecrets: former }).post({ url: server.url, id: 'msg_1', body });
    const headers = server.seen[0]!.headers as Record<string, string>;
    for (const secret of [SECRET, ...former]) {
      expect(new Webhook(secret).verify(server.seen[0]!.body, headers)).toEqual(JSON.parse(body));
    }
  });

  it('follows no redirect', async () => {
    const secret = await receiver(({ json }) => json(200, {}));
    const server = await receiver(({ json }) => json(302, {}, { location: secret.url }));
    expect(await poster().post({ url: server.url, id: 'msg_1', body })).toEqual({ status: 302 });
    expect(secret.seen).toEqual([]);
  });

  it('is not sent to this machine unless that is allowed', async () => {
    const server = await receiver(({ json }) => json(200, {}));
    for (const url of [server.url, server.url.replace('127.0.0.1', 'localhost')]) {
      const result = await poster({ allowLoopback: false }).post({ url, id: 'msg_1', body });
      expect(result).toEqual({ error: expect.stringContaining('public address') });
    }
    expect(server.seen).toEqual([]);
  });

  it('tells of a receiver that resets, refuses, or never answers', async () => {
    const resets = await receiver(({ reset }) => reset());
    const silent = await receiver(() => {});
    expect(await poster().post({ url: resets.url, id: 'm', body })).toEqual({ error: expect.any(String) });
    expect(await poster({ timeoutMs: 50 }).post({ url: silent.url, id: 'm', body })).toEqual({
      error: 'no answer within 0.05 s',
    });
    expect(await poster().post({ url: 'http://127.0.0.1:1/', id: 'm', body })).toEqual({ error: expect.any(String) });
  });

  it('is not kept by a receiver that changes the protocol instead of answering', async () => {
    const server = await receiver(({ response }) => {
      response.socket!.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    expect(await poster().post({ url: server.url, id: 'm', body })).toEqual({ error: 'closed without an answer' });
  });

  it('is not kept by an answer without end', async () => {
    const server = await receiver(({ response }) => {
      response.writeHead(200);
      const more = (): void => void (response.writable && response.write(Buffer.alloc(65_536), more));
      more();
      response.on('error', () => {});
    });
    expect(await poster().post({ url: server.url, id: 'm', body })).toEqual({ status: 200 });
  });

  it('gives the wait that a receiver asks for, an hour at most', async () => {
    const asked = async (value: string) => {
      const server = await receiver(({ json }) => json(503, {}, { 'retry-after': value }));
      return poster().post({ url: server.url, id: 'm', body });
    };
    expect(await asked('7')).toEqual({ status: 503, retryAfterMs: 7_000 });
    expect(await asked('999999')).toEqual({ status: 503, retryAfterMs: 3_600_000 });
    expect(await asked('soon')).toEqual({ status: 503, retryAfterMs: undefined });
  });
});
