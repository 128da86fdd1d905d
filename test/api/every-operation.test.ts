import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Described, type DescribedOperation, described, filled, operationsOf } from './described.ts';
import {
  as,
  bookingBody,
  finish,
  postCallRequest,
  TOOL_SECRET,
  takenAway,
  twilioRequest,
  type World,
  withAttempt,
  world,
} from './support.ts';

/** A database that can be taken away, and three APIs with it: as ever, with a client that asked too often, and without Temporal. */
const database: { away: false | 'refused' } = { away: false };
let store: World;
let w: World;
let hurried: World;
let document: Described;
let ids: Record<string, Record<string, string>>;
let bodies: Record<string, object>;

const row = { key: 'a', business: bookingBody().business, request: bookingBody().request };
const ofSize = (bytes: number) => ({ 'content-length': String(bytes) });
const RATE = { perSecond: 1e6, burst: 1e6 };

beforeAll(async () => {
  store = await world();
  const records = takenAway(store.records, database);
  w = await world({ settings: { rate: RATE, wrongKeys: RATE }, deps: { records } });
  hurried = await world({ settings: { rate: { perSecond: 0.001, burst: 0 } } });
  document = await described(w);
  const made = async (url: string, payload: object): Promise<string> =>
    (await w.app.inject({ method: 'POST', url, headers: as('alice'), payload })).json().id;
  const booking = await w.book();
  const callId = withAttempt(w, booking);
  await store.records.putTranscript(callId, [{ role: 'business', message: 'Sí.', at_seconds: 1 }], 'conversation');
  await finish({ ...w, records: store.records }, booking);
  const shortlist = {
    candidates: [
      { business: { name: 'A', phone: '+541143210101' } },
      { business: { name: 'B', phone: '+541143210102' } },
    ],
    request: bookingBody().request,
  };
  ids = {
    bookings: { id: booking, message: `msg_${booking}_final` },
    batches: { id: await made('/v1/batches', { rows: [row], start: 'held' }), key: 'a' },
    shortlists: { id: await made('/v1/shortlists', shortlist) },
    'calendar-feeds': { id: await made('/v1/calendar-feeds', {}) },
    'do-not-call': { number: '+541143211234' },
  };
  const list = { rows: [{ ...row, key: 'b' }] };
  bodies = {
    'POST /v1/bookings': bookingBody(),
    'POST /v1/bookings/check': bookingBody(),
    'POST /v1/bookings/{id}/review': { by: 'Olga', result: 'declined' },
    'POST /v1/batches': list,
    'POST /v1/batches/check': list,
    'PATCH /v1/batches/{id}': { name: 'Otra lista' },
    'POST /v1/batches/{id}/rows': list,
    'POST /v1/batches/{id}/rows/check': list,
    'POST /v1/calendar-feeds': {},
    'POST /v1/do-not-call': { phone: '+541143211234' },
    'POST /v1/shortlists': shortlist,
    'POST /api/elevenlabs/inbound': { call_sid: `CA${'1'.repeat(32)}`, caller_id: '+541143211234' },
    'POST /api/elevenlabs/tools/report_result': { booking_id: booking, call_id: callId, result: 'declined' },
  };
});
afterAll(async () => {
  await w.close();
  await store.close();
  await hurried.close();
});

const validators = new Map<string, ValidateFunction>();
const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** The answers that the document lists, with their shared ones looked up. */
const answerOf = ({ operation }: DescribedOperation, status: number) => {
  const answer = operation.responses[String(status)];
  return answer?.$ref ? document.components.responses[answer.$ref.split('/').at(-1)!] : answer;
};

interface Asked {
  why: string;
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  payload?: string | Buffer | object;
  in?: World;
}

const HANDED: Record<string, string> = {
  '/api/elevenlabs/inbound': TOOL_SECRET,
  '/api/elevenlabs/tools/report_result': TOOL_SECRET,
};
const keyFor = (path: string): string => HANDED[path] ?? 'olga';

