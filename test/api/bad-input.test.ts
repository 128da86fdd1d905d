import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHANNELS, PHONE_CHANNELS } from '../../domain/channels.ts';
import { as, bookingBody, type World, world } from './support.ts';

let w: World;
beforeAll(async () => {
  w = await world({ settings: { allowedCountries: ['AR', 'ES', 'US'], rate: { perSecond: 1e6, burst: 1e6 } } });
});
afterAll(() => w.close());

const send = (payload: string | object | Buffer, headers: Record<string, string> = {}) =>
  w.app.inject({
    method: 'POST',
    url: '/v1/bookings',
    headers: { 'content-type': 'application/json', ...as('alice'), ...headers },
    payload,
  });

/** The valid body with one field set (or, when undefined, removed). */
function having(path: string, value: unknown): object {
  const body: Record<string, unknown> = structuredClone(bookingBody());
  const keys = path.split('.');
  let at = body;
  for (const key of keys.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  if (value === undefined) delete at[keys.at(-1)!];
  else at[keys.at(-1)!] = value;
  return body;
}

const ranges: [field: string, least: number, most: number][] = PHONE_CHANNELS.flatMap((channel) => [
  [`escalation.${channel}.budget_seconds`, 1, 86_400],
  [`escalation.${channel}.max_attempts`, 1, 10],
  [`escalation.${channel}.redial_delay_seconds`, 1, 21_600],
  [`escalation.${channel}.ring_seconds`, 5, 120],
  [`escalation.${channel}.max_call_seconds`, 30, 3_600],
]);

const outOfRange = ranges.flatMap(([field, least, most]) =>
  [least - 1, most + 1, least + 0.5, -1, 1e308, String(least), null, true].map((value) => [field, value]),
);

const texts: [field: string, most: number, needed: boolean][] = [
  ['business.name', 1_000, true],
  ['request.service_type', 1_000, true],
  ['request.user_name', 1_000, true],
  ['request.preferred_date', 1_000, false],
  ['request.preferred_time', 1_000, false],
  ['request.special_requests', 1_000, false],
  ['agent.prompt', 20_000, true],
  ['agent.first_message', 1_000, true],
  ['escalation.simulation.scenario', 1_000, false],
  ['metadata.order', 1_000, false],
];

const badTexts = texts.flatMap(([field, most, needed]) =>
  [
    'x'.repeat(most + 1),
    '🦷'.repeat(most + 1),
    'a\u0000b',
    '\ud800',
    7,
    ['x'],
    null,
    ...(needed ? ['', '   '] : []),
  ].map((value) => [field, value]),
);

const others: [field: string, value: unknown][] = [
  ['business', undefined],
  ['business.name', undefined],
  ['business.phone', undefined],
  ['request', undefined],
  ['request', 'dentista'],
  ['request.service_type', undefined],
  ['request.user_name', undefined],
  ['business.timezone', 'Mars/Olympus_Mons'],
  ['business.timezone', '+03:00'],
  ['business.timezone', 'GMT-3'],
  ['business.timezone', 'ART'],
  ['business.timezone', 'BST'],
  ['business.timezone', ''],
  ['business.timezone', 3],
  ['language', 'klingonese!'],
  ['language', ''],
  ['language', 5],
  ['callback_url', 'not a url'],
  ['callback_url', 'ftp://client.example/x'],
  ['callback_url', 'http://10.0.0.1/x'],
  ['callback_url', 'http://169.254.169.254/latest/meta-data'],
  ['callback_url', 'http://[::1]:8080/'],
  ['callback_url', 'https://user:secret@client.example/x'],
  ['callback_url', `https://client.example/${'x'.repeat(1_000)}`],
  ['metadata', ['x']],
  ['metadata', 'x'],
  ['escalation', 'all'],
  ['escalation.native.enabled', 'yes'],
  ['escalation.simulation.enabled', 1],
  ['escalation.fax', {}],
  ['business.fax', '1'],
  ['request.colour', 'red'],
  ['agent.voice', 'x'],
  ['colour', 'red'],
  ...[
    '011 4321-1234',
    '+54 11 4321-1234',
    '00541143211234',
    'tel:+541143211234',
    '4321-1234',
    '+541143211234;ext=5',
    '+12',
    '+5411432112345678',
    '+54114321',
    '911',
    '+911',
    '+19005551234',
    '+34803123456',
    '+34901123456',
    '+881612345678',
    '+870773110000',
    '+8835100012345',
    '+442071234567',
    '',
    5411,
    null,
  ].map((value): [string, unknown] => ['business.phone', value]),
];

const label = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 30)}… (${text.length})` : text;
};

/** What is wrong and how it should be; never the checking library's own sentence. */
const OUR_WORDS = /^(is |must |belongs |at least |has |needs )(?!.*(expected|received))/;

describe('a bad field', () => {
  it.each(
    [...outOfRange, ...badTexts, ...others].map(([field, value]) => [String(field), label(value), value] as const),
  )('%s = %s is answered with 422, its name, and no booking', async (field, _label, value) => {
    const answer = await send(having(field, value));
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    const problem = answer.json();
    expect(problem).toMatchObject({ status: 422, title: 'Invalid fields' });
    expect(problem.errors.map((error: { field: string }) => error.field)).toContain(field);
    for (const { message } of problem.errors) expect(message).toMatch(OUR_WORDS);
    expect(w.gateway.started).toHaveLength(0);
  });

  it('does not hide another', async () => {
    const body = { ...having('escalation.native.budget_seconds', 0), language: 7, colour: 'red' };
    const fields = (await send(body)).json().errors.map((error: { field: string }) => error.field);
    expect(fields.sort()).toEqual(['colour', 'escalation.native.budget_seconds', 'language']);
  });

  it('is named for all channels off, and too many metadata', async () => {
    const off = Object.fromEntries(CHANNELS.map((channel) => [channel, { enabled: false }]));
    expect((await send({ ...bookingBody(), escalation: off })).json().errors).toMatchObject([{ field: 'escalation' }]);
    const metadata = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']));
    expect((await send({ ...bookingBody(), metadata })).json().errors).toMatchObject([{ field: 'metadata' }]);
  });

  it('proposes the E.164 form of a number in another format', async () => {
    const { errors } = (await send(having('business.phone', '+54 (11) 4321-1234'))).json();
    expect(errors[0].message).toMatch('did you mean +541143211234?');
  });

  it('names the countries that may be dialed', async () => {
    const { errors } = (await send(having('business.phone', '+442071234567'))).json();
    expect(errors[0].message).toMatch('AR, ES, US');
  });

  it.each(['', 'k'.repeat(256)])('refuses an Idempotency-Key of a wrong length', async (key) => {
    const answer = await send(bookingBody(), { 'idempotency-key': key });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].field).toBe('idempotency-key');
  });
});

describe('a bad body', () => {
  it.each([
    ['half a document', '{"business":'],
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['a poisoned prototype', '{"__proto__": {"x": 1}}'],
  ])('of %s is answered with 400', async (_name, body) => {
    const answer = await send(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ status: 400, title: 'Malformed request' });
  });

  it.each(['[]', '"text"', '7', 'true'])('%s is answered with 422', async (body) => {
    expect((await send(body)).statusCode).toBe(422);
  });

  it('that is deeply nested does no harm', async () => {
    expect((await send(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).statusCode).toBe(422);
    expect((await send(`{"metadata":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`)).statusCode).toBe(422);
  });

  it('of 2 MB is answered with 413', async () => {
    const answer = await send(having('agent.prompt', 'x'.repeat(2_000_000)));
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ status: 413 });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x'])(
    'of type %s is answered with 415',
    async (type) => {
      const answer = await send('a=b', { 'content-type': type });
      expect(answer.statusCode).toBe(415);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    },
  );
});

describe('a query', () => {
  it.each([
    ['limit=0', 'must be at least 1'],
    ['limit=1000', 'must be at most 100'],
    ['limit=many', 'must be a number'],
    ['limit=1.5', 'must be a whole number'],
    ['status=lost', 'must be one of queued, in_progress, completed, failed, needs_review, canceled'],
    ['channel=pigeon', 'must be one of native, registered, bridge, simulation'],
  ])('%s is told to be wrong in plain words', async (query, message) => {
    const answer = await w.app.inject({ url: `/v1/bookings?${query}`, headers: as('alice') });
    expect([answer.statusCode, answer.json().errors]).toEqual([422, [{ field: query.split('=')[0], message }]]);
  });
});
