import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookingBody, ONLY_BRIDGE, ONLY_NATIVE, type Wish } from '../e2e/support/client.ts';
import { runSystem } from '../e2e/support/system.ts';
import { type WebServer, webServer } from '../providers/web-server.ts';
import { until } from '../support/until.ts';

const API_KEY = 'client-key-b1946ac92492';
const OPERATOR_KEY = 'operator-key-591785b794';
const WRONG_KEY = 'mistyped-key-e2c420d928';
const CALLBACK_SECRET = `whsec_${Buffer.alloc(32, 11).toString('base64')}`;
const HASH_KEY = Buffer.alloc(32, 13).toString('base64');

const system = runSystem({
  env: { LOG_LEVEL: 'trace', API_KEYS: API_KEY, OPERATOR_KEYS: OPERATOR_KEY, CALLBACK_SECRET, HASH_KEY },
});

/** Words that nothing but a booking holds. */
const PERSON = {
  name: 'Zacarías Quintanilla',
  service: 'ortodoncia lingual',
  requests: 'alérgico a la penicilina',
  business: 'Odontología Fuensanta',
  prompt: 'Hablá como un notario jubilado',
  greeting: 'Le habla el sobrino de Etelvina',
  scenario: 'La secretaria Hermenegilda ofrece un jueves',
  metadata: 'expediente-77413',
  callback: 'callback-query-5ebe2294',
};
const FIRST = 541143210800;
const NUMBERS: string[] = [];

let receiver: WebServer;
const transcripts: string[] = [];
let log = '';

async function place(
  world: Omit<Parameters<typeof system.sandbox.scenario>[0], 'number'>,
  wish: Wish = {},
): Promise<string> {
  const number = `+${FIRST + NUMBERS.length}`;
  NUMBERS.push(number);
  system.sandbox.scenario({ number, ...world });
  const body = {
    ...bookingBody(number, {
      ...wish,
      native: { ...wish.native, redial_delay_seconds: 1 },
      simulation: { scenario: PERSON.scenario, ...wish.simulation },
    }),
    business: { name: PERSON.business, phone: number },
    request: {
      service_type: PERSON.service,
      user_name: PERSON.name,
      preferred_date: 'mañana',
      preferred_time: 'por la tarde',
      special_requests: PERSON.requests,
    },
    agent: { prompt: PERSON.prompt, first_message: PERSON.greeting },
    callback_url: `${receiver.url}/hook?key=${PERSON.callback}`,
    metadata: { note: PERSON.metadata },
  };
  const answer = await send('POST', '/v1/bookings', body);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return answer.body.id as string;
}
const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  system.client.send(method, path, body, { authorization: `Bearer ${API_KEY}`, ...headers });

async function ended(id: string): Promise<void> {
  await until(async () => (await send('GET', `/v1/bookings/${id}`)).body.outcome, 60_000, `the outcome of ${id}`);
  const { body } = await send('GET', `/v1/bookings/${id}/transcript`);
  for (const { message } of body.turns as { message: string }[]) transcripts.push(message);
}

