import { afterEach, describe, expect, it } from '@jest/globals';
import type { BookingOrder } from '../../domain/order.ts';
import { createElevenLabs } from '../../providers/elevenlabs/agents.ts';
import { BOOKING, CALL, order, PHONE } from './samples.ts';
import { closedPort, type Reply, type WebServer, webServer } from './web-server.ts';

const PATH = '/v1/convai/twilio/register-call';
const FROM = '+15005550006';
const TWIML =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://api.elevenlabs.io/s/1"/></Connect></Response>';
let server: WebServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const at = (apiBaseUrl: string) => createElevenLabs({ apiKey: 'key', agentId: 'agent_1', apiBaseUrl });
const text =
  (body: string, type = 'application/xml') =>
  (reply: Reply) => {
    reply.response.writeHead(200, { 'content-type': type });
    reply.response.end(body);
  };

async function registering(answer: (reply: Reply) => void, wish: Partial<BookingOrder> = {}, timeoutMs = 2_000) {
  server = await webServer((reply) => (reply.request.path === PATH ? answer(reply) : reply.json(404, {})));
  const result = await at(server.url).registerCall({ order: order(wish), call_id: CALL, from: FROM, timeoutMs });
  return { result, requests: server.seen.filter(({ path }) => path === PATH) };
}

describe('a call of ours that ElevenLabs is to carry', () => {
  it('is told with both numbers, every variable, and the booking as user', async () => {
    const { result, requests } = await registering(text(TWIML));
    expect(result).toEqual({ ok: true, twiml: TWIML });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', headers: { 'xi-api-key': 'key' } });
    const { conversation_initiation_client_data: data, ...call } = JSON.parse(requests[0]!.body);
    expect(call).toEqual({ agent_id: 'agent_1', from_number: FROM, to_number: PHONE, direction: 'outbound' });
    expect(Object.keys(data).sort()).toEqual(['dynamic_variables', 'user_id']);
    expect(data).toMatchObject({ user_id: BOOKING, dynamic_variables: { booking_id: BOOKING, call_id: CALL } });
  });

  it('is told with what the order overrides', async () => {
    const { requests } = await registering(text(TWIML), { agent: { prompt: 'Sos Vocero.' } });
    const data = JSON.parse(requests[0]!.body).conversation_initiation_client_data;
    expect(data.conversation_config_override).toEqual({ agent: { prompt: { prompt: 'Sos Vocero.' } } });
  });

  it.each([
    ['without a declaration', '<Response><Connect><Stream url="wss://x/1"/></Connect></Response>'],
    [
      'with parameters',
      '<Response><Connect><Stream name="a" url="wss://x/1"><Parameter name="a" value="b"/></Stream></Connect></Response>',
    ],
    [
      'with single quotes and line breaks',
      "<Response>\n <Connect action='/x'>\n <Stream url='wss://x/1' />\n</Connect></Response>\n",
    ],
  ])('is taken by TwiML %s', async (_, twiml) => {
    expect((await registering(text(twiml))).result).toEqual({ ok: true, twiml });
  });

  it('has the conversation that its TwiML names', async () => {
    const named = TWIML.replace('/s/1"/>', '/s/1"><Parameter name="conversation_id" value="conv_1"/></Stream>');
    expect((await registering(text(named))).result).toEqual({ ok: true, twiml: named, conversation_id: 'conv_1' });
  });

  it('is taken by TwiML in a JSON text', async () => {
    const { result } = await registering(text(JSON.stringify(TWIML), 'application/json'));
    expect(result).toEqual({ ok: true, twiml: TWIML });
  });

  it.each([
    ['a page', '<html><body>502</body></html>'],
    ['nothing', ''],
    ['JSON', '{"success":true}'],
    ['TwiML without a stream', '<Response><Say>Hola</Say></Response>'],
    ['TwiML that speaks first', '<Response><Say>Hola</Say><Connect><Stream url="wss://x/1"/></Connect></Response>'],
    ['a stream over plain HTTP', '<Response><Connect><Stream url="ws://x/1"/></Connect></Response>'],
    ['a part of it', TWIML.slice(0, -5)],
    ['too much of it', TWIML.replace('</Connect>', `</Connect>${' '.repeat(70_000)}`)],
  ])('is not taken by %s', async (_, body) => {
    const { result } = await registering(text(body, 'text/html'));
    expect(result).toMatchObject({ ok: false, problem: { code: 'elevenlabs_unreadable' } });
  });

  it.each([401, 404, 422, 429, 500, 503])('is not taken by a %i, and asked for once', async (status) => {
    const { result, requests } = await registering((reply) => reply.json(status, { detail: { message: 'no' } }));
    expect(result).toMatchObject({ ok: false, problem: { code: `elevenlabs_http_${status}` } });
    expect(requests).toHaveLength(1);
  });

  it.each<[string, (reply: Reply) => void]>([
    ['no answer', () => undefined],
    ['half an answer', ({ response }) => void response.writeHead(200).write(TWIML.slice(0, 40))],
  ])('is not waited for longer than is said: %s', async (_, answer) => {
    const began = performance.now();
    const { result } = await registering(answer, {}, 300);
    expect(result).toMatchObject({ ok: false, problem: { code: 'elevenlabs_timeout' } });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('is not taken where the connection breaks, or none is there', async () => {
    const { result } = await registering((reply) => reply.reset());
    expect(result).toMatchObject({ ok: false });
    const elevenlabs = at(await closedPort());
    const none = await elevenlabs.registerCall({ order: order(), call_id: CALL, from: FROM, timeoutMs: 500 });
    expect(none).toMatchObject({ ok: false, problem: { code: 'elevenlabs_econnrefused' } });
  });
});
