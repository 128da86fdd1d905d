import { afterEach, describe, expect, it } from '@jest/globals';
import { createElevenLabs } from '../../providers/elevenlabs/agents.ts';
import { BOOKING, CALL, CALL_SID, dialOf, order, PHONE } from './samples.ts';
import { closedPort, type Reply, type WebServer, webServer } from './web-server.ts';

const DIAL = '/v1/convai/twilio/outbound-call';
const options = { apiKey: 'key', agentId: 'agent_1', phoneNumberId: 'phnum_1', timeoutMs: 2_000 };
let server: WebServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const agent = (permitted: Record<string, unknown> = {}) => ({
  agent_id: 'agent_1',
  name: 'Vocero',
  platform_settings: { overrides: { conversation_config_override: permitted } },
});

async function dialing(answer: (reply: Reply) => void, dial = dialOf(), settings: Record<string, unknown> = {}) {
  server = await webServer((reply) => (reply.request.path === DIAL ? answer(reply) : reply.json(200, agent(settings))));
  const elevenlabs = createElevenLabs({ ...options, apiBaseUrl: server.url });
  const result = await elevenlabs.dial(dial);
  const requests = server.seen.filter(({ path }) => path === DIAL);
  return { result, requests, elevenlabs };
}

const accepted = (reply: Reply) =>
  reply.json(200, { success: true, message: 'Success', conversation_id: 'conv_1', callSid: CALL_SID });

const error = (status: number, detail: unknown) => (reply: Reply) => reply.json(status, { detail });

