import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { byteRange } from '../../api/byte-range.ts';
import { startServer } from '../../api/server.ts';
import { compressingProxy } from './compressing-proxy.ts';
import { as, finish, type World, world } from './support.ts';

let w: World;
let id: string;
beforeEach(async () => {
  w = await world();
  id = await w.book();
});
afterEach(() => w.close());

const turn = (index: number) =>
  w.records.addTurn(`${id}.1`, {
    index,
    role: 'agent',
    message: `turn ${index}\nline two`,
    at_seconds: index,
    at: '2026-11-23T12:00:00.000Z',
  });

interface Frame {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

const framesOf = (text: string): Frame[] =>
  text
    .split('\n\n')
    .map((block) =>
      Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      ),
    )
    .filter((fields) => fields.data)
    .map((fields) => ({ ...fields, data: JSON.parse(fields.data!) }) as Frame);

describe('events', () => {
  const follow = (headers: Record<string, string> = {}) =>
    w.app.inject({ url: `/v1/bookings/${id}/events`, headers: { ...as('alice'), ...headers } });

  it('come in order with ids, JSON and type, and end after final', async () => {
    await turn(0);
    await turn(1);
    await finish(w, id);
    const answer = await follow();
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
    });
    const frames = framesOf(answer.body);
    expect(frames.map((frame) => frame.event)).toEqual(['turn', 'turn', 'final']);
    expect(frames.map((frame) => Number(frame.id))).toEqual([1, 2, 3]);
    expect(frames[0]!.data).toMatchObject({ type: 'turn', message: 'turn 0\nline two', at: expect.any(String) });
    expect(frames[2]!.data).toMatchObject({ type: 'final', outcome: { result: 'confirmed' } });
  });

  it('resume after Last-Event-ID without loss or repeat', async () => {
    for (let n = 0; n < 300; n++) await turn(n);
    await finish(w, id);
    const all = framesOf((await follow()).body);
    expect(all).toHaveLength(301);
    expect(framesOf((await follow({ 'last-event-id': '250' })).body)).toEqual(all.slice(250));
  });

  it('have nothing left for a client that has seen final', async () => {
    await finish(w, id);
    const [last] = framesOf((await follow()).body).slice(-1);
    const answer = await follow({ 'last-event-id': last!.id });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
  });

  it.each(['-1', 'abc', '1.5', '9'.repeat(30)])('refuse the Last-Event-ID %s', async (last) => {
    expect((await follow({ 'last-event-id': last })).statusCode).toBe(422);
  });

  const ask = (port: number, path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const url = `http://127.0.0.1:${port}/v1/bookings/${id}${path}`;
      httpGet(url, { headers: { ...as('alice'), ...headers } }, resolve).on('error', reject);
    });
  const connectTo = (port: number): Promise<IncomingMessage> => ask(port, '/events');
  const nextChunk = (stream: IncomingMessage): Promise<string> =>
    new Promise((resolve) => stream.once('data', (chunk) => resolve(String(chunk))));

  it('arrive while the booking lives', async () => {
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0 });
    const stream = await connectTo(port);
    let text = await nextChunk(stream);
    await turn(0);
    while (!text.includes('turn 0')) text += await nextChunk(stream);
    await finish(w, id);
    for await (const chunk of stream) text += chunk;
    expect(framesOf(text).map((frame) => frame.event)).toEqual(['turn', 'final']);
  });

  it('arrive through a proxy that compresses, as they come', async () => {
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0 });
    const proxy = await compressingProxy(port);
    const compressed = { 'accept-encoding': 'gzip' };
    try {
      const plain = await ask(proxy.port, '', compressed);
      expect(plain.headers['content-encoding']).toBe('gzip');
      plain.resume();

      const stream = await ask(proxy.port, '/events', compressed);
      expect(stream.headers['content-encoding']).toBeUndefined();
      let text = '';
      await turn(0);
      while (!text.includes('turn 0')) text += await nextChunk(stream);
      await turn(1);
      while (!text.includes('turn 1')) text += await nextChunk(stream);
      await finish(w, id);
      for await (const chunk of stream) text += chunk;
      expect(framesOf(text).map((frame) => frame.event)).toEqual(['turn', 'turn', 'final']);
    } finally {
      await proxy.close();
    }
  });

  it('do not keep the server from closing, and are bounded in number', async () => {
    await w.close();
    w = await world({ settings: { maxEventStreams: 1 } });
    id = await w.book();
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0 });
    const stream = await connectTo(port);
    await nextChunk(stream);
    expect((await follow()).statusCode).toBe(503);
    const ended = new Promise((resolve) => stream.once('end', resolve));
    stream.resume();
    await w.app.close();
    await ended;
  });

  it('stop being read for a client that has gone', async () => {
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0 });
    const stream = await connectTo(port);
    await nextChunk(stream);
    stream.destroy();
    let open = 1;
    while (open > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const metrics = (await w.app.inject('/metrics')).body;
      open = Number(/^vocero_event_streams (\d+)$/m.exec(metrics)![1]);
    }
    expect(open).toBe(0);
  });
});

