import { parse } from 'node:querystring';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createTwilioVoice } from '../../providers/twilio/voice.ts';
import { CALL, CALL_SID, dialOf, PHONE } from './samples.ts';
import { closedPort, type Reply, type WebServer, webServer } from './web-server.ts';

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', from: '+15005550006' };
let server: WebServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
  delete process.env.TWILIO_EDGE;
  delete process.env.TWILIO_REGION;
});

async function dialing(answer: (reply: Reply) => void) {
  server = await webServer(answer);
  const voice = createTwilioVoice({
    ...account,
    publicUrl: 'https://vocero.example/',
    apiBaseUrl: server.url,
    timeoutMs: 2_000,
  });
  const result = await voice.dial(dialOf());
  return { result, requests: server.seen };
}

const refusal = (status: number, code: number) => (reply: Reply) =>
  reply.json(status, { status, code, message: `The number ${PHONE} is wrong.`, more_info: 'https://twilio.example' });

describe('a dial through Twilio', () => {
  it('sends one request that names the attempt in every URL', async () => {
    const { result, requests } = await dialing((reply) => reply.json(201, { sid: CALL_SID, status: 'queued' }));
    expect(result).toEqual({ proves: 'accepted', call_sid: CALL_SID });
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request!.method).toBe('POST');
    expect(request!.path).toBe(`/2010-04-01/Accounts/${account.accountSid}/Calls.json`);
    expect(request!.headers.authorization).toBe(
      `Basic ${Buffer.from(`${account.accountSid}:token`).toString('base64')}`,
    );
    expect({ ...parse(request!.body) }).toEqual({
      To: PHONE,
      From: account.from,
      Url: `https://vocero.example/webhook/voice/outbound?call_id=${CALL}#rc=3&rp=5xx,ct,rt`,
      Method: 'POST',
      FallbackUrl: `https://vocero.example/webhook/voice/outbound?call_id=${CALL}#rc=3&rp=5xx,ct,rt`,
      FallbackMethod: 'POST',
      StatusCallback: `https://vocero.example/webhook/voice/status?call_id=${CALL}#rc=3&rp=5xx,ct,rt`,
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      Timeout: '45',
      TimeLimit: '600',
      MachineDetection: 'Enable',
      AsyncAmd: 'true',
      AsyncAmdStatusCallback: `https://vocero.example/webhook/voice/status?call_id=${CALL}#rc=3&rp=5xx,ct,rt`,
      AsyncAmdStatusCallbackMethod: 'POST',
    });
  });

  it('goes to the configured host whatever edge and region the environment names', async () => {
    process.env.TWILIO_EDGE = 'dublin';
    process.env.TWILIO_REGION = 'ie1';
    const { result } = await dialing((reply) => reply.json(201, { sid: CALL_SID, status: 'queued' }));
    expect(result.proves).toBe('accepted');
  });

  it.each([
    [400, 21201, 'number_refused'],
    [400, 21211, 'number_refused'],
    [400, 21214, 'number_refused'],
    [400, 21217, 'number_refused'],
    [400, 21215, 'channel_refused'],
    [400, 21216, 'channel_refused'],
    [400, 21219, 'channel_refused'],
    [400, 21210, 'channel_refused'],
    [401, 20003, 'channel_refused'],
    [402, 20005, 'channel_refused'],
    [403, 20003, 'channel_refused'],
    [404, 20404, 'channel_refused'],
    [408, 20408, 'unknown'],
    [500, 20500, 'unknown'],
    [502, 20502, 'unknown'],
    [503, 20503, 'unknown'],
    // A server error says nothing about the number, whatever code it carries.
    [500, 21211, 'unknown'],
  ])('answered %i with code %i: %s, in one request', async (status, code, proves) => {
    const { result, requests } = await dialing(refusal(status, code));
    expect(result).toMatchObject({ proves, problem: { code: `twilio_${code}` } });
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain('43211234');
  });

  it.each([
    ['no connection survives', (reply: Reply) => reply.reset(), 'twilio_econnreset'],
    ['nothing comes back', () => undefined, 'twilio_econnaborted'],
    ['the answer is not JSON', (reply: Reply) => reply.response.writeHead(201).end('<html>'), 'twilio_unreadable'],
    ['the answer names no call', (reply: Reply) => reply.json(201, { status: 'queued' }), 'twilio_unreadable'],
    ['the answer is empty', (reply: Reply) => reply.response.writeHead(201).end(), 'twilio_unreadable'],
    ['a redirect comes', (reply: Reply) => reply.json(307, {}, { location: '/elsewhere' }), 'twilio_http_307'],
    [
      'a gateway answers without a message',
      (reply: Reply) => reply.json(502, { error: 'bad gateway' }),
      'twilio_http_502',
    ],
    ['a problem document comes', (reply: Reply) => reply.json(503, problem(503)), 'twilio_20503'],
  ])('when %s: unknown, in one request', async (_, answer, code) => {
    const { result, requests } = await dialing(answer);
    expect(result).toMatchObject({ proves: 'unknown', problem: { code } });
    expect(requests).toHaveLength(1);
  });

  it('an answer that trickles in and never ends is unknown', async () => {
    let timer: NodeJS.Timeout | undefined;
    const { result, requests } = await dialing(({ response }) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      timer = setInterval(() => response.write(' '), 20);
    });
    clearInterval(timer);
    expect(result).toMatchObject({ proves: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['3', 3_000],
    ['0.5', 500],
    ['999999', 3_600_000],
    [undefined, 1_500],
    ['soon', 1_500],
  ])('429 with Retry-After %s: the same channel again after %i ms', async (header, delay) => {
    const { result, requests } = await dialing((reply) =>
      reply.json(429, { status: 429, code: 20429, message: 'Too many' }, header ? { 'retry-after': header } : {}),
    );
    expect(result).toMatchObject({ proves: 'deferred', retry_after_ms: delay });
    expect(requests).toHaveLength(1);
  });

  it('a problem document with a refusal code refuses the number', async () => {
    const { result } = await dialing((reply) => reply.json(400, { ...problem(400), code: 21211 }));
    expect(result).toMatchObject({ proves: 'number_refused' });
  });

  it('nobody listens: the request was never sent', async () => {
    const voice = createTwilioVoice({
      ...account,
      publicUrl: 'https://vocero.example',
      apiBaseUrl: await closedPort(),
    });
    expect(await voice.dial(dialOf())).toMatchObject({ proves: 'not_sent', problem: { code: 'twilio_econnrefused' } });
  });

  it('no such host: the request was never sent', async () => {
    const voice = createTwilioVoice({
      ...account,
      publicUrl: 'https://vocero.example',
      apiBaseUrl: 'http://no-such-host.invalid',
    });
    expect(await voice.dial(dialOf())).toMatchObject({ proves: 'not_sent' });
  });
});

const problem = (status: number) => ({
  type: 'about:blank',
  title: 'Trouble',
  status,
  code: status + 20_000,
  detail: 'x',
});