describe('a dial through ElevenLabs', () => {
  it('sends every variable, the booking as user, and no overrides that were not asked for', async () => {
    const { result, requests } = await dialing(accepted);
    expect(result).toEqual({ proves: 'accepted', conversation_id: 'conv_1', call_sid: CALL_SID });
    expect(requests).toHaveLength(1);
    expect(requests[0]!.headers['xi-api-key']).toBe('key');
    expect(JSON.parse(requests[0]!.body)).toEqual({
      agent_id: 'agent_1',
      agent_phone_number_id: 'phnum_1',
      to_number: PHONE,
      telephony_call_config: { ringing_timeout_secs: 45, twilio_machine_detection: { mode: 'enable' } },
      conversation_initiation_client_data: {
        user_id: BOOKING,
        dynamic_variables: {
          service_type: 'dentista',
          preferred_date: '',
          preferred_time: '',
          user_name: 'Mauro',
          special_requests: '',
          booking_id: BOOKING,
          call_id: CALL,
          business_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          business_weekday: expect.any(String),
          business_time: expect.stringMatching(/^\d\d:\d\d$/),
          acceptable: '',
          callback_reason: '',
          order_date: '2026-11-23',
          order_weekday: 'lunes',
          preferred_day: '',
          preferred_weekday: '',
          next_days: expect.stringMatching(/^hoy (\S+ \d{4}-\d\d-\d\d(; (mañana )?)?){22}$/),
          hold_seconds: '180',
          keys_tool: 'play_keypad_touch_tone',
        },
      },
    });
  });

  it('sends what the order overrides, and says before its first message who is calling', async () => {
    const wanted = { language: 'es-AR', agent: { prompt: 'Sos Vocero.', first_message: '¿Tienen lugar mañana?' } };
    const { requests } = await dialing(accepted, dialOf(wanted));
    const data = JSON.parse(requests[0]!.body).conversation_initiation_client_data;
    expect(data.conversation_config_override).toEqual({
      agent: {
        prompt: { prompt: 'Sos Vocero.' },
        first_message:
          'Hola, soy un asistente virtual con inteligencia artificial y llamo de parte de Mauro. ' +
          'Esta llamada puede ser grabada. ¿Tienen lugar mañana?',
        language: 'es',
      },
    });
  });

  it('sends the cap where the agent permits it, and reads the agent once for many dials', async () => {
    const { requests, elevenlabs } = await dialing(accepted, dialOf(), {
      conversation: { max_duration_seconds: true },
    });
    await elevenlabs.dial(dialOf());
    const data = JSON.parse(requests[0]!.body).conversation_initiation_client_data;
    expect(data.conversation_config_override).toEqual({ conversation: { max_duration_seconds: 600 } });
    expect(server!.seen.filter(({ path }) => path === '/v1/convai/agents/agent_1')).toHaveLength(1);
  });

  it('an agent that cannot be read keeps no dial from being placed', async () => {
    server = await webServer((reply) => (reply.request.path === DIAL ? accepted(reply) : reply.json(500, {})));
    const result = await createElevenLabs({ ...options, apiBaseUrl: server.url }).dial(dialOf());
    expect(result.proves).toBe('accepted');
    const sent = server.seen.find(({ path }) => path === DIAL)!;
    expect(sent.body).not.toContain('max_duration_seconds');
  });

  it('without a phone number id nothing is sent', async () => {
    const result = await createElevenLabs({
      ...options,
      phoneNumberId: undefined,
      apiBaseUrl: await closedPort(),
    }).dial(dialOf());
    expect(result).toMatchObject({ proves: 'channel_refused', problem: { code: 'not_configured' } });
  });

  const refusedBy = (code: number) =>
    `HTTP 400 error: Unable to create record: ${PHONE} is refused. Error code ${code}`;
  const answer = (more: Record<string, unknown>) => ({
    success: false,
    message: 'no',
    conversation_id: null,
    callSid: null,
    ...more,
  });

  it.each([
    ['success without ids', answer({ success: true }), { proves: 'unknown' }],
    [
      'success with one id',
      answer({ success: true, conversation_id: 'conv_1' }),
      { proves: 'accepted', conversation_id: 'conv_1' },
    ],
    ['a refusal without ids', answer({}), { proves: 'channel_refused', problem: { code: 'elevenlabs_refused' } }],
    ['a refusal with a call', answer({ callSid: CALL_SID }), { proves: 'unknown', call_sid: CALL_SID }],
    [
      'a refusal with a conversation',
      answer({ conversation_id: 'conv_1' }),
      { proves: 'unknown', conversation_id: 'conv_1' },
    ],
    ...[21201, 21211, 21214, 21217].map((code) => [
      `Twilio's ${code} inside`,
      answer({ message: refusedBy(code) }),
      { proves: 'number_refused', problem: { code: `twilio_${code}` } },
    ]),
    ...[21215, 21216, 21219].map((code) => [
      `Twilio's ${code} inside`,
      answer({ message: refusedBy(code) }),
      { proves: 'channel_refused', problem: { code: `twilio_${code}` } },
    ]),
    [
      'a number that contains a code',
      answer({ message: 'Failed to dial +542121121211' }),
      { proves: 'channel_refused' },
    ],
    ['a body that the SDK refuses', { conversation_id: 'conv_9' }, { proves: 'unknown', conversation_id: 'conv_9' }],
    ['a list', [], { proves: 'unknown' }],
    ['a string', 'Success', { proves: 'unknown' }],
  ] as [string, unknown, object][])('200 with %s', async (_, body, expected) => {
    const { result, requests } = await dialing((reply) => reply.json(200, body));
    expect(result).toMatchObject(expected);
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain('43211234');
  });

  it.each([
    [400, { code: 'quota_exceeded', message: 'over' }, 'channel_refused', 'quota_exceeded: over'],
    [401, { status: 'invalid_api_key', message: 'bad key' }, 'channel_refused', 'invalid_api_key: bad key'],
    [402, 'pay first', 'channel_refused', 'pay first'],
    [403, {}, 'channel_refused', 'answered 403'],
    [404, { code: 'not_found', message: 'no agent' }, 'channel_refused', 'not_found: no agent'],
    [409, 'conflict', 'channel_refused', 'conflict'],
    [422, [{ loc: ['body', 'to_number'], msg: 'Field required' }], 'channel_refused', 'body.to_number: Field required'],
    [422, [], 'channel_refused', 'answered 422'],
    [400, { message: `Error code 21211 for ${PHONE}` }, 'number_refused', 'Error code 21211 for +54…34'],
    [408, 'slow', 'unknown', 'slow'],
    [500, { code: 'internal_error' }, 'unknown', 'internal_error'],
    [502, null, 'unknown', 'answered 502'],
    [503, { message: 'Error code 21211' }, 'unknown', 'Error code 21211'],
  ])('%i with detail %j: %s', async (status, detail, proves, message) => {
    const { result, requests } = await dialing(error(status, detail));
    expect(result).toMatchObject({ proves, problem: { message } });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['no connection survives', (reply: Reply) => reply.reset()],
    ['nothing comes back', () => undefined],
    [
      'a page comes instead',
      (reply: Reply) => reply.response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    ],
    ['nothing is in the answer', (reply: Reply) => reply.response.writeHead(200).end()],
    [
      'half an answer comes',
      (reply: Reply) => reply.response.writeHead(200, { 'content-length': '99' }).write('{"succ'),
    ],
    ['a redirect comes', (reply: Reply) => reply.json(307, {}, { location: DIAL })],
    [
      'the answer breaks off',
      (reply: Reply) => {
        reply.response.writeHead(200, { 'content-length': '99' });
        reply.response.write('{"success"', () => reply.reset());
      },
    ],
  ])('when %s: unknown, in one request', async (_, answer) => {
    const { result, requests } = await dialing(answer);
    expect(result).toMatchObject({ proves: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [401, 'channel_refused'],
    [429, 'deferred'],
    [503, 'unknown'],
  ])('%i with a body that breaks off is judged by its status: %s', async (status, proves) => {
    const { result, requests } = await dialing((reply) =>
      reply.response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '2' }).end('{"detail'),
    );
    expect(result).toMatchObject({ proves, ...(status === 429 ? { retry_after_ms: 2_000 } : {}) });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['2', 2_000],
    [undefined, 1_500],
  ])('429 with Retry-After %s: the same channel again after %i ms', async (header, delay) => {
    const { result, requests } = await dialing((reply) =>
      reply.json(429, { detail: { code: 'rate_limit_exceeded' } }, header ? { 'retry-after': header } : {}),
    );
    expect(result).toMatchObject({ proves: 'deferred', retry_after_ms: delay });
    expect(requests).toHaveLength(1);
  });

  it('nobody listens: the request was never sent', async () => {
    const result = await createElevenLabs({ ...options, apiBaseUrl: await closedPort() }).dial(dialOf());
    expect(result).toMatchObject({ proves: 'not_sent', problem: { code: 'elevenlabs_econnrefused' } });
  });
});

describe('the first message of an agent socket', () => {
  it('has the variables and the user, and overrides only what the order gives', () => {
    const elevenlabs = createElevenLabs(options);
    const init = elevenlabs.conversationInit(
      order({ language: 'en', agent: { first_message: 'Any room today?' } }),
      CALL,
    );
    expect(init).toEqual({
      type: 'conversation_initiation_client_data',
      conversation_config_override: {
        agent: {
          first_message:
            'Hello, I am an AI assistant calling on behalf of Mauro. This call may be recorded. Any room today?',
          language: 'en',
        },
      },
      dynamic_variables: expect.objectContaining({ call_id: CALL, booking_id: BOOKING, special_requests: '' }),
      user_id: BOOKING,
    });
    expect(elevenlabs.conversationInit(order(), CALL)).not.toHaveProperty('conversation_config_override');
  });
});