describe('transcript', () => {
  it('is empty before anybody spoke', async () => {
    const answer = await w.app.inject({ url: `/v1/bookings/${id}/transcript`, headers: as('alice') });
    expect([answer.statusCode, answer.json()]).toEqual([200, { turns: [] }]);
  });
});

describe('recording', () => {
  const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 256));
  const listen = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    w.app.inject({ method, url: `/v1/bookings/${id}/recording`, headers: { ...as('alice'), ...headers } });
  const keep = async () => {
    await w.deps.artifacts.put('x/a.mp3', bytes);
    await w.records.putRecording({ call_id: `${id}.1`, path: 'x/a.mp3', content_type: 'audio/mpeg', bytes: 1_000 });
  };

  it('is 404 until there is one, also when its file is gone', async () => {
    expect((await listen()).statusCode).toBe(404);
    await w.records.putRecording({ call_id: `${id}.1`, path: 'x/gone.mp3', content_type: 'audio/mpeg', bytes: 9 });
    expect((await listen()).statusCode).toBe(404);
  });

  it('is sent whole with type and length', async () => {
    await keep();
    const answer = await listen();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'audio/mpeg',
      'content-length': '1000',
      'accept-ranges': 'bytes',
    });
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    const head = await listen({}, 'HEAD');
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, '1000', '']);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=900-', 900, 999],
    ['bytes=-1', 999, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=990-5000', 990, 999],
  ])('is sent in part for %s', async (range, start, end) => {
    await keep();
    const answer = await listen({ range });
    expect(answer.statusCode).toBe(206);
    expect(answer.headers).toMatchObject({
      'content-range': `bytes ${start}-${end}/1000`,
      'content-length': String(end - start + 1),
    });
    expect(answer.rawPayload.equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  it('refuses what lies outside, and ignores what it need not understand', async () => {
    await keep();
    const outside = await listen({ range: 'bytes=1000-' });
    expect([outside.statusCode, outside.headers['content-range']]).toEqual([416, 'bytes */1000']);
    for (const range of ['bytes=5-2', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=x-y']) {
      expect((await listen({ range })).statusCode).toBe(200);
    }
    expect((await listen({ range: 'bytes=0-9', 'if-range': '"etag"' })).statusCode).toBe(200);
  });
});

describe('byteRange', () => {
  it('finds nothing to send of an empty file', () => {
    expect(byteRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(byteRange('bytes=-0', 10)).toBe('unsatisfiable');
    expect(byteRange('bytes=-5', 0)).toBe('unsatisfiable');
    expect(byteRange(undefined, 10)).toBeUndefined();
  });

  it('gives the whole for more than there is at the end, and for what makes no sense', () => {
    expect(byteRange('bytes=-20', 10)).toEqual({ start: 0, end: 9 });
    for (const odd of ['bytes=5-2', 'bytes=0-0,5-', 'bytes=-', 'lines=0-1', 'bytes=a-b']) {
      expect(byteRange(odd, 10)).toBeUndefined();
    }
  });
});
