import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type api as Api,
  Vocero,
  type VoceroError,
  VoceroProblem,
  VoceroUnreachable,
  VoceroUnreadable,
} from '../../../clients/typescript/src/index.ts';
import { hangUp, json, type PlayedApi, playApi, problem } from '../support/api.ts';

let api: PlayedApi;
let vocero: Vocero;

beforeAll(async () => {
  api = await playApi();
  vocero = new Vocero({ url: `${api.url}/`, key: 'a key' });
});
afterAll(() => api.close());

const BODY: Api.CreateBookingData['body'] = {
  business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
  request: { service_type: 'dentista', user_name: 'Mauro' },
};
const booking = json(202, { id: 'bk_1' });
const keys = (): unknown[] => api.seen.map(({ headers }) => headers['idempotency-key']);
const failureOf = (call: Promise<unknown>): Promise<VoceroError> =>
  call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: VoceroError) => error,
  );

it('never takes the name of a thing for the way to another one', async () => {
  api.answer(booking);
  for (const key of ['..', '.', '']) {
    const asked = async () => vocero.batches.cancelRow('ba_1', key);
    await expect(asked()).rejects.toThrow('names nothing');
  }
  expect(api.seen).toEqual([]);
});

describe('a booking that is placed', () => {
  it('is tried again with the same key after a lost connection, a 503 and a 500', async () => {
    api.answer(hangUp, problem(503, 'Service unavailable'), problem(500, 'Internal error'), booking);
    expect(await vocero.bookings.create(BODY)).toEqual({ id: 'bk_1' });
    expect(api.seen).toHaveLength(4);
    expect(new Set(keys()).size).toBe(1);
    expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(api.seen[3]).toMatchObject({
      method: 'POST',
      url: '/v1/bookings',
      headers: { authorization: 'Bearer a key', 'content-type': 'application/json' },
      body: JSON.stringify(BODY),
    });
  });

  it('has a new key for each call, or the given one', async () => {
    api.answer(booking);
    await vocero.bookings.create(BODY);
    await vocero.bookings.create(BODY);
    await vocero.bookings.create(BODY, { idempotencyKey: 'order-42', traceparent: '00-1-2-01' });
    expect(api.seen.map(({ headers }) => headers.traceparent)).toEqual([undefined, undefined, '00-1-2-01']);
    expect(new Set(keys()).size).toBe(3);
    expect(keys()[2]).toBe('order-42');
  });

  it('waits as long as Retry-After says', async () => {
    api.answer(problem(429, 'Too many requests', {}, { 'retry-after': '1' }), booking);
    const began = performance.now();
    await vocero.bookings.create(BODY);
    expect(performance.now() - began).toBeGreaterThanOrEqual(995);
  });

  it('leaves a long Retry-After to the caller, with the key', async () => {
    api.answer(problem(503, 'Service unavailable', {}, { 'retry-after': '3600' }));
    const failure = await failureOf(vocero.bookings.create(BODY, { idempotencyKey: 'order-43' }));
    expect(failure).toMatchObject({ status: 503, retryAfter: 3_600, idempotencyKey: 'order-43' });
    expect(api.seen).toHaveLength(1);
  });

  it('that is refused is not tried again', async () => {
    const errors = [{ field: 'business.phone', message: 'is not a number' }];
    api.answer(problem(422, 'Invalid fields', { detail: 'Not accepted: business.phone.', errors, request_id: 'r1' }));
    const failure = await failureOf(vocero.bookings.create(BODY));
    expect(failure).toBeInstanceOf(VoceroProblem);
    expect(failure).toMatchObject({
      message: 'Not accepted: business.phone.',
      status: 422,
      code: 'invalid-fields',
      errors,
      requestId: 'r1',
    });
    expect(api.seen).toHaveLength(1);
  });
});