/** What comes in and is refused, each with somebody's words and numbers in it. */
async function refuse(id: string): Promise<void> {
  const number = NUMBERS[0]!;
  const coded = encodeURIComponent(number);
  const bad = bookingBody(number, {
    request: { service_type: PERSON.service, user_name: PERSON.name, oops: PERSON.requests },
  });
  await send('POST', '/v1/bookings', bad);
  await send('POST', '/v1/bookings', `{"user_name":"${PERSON.name}",`);
  await send('POST', '/v1/bookings', bookingBody(`${number}00000`, { metadata: { note: PERSON.metadata } }));
  await send('GET', `/v1/bookings/${coded}?user=${encodeURIComponent(PERSON.name)}&cursor=${coded}`);
  await send('GET', `/v1/bookings?cursor=${coded}`);
  await send('GET', `/nowhere/${coded}/%1b%5b31m%0a${PERSON.callback}`);
  await send('DELETE', `/v1/do-not-call/${coded}`, undefined, { authorization: `Bearer ${OPERATOR_KEY}` });
  await send('GET', '/v1/bookings', undefined, { authorization: `Bearer ${WRONG_KEY}` });
  const form = new URLSearchParams({ To: number, From: number, CallerName: PERSON.name }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const status = `/webhook/voice/status?call_id=${id}.1&To=${coded}`;
  await send('POST', status, form, { ...type, 'x-twilio-signature': PERSON.callback });
  await send('POST', status, form, type);
  const report = { booking_id: id, call_id: `${id}.9`, result: 'confirmed', notes: `${PERSON.name} ${number}` };
  await send('POST', '/api/elevenlabs/tools/report_result', report);
  const { account } = system.sandbox;
  const asTool = { authorization: `Bearer ${account.toolSecret}` };
  await send('POST', '/api/elevenlabs/tools/report_result', report, asTool);
  await send('POST', '/api/elevenlabs/tools/report_result', { ...report, call_id: `${id}.1` }, asTool);
  for (const type of ['call_initiation_failure', `${PERSON.name} ${number}`, 'post_call_transcription']) {
    const body = JSON.stringify({
      type,
      event_timestamp: 1,
      data: { conversation_id: 'c', failure_reason: number, metadata: { body: { To: number } } },
    });
    const t = Math.floor(Date.now() / 1_000);
    const mac = createHmac('sha256', account.webhookSecret).update(`${t}.${body}`).digest('hex');
    await send('POST', '/api/elevenlabs/post-call', body, { 'elevenlabs-signature': `t=${t},v0=${mac}` });
    await send('POST', '/api/elevenlabs/post-call', body, { 'elevenlabs-signature': `t=${t},v0=${'0'.repeat(64)}` });
  }
  await fetch(`${system.url}/ws/media-stream/${coded}`).then((answer) => answer.arrayBuffer());
}

beforeAll(async () => {
  receiver = await webServer(({ request, json }) => json(request.path === '/hook' ? 500 : 200, {}));
  const ids = await Promise.all([
    place({}, ONLY_NATIVE),
    place({}, ONLY_BRIDGE),
    place({ stream_drops: 1 }, ONLY_BRIDGE),
    place({ native: '403', twilio_create: '401' }),
    place({ native: '403', twilio_create: '401', tests: '503' }, { simulation: { scenario: PERSON.scenario } }),
    place({ native: 'dial-then-drop-response' }, ONLY_NATIVE),
    place({ report: 'wrong-secret', post_call: 'forged' }, ONLY_NATIVE),
    place({ callee: 'busy,answer-and-book' }, ONLY_NATIVE),
    place({ native: 'success-false,400,422', twilio_create: '500,21215' }),
    place({ conversation: 'gone', report: 'missing', post_call: 'missing' }, ONLY_NATIVE),
  ]);
  await Promise.all([...ids.map(ended), refuse(ids[0]!)]);
  await until(() => receiver.seen.length >= ids.length, 30_000, 'the client to be told');
  system.product.signal('SIGTERM');
  await system.product.ended;
  log = system.product.log();
}, 200_000);
afterAll(() => receiver.close());

/** The lines that hold a text, shortened around it: what a failure shows. */
const linesWith = (text: string): string[] =>
  log.split('\n').flatMap((line) => {
    // The welcome shows how a key is sent.
    if (line.includes('ONE-OF-YOUR-API_KEYS')) return [];
    const at = line.toLowerCase().indexOf(text.toLowerCase());
    return at < 0 ? [] : [line.slice(Math.max(0, at - 160), at + 80)];
  });
const forms = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  JSON.stringify(text).slice(1, -1),
  Buffer.from(text).toString('base64'),
];