const urlOf = ({ path }: DescribedOperation): string => filled(path, ids[path.split('/')[2] ?? ''] ?? {});

/** Signed as a provider does it where the operation is a provider's. */
function signed(one: DescribedOperation, asked: Asked) {
  const url = asked.url ?? urlOf(one);
  if (one.path.startsWith('/webhook/'))
    return { ...twilioRequest(url, { CallSid: `CA${'1'.repeat(32)}`, From: '+541143211234' }) };
  if (one.path === '/api/elevenlabs/post-call') return postCallRequest({ type: 'x' });
  return { headers: as(keyFor(one.path)), url };
}

async function ask(one: DescribedOperation, asked: Asked): Promise<number> {
  const given = signed(one, asked);
  const answer = await (asked.in ?? w).app.inject({
    ...given,
    method: (asked.method ?? one.method) as 'GET',
    url: asked.url ?? given.url,
    headers: { ...given.headers, ...asked.headers },
    ...(asked.payload !== undefined && { payload: asked.payload }),
  });
  const { statusCode, headers, body } = answer;
  const what = `${one.call}, ${asked.why}: ${statusCode}`;
  const listed = answerOf(one, statusCode);
  expect([what, listed !== undefined]).toEqual([what, true]);
  const media = String(headers['content-type'] ?? '').split(';')[0]!;
  if (body === '' || asked.method === 'HEAD') return statusCode;
  expect([what, Object.keys(listed!.content ?? {})]).toEqual([what, expect.arrayContaining([media])]);
  if (!/json$/.test(media)) return statusCode;
  const key = `${one.call} ${statusCode} ${media}`;
  let validate = validators.get(key);
  if (!validate) {
    if (!ajv.getSchema('https://api.example/'))
      ajv.addSchema({ $id: 'https://api.example/', components: document.components });
    const schema = JSON.stringify(listed!.content![media]!.schema).replaceAll('"#/', '"https://api.example/#/');
    validate = ajv.compile(JSON.parse(schema));
    validators.set(key, validate);
  }
  const fits = validate(answer.json());
  expect([what, fits ? [] : validate.errors]).toEqual([what, []]);
  return statusCode;
}

const all = () => operationsOf(document);
const takesBodies = ({ method }: DescribedOperation): boolean => method !== 'GET';
const isStream = ({ path }: DescribedOperation): boolean => path.endsWith('/events');
const bodyOf = ({ call }: DescribedOperation) => (bodies[call] ? { payload: bodies[call] } : {});

/** Asks every operation that fits; resolves with the statuses by their operations. */
async function askAll(asked: Asked | ((one: DescribedOperation) => Asked), fits = (_: DescribedOperation) => true) {
  const statuses: Record<string, number> = {};
  for (const one of all().filter(fits))
    statuses[one.call] = await ask(one, typeof asked === 'function' ? asked(one) : asked);
  expect(Object.keys(statuses).length).toBeGreaterThan(2);
  return statuses;
}
const only = (statuses: Record<string, number>, ...expected: number[]): void => {
  expect(Object.entries(statuses).filter(([, status]) => !expected.includes(status))).toEqual([]);
};

