import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Vocero, VoceroTimeout, VoceroUnreachable } from '../../../clients/typescript/src/index.ts';
import { MessageReader } from '../../../clients/typescript/src/sse.ts';
import { until } from '../../support/until.ts';
import { event, hangUp, json, type PlayedApi, playApi, problem, stream } from '../support/api.ts';

let api: PlayedApi;
let vocero: Vocero;

beforeAll(async () => {
  api = await playApi();
  vocero = new Vocero({ url: api.url, retries: 0 });
});
afterAll(() => api.close());

const FINAL = { type: 'final', outcome: { result: 'confirmed' } };
const resumes = (): unknown[] => api.seen.map(({ headers }) => headers['last-event-id']);

async function idsOf(events: AsyncIterable<{ id: string; type: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id, type } of events) ids.push(`${id} ${type}`);
  return ids;
}

describe('events', () => {
  it('come once and in order over broken connections, a 503 and one that breaks in mid-event', async () => {
    const half = event(3, { type: 'turn', message: 'ya quedó' });
    api.answer(
      stream(`retry: 1000\n\n${event(1, { type: 'status' })}${event(2, { type: 'attempt' })}`, 'broken'),
      problem(503, 'Service unavailable'),
      stream(half.slice(0, 30), 'broken'),
      hangUp,
      stream(`: still here\n\n${half}${event(4, FINAL)}`, 'open'),
    );
    const states: string[] = [];
    const events = vocero.bookings.events('bk_1', { onConnection: (state) => states.push(state) });
    expect(await idsOf(events)).toEqual(['1 status', '2 attempt', '3 turn', '4 final']);
    expect(resumes()).toEqual([undefined, '2', '2', '2', '2']);
    expect(states).toEqual(['open', 'lost', 'back', 'lost', 'back']);
  });

  it('of a booking that is over end at once, and begin behind the given one', async () => {
    api.answer((response) => response.writeHead(204).end());
    expect(await idsOf(vocero.bookings.events('bk_1', { after: 7 }))).toEqual([]);
    expect(resumes()).toEqual(['7']);
  });

  it('of a batch go on behind its final, until the API ends the stream', async () => {
    api.answer(stream(event(1, FINAL) + event(2, { type: 'row' }) + event(3, FINAL)));
    expect(await idsOf(vocero.batches.events('ba_1'))).toEqual(['1 final', '2 row', '3 final']);
  });

  it('fail where the API refuses, or was never reached', async () => {
    api.answer(problem(404, 'Not found'));
    await expect(idsOf(vocero.bookings.events('bk_1'))).rejects.toMatchObject({ status: 404 });
    expect(api.seen).toHaveLength(1);
    api.answer(hangUp);
    await expect(idsOf(vocero.bookings.events('bk_1'))).rejects.toBeInstanceOf(VoceroUnreachable);
  });

  it('try the first connection as often as any request', async () => {
    const patient = new Vocero({ url: api.url, retries: 1 });
    api.answer(hangUp, stream(event(1, FINAL)));
    expect(await idsOf(patient.bookings.events('bk_1'))).toEqual(['1 final']);
    api.answer(hangUp);
    await expect(idsOf(patient.bookings.events('bk_1'))).rejects.toBeInstanceOf(VoceroUnreachable);
    expect(api.seen).toHaveLength(2);
  });

  it.each([404, 410])('end where the booking is gone meanwhile: %i', async (status) => {
    api.answer(stream(event(1, { type: 'status' }), 'broken'), problem(status, 'Gone'));
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { id } of vocero.bookings.events('bk_1')) seen.push(id);
    })();
    await expect(reading).rejects.toMatchObject({ name: 'VoceroProblem', status });
    expect([seen, api.seen.length]).toEqual([['1'], 2]);
  });

  it('come once also where a proxy swallows Last-Event-ID, and have their number whatever is in their data', async () => {
    const first = event(1, { type: 'status', id: 'another id' }) + event(2, { type: 'attempt' });
    api.answer(stream(first, 'broken'), stream(first + event(3, FINAL), 'open'));
    expect(await idsOf(vocero.bookings.events('bk_1'))).toEqual(['1 status', '2 attempt', '3 final']);
  });

  it('give up when no connection comes back in time', async () => {
    api.answer(stream(event(1, { type: 'status' }), 'broken'), hangUp);
    const events = vocero.bookings.events('bk_1', { patience: 100 });
    await expect(idsOf(events)).rejects.toBeInstanceOf(VoceroUnreachable);
    // Each connection ends without an event, as behind a proxy whose API is away.
    api.answer(stream('', 'broken'));
    await expect(idsOf(vocero.bookings.events('bk_1', { patience: -1 }))).rejects.toBeInstanceOf(VoceroUnreachable);
  });

  it('end with the signal of the caller, and drop the connection when the reader stops', async () => {
    let closed = 0;
    api.answer((response, seen) => {
      response.on('close', () => closed++);
      stream(event(1, { type: 'status' }), 'open')(response, seen);
    });
    const stop = new AbortController();
    const events = vocero.bookings.events('bk_1', { signal: stop.signal });
    await events.next();
    const next = events.next();
    stop.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
    for await (const { id } of vocero.bookings.events('bk_1')) if (id === '1') break;
    while (closed < 2) await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('wait', () => {
  const open = json(200, { id: 'bk_1', status: 'queued', outcome: null });
  const final = json(200, { id: 'bk_1', status: 'completed', outcome: { result: 'confirmed' } });
  const paths = (): string[] => api.seen.map(({ url }) => url.replace('/v1/bookings/bk_1', ''));

  it('returns a final booking at once', async () => {
    api.answer(final);
    expect(await vocero.bookings.wait('bk_1')).toMatchObject({ status: 'completed' });
    expect(paths()).toEqual(['']);
  });

  it('hears that it is final, also over a lost connection', async () => {
    api.answer(open, stream(event(1, { type: 'attempt' }), 'broken'), open, stream(event(2, FINAL), 'open'), final);
    expect(await vocero.bookings.wait('bk_1')).toMatchObject({ outcome: { result: 'confirmed' } });
    expect(paths()).toEqual(['', '/events', '', '/events', '']);
    expect(api.seen[3]!.headers['last-event-id']).toBe('1');
  });

  it('looks at the booking where the API has no stream to spare', async () => {
    api.answer(open, problem(429, 'Too many requests'), final);
    expect(await vocero.bookings.wait('bk_1')).toMatchObject({ status: 'completed' });
  });

  it('ends after its time-out: the booking goes on', async () => {
    api.answer(open, stream('', 'open'));
    const failure = await vocero.bookings.wait('bk_1', { timeout: 100 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(VoceroTimeout);
    expect((failure as Error).message).toBe('bk_1 is not over within 0.1 s; it goes on');
  });

  it('waits for what the caller wants', async () => {
    const talking = json(200, { id: 'bk_1', status: 'in_progress', outcome: null });
    api.answer(open, stream(event(1, { type: 'status', status: 'in_progress' }), 'open'), talking);
    const view = await vocero.bookings.wait('bk_1', { until: ({ status }) => status !== 'queued' });
    expect(view.status).toBe('in_progress');
  });

  it('fails where there is no such booking, or not any more', async () => {
    api.answer(problem(404, 'Not found'));
    await expect(vocero.bookings.wait('bk_1')).rejects.toMatchObject({ status: 404 });
    api.answer(open, stream(event(1, { type: 'attempt' }), 'broken'), problem(410, 'Gone'));
    await expect(vocero.bookings.wait('bk_1')).rejects.toMatchObject({ name: 'VoceroProblem', status: 410 });
  });

  it('survives an API that is away between two looks', async () => {
    api.answer(
      open,
      stream(event(1, { type: 'status' }), 'open'),
      hangUp,
      hangUp,
      problem(503, 'Service unavailable'),
      final,
    );
    expect(await vocero.bookings.wait('bk_1')).toMatchObject({ status: 'completed' });
    expect(paths()).toEqual(['', '/events', '', '', '', '']);
  });

  it('does not ask sooner than the API says', async () => {
    api.answer(open, problem(429, 'Too many requests', {}, { 'retry-after': '1' }), final);
    const began = performance.now();
    await vocero.bookings.wait('bk_1');
    expect(performance.now() - began).toBeGreaterThanOrEqual(995);
  });

  it('does not take a failure of the caller for one of the network', async () => {
    api.answer(open);
    const until = (): boolean => {
      throw new RangeError('a fault of the caller');
    };
    await expect(vocero.bookings.wait('bk_1', { until })).rejects.toThrow(RangeError);
    api.answer(open, stream(event(1, { type: 'status' }), 'open'), open);
    let looks = 0;
    const later = (): boolean => looks++ > 0 && until();
    await expect(vocero.bookings.wait('bk_1', { until: later })).rejects.toThrow(RangeError);
  });

  it('ends with the signal of the caller, and lets go of the stream', async () => {
    let closed = false;
    const stop = new AbortController();
    api.answer(open, (response, seen) => {
      response.on('close', () => {
        closed = true;
      });
      stream(event(1, { type: 'attempt' }), 'open')(response, seen);
      stop.abort(new Error('enough'));
    });
    await expect(vocero.bookings.wait('bk_1', { signal: stop.signal })).rejects.toThrow('enough');
    await until(() => closed);
  });
});

it('reads every form of line ends, however the stream is cut', () => {
  const text =
    'id: 1\r\ndata: {"a":\r\ndata:1}\r\n\r\n: comment\rid:2\revent: final\rdata\r\rdata: x\n\nid\ndata: y\n\n';
  const whole = new MessageReader().take(text);
  expect(whole).toEqual([
    { id: '1', event: 'message', data: '{"a":\n1}' },
    { id: '2', event: 'final', data: '' },
    { id: '2', event: 'message', data: 'x' },
    { id: '', event: 'message', data: 'y' },
  ]);
  for (let cut = 1; cut < text.length; cut++) {
    const reader = new MessageReader();
    expect([...reader.take(text.slice(0, cut)), ...reader.take(text.slice(cut))]).toEqual(whole);
  }
});