describe('other requests', () => {
  it('to change something are repeated only after a refusal, since they may have had their effect', async () => {
    api.answer(hangUp, booking);
    expect(await failureOf(vocero.bookings.cancel('bk_1'))).toBeInstanceOf(VoceroUnreachable);
    expect(api.seen).toHaveLength(1);
    api.answer(problem(503, 'Service unavailable', {}, { 'retry-after': '0' }), booking);
    await vocero.bookings.cancel('bk_1');
    expect(api.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array(2).fill('POST /v1/bookings/bk_1/cancel'),
    );
  });

  it('are tried once where no further tries are wanted', async () => {
    api.answer(problem(503, 'Service unavailable'));
    const once = new Vocero({ url: api.url, retries: 0 });
    expect(await failureOf(once.bookings.get('bk_1'))).toMatchObject({ status: 503 });
    expect(api.seen).toHaveLength(1);
    expect(api.seen[0]!.headers.authorization).toBeUndefined();
  });

  it('end with the signal of the caller, also between two tries', async () => {
    api.answer(() => undefined);
    const ends = { name: 'TimeoutError', message: 'The operation was aborted due to timeout' };
    await expect(vocero.bookings.get('bk_1', { signal: AbortSignal.timeout(50) })).rejects.toMatchObject(ends);
    api.answer(problem(503, 'Service unavailable', {}, { 'retry-after': '30' }));
    await expect(vocero.bookings.get('bk_1', { signal: AbortSignal.timeout(100) })).rejects.toMatchObject(ends);
  });

  it('end after the time-out of one try', async () => {
    api.answer(() => undefined);
    const hasty = new Vocero({ url: api.url, retries: 1, timeout: 50 });
    const failure = await failureOf(hasty.bookings.get('bk_1'));
    expect(failure).toBeInstanceOf(VoceroUnreachable);
    expect(failure.message).toBe(`${api.url} does not answer: no answer within 0.05 s`);
    expect(api.seen).toHaveLength(2);
  });

  it('tell another program, and a proxy’s page, from the API', async () => {
    api.answer((response) => response.end('<html>'));
    expect(await failureOf(vocero.bookings.get('bk_1'))).toBeInstanceOf(VoceroUnreadable);
    api.answer((response) => response.writeHead(404).end('<html>'));
    expect(await failureOf(vocero.bookings.get('bk_1'))).toMatchObject({
      status: 404,
      type: 'about:blank',
      errors: [],
    });
  });

  it('write ids and queries so that they stay what they are', async () => {
    api.answer(json(200, { turns: [] }));
    await vocero.bookings.transcript('bk/1?', { callId: 'bk_1.1' });
    await vocero.bookings.transcript('bk_1');
    expect(api.seen.map(({ url }) => url)).toEqual([
      '/v1/bookings/bk%2F1%3F/transcript?call_id=bk_1.1',
      '/v1/bookings/bk_1/transcript',
    ]);
  });

  it('send a table as a form, and an answer without content as nothing', async () => {
    api.answer(json(202, { id: 'ba_1' }), (response) => response.writeHead(204).end());
    await vocero.batches.create({ table: 'key,phone\n', settings: { default_country: 'AR' } });
    const [sent] = api.seen;
    expect(sent!.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(sent!.body).toContain('key,phone\n');
    expect(sent!.body).toContain('{"default_country":"AR"}');
    expect(await vocero.doNotCall.allow('+541143211234')).toBeUndefined();
  });
});

describe('a list', () => {
  const page = (ids: string[], next_cursor: string | null) =>
    json(200, { data: ids.map((id) => ({ id })), next_cursor });

  it('is read page by page', async () => {
    api.answer(page(['bk_3', 'bk_2'], 'c 1'), page(['bk_1'], null));
    const bookings = await vocero.bookings.list({ status: 'completed', limit: 2 }).all();
    expect(bookings.map(({ id }) => id)).toEqual(['bk_3', 'bk_2', 'bk_1']);
    expect(api.seen.map(({ url }) => url)).toEqual([
      '/v1/bookings?status=completed&limit=2',
      '/v1/bookings?status=completed&limit=2&cursor=c+1',
    ]);
  });

  it('stops reading where its reader stops', async () => {
    api.answer(page(['bk_3', 'bk_2'], 'c1'));
    for await (const { id } of vocero.reviews.waiting()) if (id === 'bk_2') break;
    expect(api.seen.map(({ url }) => url)).toEqual(['/v1/bookings?status=needs_review&reviewed=false']);
  });
});