/** What is about no booking, or about one that only a stranger, or a body that is not read yet, names. */
const NAMELESS = new RegExp(
  [
    'No (Nexus services|workflows) registered, not polling for .*',
    'Not ready: .*',
    'Server listening at .*',
    'Worker state changed',
    'received a post-call webhook of unknown type',
    'the agent speaks .*: bookings in another language are held in .*',
    'post-call webhook',
    'more of the same: .*',
    'outcomes audited',
    'a request that claims to be from (Twilio|ElevenLabs) was refused',
    '(\\d+|request failed) /(api/elevenlabs/.*|readyz|v1/bookings|v1/do-not-call/:number)',
    '(401|404|422) (none|/v1/bookings/:id|/webhook/voice/.*)',
    '403 /webhook/voice/status',
    '426 /ws/media-stream/:call_id',
  ]
    .map((each) => `^${each}$`)
    .join('|'),
);

describe('the logs of all parts at their most talkative, after ten bookings of every kind and all that was refused', () => {
  it('are there: each booking, each refusal, at every level down to trace', () => {
    expect(log).toMatch(/"level":20/);
    expect(log.match(/booking accepted/g)).toHaveLength(10);
    for (const word of [
      'claims to be from Twilio',
      'claims to be from ElevenLabs',
      'TwiML',
      'stream started',
      'client notified',
      'call status',
    ])
      expect([word, log.includes(word)]).toEqual([word, true]);
    expect(transcripts.length).toBeGreaterThan(20);
  });

  it('name the booking on each line, unless it is about the process or about a stranger', () => {
    const lines = log.split('\n').filter((line) => line.startsWith('{'));
    const events = lines.map(
      (line) => JSON.parse(line) as { msg: string; booking_id?: string; route?: string; status?: number },
    );
    const nameless = events.filter(({ booking_id }) => booking_id === undefined);
    const named: Record<string, (line: (typeof events)[number]) => string> = {
      request: ({ status, route }) => `${status} ${route}`,
      'request failed': ({ msg, route }) => `${msg} ${route}`,
    };
    const about = nameless.map((line) => named[line.msg]?.(line) ?? line.msg);
    expect([...new Set(about)].filter((each) => !NAMELESS.test(each))).toEqual([]);
    expect(events.length - nameless.length).toBeGreaterThan(200);
  });

  it('hold one event on each line', () => {
    const lines = log.split('\n').filter((line) => line.startsWith('{'));
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  it('hold none of the secrets of the installation', () => {
    const { account } = system.sandbox;
    const basic = Buffer.from(`${account.twilioSid}:${account.twilioToken}`).toString('base64');
    const secrets = [
      API_KEY,
      OPERATOR_KEY,
      CALLBACK_SECRET,
      HASH_KEY,
      account.twilioToken,
      account.apiKey,
      account.toolSecret,
      account.webhookSecret,
      basic,
    ];
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(7);
      for (const form of forms(secret)) expect(linesWith(form)).toEqual([]);
    }
  });

  it('hold no key that was sent, right or wrong, and no token of a stream or of an agent’s socket', () => {
    for (const text of [WRONG_KEY, 'Bearer ', 'Basic ', 'xi-api-key', 'token=', 'conversation_signature', 'v0='])
      expect(linesWith(text)).toEqual([]);
  });

  it('hold no phone number, in whatever form', () => {
    for (const number of NUMBERS) {
      const digits = number.slice(1);
      const local = digits.slice(-8);
      for (const form of [
        digits,
        local,
        `${local.slice(0, 4)}-${local.slice(4)}`,
        `${local.slice(0, 4)} ${local.slice(4)}`,
      ])
        expect(linesWith(form)).toEqual([]);
    }
  });

  it('hold nothing of what a person wrote', () => {
    const words = [
      ...Object.values(PERSON),
      'Zacar',
      'Quintanilla',
      'penicilina',
      'Fuensanta',
      'notario',
      'Etelvina',
      'Hermenegilda',
    ];
    for (const word of words) for (const form of forms(word)) expect(linesWith(form)).toEqual([]);
  });

  it('hold nothing of what was said', () => {
    for (const message of transcripts.filter((each) => each.length > 12))
      expect(linesWith(message.slice(0, 40))).toEqual([]);
  });
});