describe('every operation answers as the document lists it', () => {
  it('when all is well, unless it waits for what is not there', async () => {
    const statuses = await askAll(
      (one) => ({ why: 'as it should be', ...bodyOf(one) }),
      (one) => !isStream(one),
    );
    expect(Object.values(statuses).filter((status) => status < 300).length).toBeGreaterThan(35);
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'])(
    'to %s where it has another method',
    async (method) => {
      const here = new Set(all().map(({ call }) => call));
      const lacks = ({ path }: DescribedOperation): boolean =>
        !here.has(`${method === 'HEAD' ? 'GET' : method} ${path}`) &&
        path !== '/v1/batches/check' &&
        path !== '/v1/bookings/check';
      const statuses = await askAll({ why: method, method, ...(method === 'PUT' && { payload: '{"not":' }) }, lacks);
      only(statuses, 405);
    },
  );

  it('to a part of the URL that is too long, or not readable', async () => {
    const inPath = ({ path }: DescribedOperation): boolean => path.includes('{');
    const having = (value: string) => (one: DescribedOperation) => ({
      why: value.slice(0, 5),
      url: one.path.replaceAll(/\{\w+\}/g, value),
    });
    only(await askAll(having('x'.repeat(4_000)), inPath), 414);
    only(await askAll(having('%zz'), inPath), 400);
    for (const id of ['x', '%00', `bk_${'a'.repeat(24)}`, 'x'.repeat(2_000), '%F0%9F%A6%B7'])
      only(await askAll((one) => ({ ...having(id)(one), ...bodyOf(one) }), inPath), 404, 426);
  });

  it('to query parameters that are wrong or unknown', async () => {
    const wrong = ({ operation, path }: DescribedOperation): string => {
      const names = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
      return `${path}?${[...names, 'unheard'].map((name) => `${name}=%00-1`).join('&')}`;
    };
    const statuses = await askAll((one) => ({ why: 'query', url: filled(wrong(one), { id: 'x' }), ...bodyOf(one) }));
    only(Object.fromEntries(Object.entries(statuses).filter(([call]) => call.includes(' /v1/'))), 422, 404);
  });

  it('to bodies that are not what it takes', async () => {
    const json = { 'content-type': 'application/json' };
    for (const payload of [
      '{"not":',
      '',
      '[]',
      '{}',
      '7',
      'null',
      '"x"',
      '{"a":{"b":[1]},"__proto__":{}}',
      Buffer.from([0x22, 0xff, 0x22]),
    ])
      await askAll({ why: `body ${payload}`, headers: json, payload }, takesBodies);
    const lenient = 'POST /api/elevenlabs/tools/report_result';
    const text = await askAll({ why: 'text', headers: { 'content-type': 'text/plain' }, payload: 'x' }, takesBodies);
    only({ ...text, [lenient]: 415 }, 415);
    only(
      await askAll({ why: 'zipped', headers: { ...json, 'content-encoding': 'gzip' }, payload: 'x' }, takesBodies),
      415,
    );
    const forms = (one: DescribedOperation) => ({
      why: 'large',
      headers: { ...(!one.path.startsWith('/webhook/') && json), ...ofSize(200_000_000) },
      payload: 'x',
    });
    only(await askAll(forms, takesBodies), 413);
  });

  it('to those without a key, with a wrong one, and with one that may not', async () => {
    const statuses = await askAll({ why: 'wrong', headers: { authorization: 'Bearer nobody' } });
    only(Object.fromEntries(Object.entries(statuses).filter(([call]) => call.includes(' /v1/'))), 401);
    const forged = { 'x-twilio-signature': 'x', 'elevenlabs-signature': 't=1,v0=x' };
    await askAll({ why: 'forged', headers: forged }, ({ path }) => !path.startsWith('/v1/'));
    await askAll(
      (one) => ({ why: 'a client', headers: as('bob'), ...bodyOf(one) }),
      (one) => one.path.startsWith('/v1/') && !isStream(one),
    );
  });

  it('to those who ask too often', async () => {
    only(await askAll({ why: 'often', in: hurried }, ({ path }) => path.startsWith('/v1/')), 429);
  });

  it('while Temporal, or the database, is out of reach', async () => {
    w.gateway.down = true;
    w.batches.down = true;
    await askAll(
      (one) => ({ why: 'no Temporal', ...bodyOf(one) }),
      (one) => !isStream(one),
    );
    database.away = 'refused';
    const statuses = await askAll((one) => ({ why: 'no database', ...bodyOf(one) }));
    database.away = false;
    w.gateway.down = false;
    w.batches.down = false;
    expect(Object.values(statuses).filter((status) => status === 503).length).toBeGreaterThan(35);
    expect(Object.entries(statuses).filter(([, status]) => status === 500)).toEqual([]);
  });
});
