import { parse } from 'node:querystring';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ProviderUnreachable, type TwilioVoice } from '../../providers/interface.ts';
import { createTwilioVoice } from '../../providers/twilio/voice.ts';
import { CALL_SID, PHONE } from './samples.ts';
import { closedPort, type Reply, type WebServer, webServer } from './web-server.ts';

const FROM = '+15005550006';
let server: WebServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function twilio(answer: (reply: Reply) => void): Promise<TwilioVoice> {
  server = await webServer(answer);
  return voiceAt(server.url);
}

const voiceAt = (apiBaseUrl: string) =>
  createTwilioVoice({
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'token',
    from: FROM,
    publicUrl: 'https://vocero.example',
    apiBaseUrl,
    timeoutMs: 2_000,
  });

const call = (more: Record<string, unknown> = {}) => ({
  sid: CALL_SID,
  status: 'in-progress',
  to: PHONE,
  from: FROM,
  direction: 'outbound-api',
  date_created: 'Mon, 23 Nov 2026 12:00:01 +0000',
  start_time: null,
  end_time: null,
  duration: null,
  answered_by: null,
  ...more,
});

const list = (calls: unknown[]) => ({ calls, page: 0, page_size: 50, next_page_uri: null });

describe('looking at a call', () => {
  it('gives its state in the contract’s words and units', async () => {
    const voice = await twilio((reply) =>
      reply.json(
        200,
        call({
          status: 'completed',
          end_time: 'Mon, 23 Nov 2026 12:01:00 +0000',
          duration: '41',
          answered_by: 'human',
        }),
      ),
    );
    expect(await voice.call(CALL_SID)).toEqual({
      call_sid: CALL_SID,
      status: 'completed',
      to: PHONE,
      from: FROM,
      created_at: '2026-11-23T12:00:01.000Z',
      ended_at: '2026-11-23T12:01:00.000Z',
      duration_seconds: 41,
      answered_by: 'human',
    });
  });

  it('a call that Twilio does not know is undefined', async () => {
    const voice = await twilio((reply) => reply.json(404, { status: 404, code: 20404, message: 'not found' }));
    expect(await voice.call(CALL_SID)).toBeUndefined();
  });

  it.each([
    ['401', (reply: Reply) => reply.json(401, { status: 401, code: 20003, message: 'Authenticate' })],
    ['429', (reply: Reply) => reply.json(429, { status: 429, code: 20429, message: 'Too many' })],
    ['503', (reply: Reply) => reply.json(503, { status: 503, code: 20503, message: 'down' })],
    ['a reset', (reply: Reply) => reply.reset()],
    ['a status nobody knows', (reply: Reply) => reply.json(200, call({ status: 'levitating' }))],
  ])('%s is no answer', async (_, answer) => {
    const voice = await twilio(answer);
    await expect(voice.call(CALL_SID)).rejects.toBeInstanceOf(ProviderUnreachable);
  });
});

describe('calls to a number since a moment', () => {
  it('asks without a start time, and for queued ones by name, and judges by the creation date', async () => {
    const voice = await twilio((reply) =>
      reply.json(
        200,
        reply.request.query.get('Status') === 'queued'
          ? list([call({ sid: 'CAqueued', status: 'queued', date_created: 'Mon, 23 Nov 2026 12:00:05 +0000' })])
          : list([
              call({ sid: 'CAlater' }),
              call({ sid: 'CAslack', date_created: 'Mon, 23 Nov 2026 11:59:59 +0000' }),
              call({ sid: 'CAbefore', date_created: 'Mon, 23 Nov 2026 11:59:50 +0000' }),
            ]),
        // Twilio's clock agrees with ours.
        { date: new Date().toUTCString() },
      ),
    );
    const found = await voice.callsTo(PHONE, '2026-11-23T12:00:00.900Z');
    expect(found.map((each) => each.call_sid)).toEqual(['CAqueued', 'CAlater', 'CAslack']);
    expect(server!.seen).toHaveLength(2);
    for (const { query } of server!.seen) {
      expect([query.get('To'), query.get('From')]).toEqual([PHONE, FROM]);
      expect([...query.keys()].some((key) => key.startsWith('StartTime'))).toBe(false);
    }
  });

  it('a provider clock that is behind does not hide a call', async () => {
    const behind = { date: new Date(Date.now() - 60_000).toUTCString() };
    const voice = await twilio((reply) =>
      reply.json(200, list([call({ date_created: 'Mon, 23 Nov 2026 11:59:10 +0000' })]), behind),
    );
    expect(await voice.callsTo(PHONE, '2026-11-23T12:00:00Z')).toHaveLength(1);
  });

  it('a call without a readable creation date is not left out', async () => {
    const voice = await twilio((reply) => reply.json(200, list([call({ date_created: null })])));
    expect(await voice.callsTo(PHONE, '2026-11-23T12:00:00Z')).toHaveLength(1);
  });

  it('no answer is not an empty list', async () => {
    await expect(voiceAt(await closedPort()).callsTo(PHONE, '2026-11-23T12:00:00Z')).rejects.toBeInstanceOf(
      ProviderUnreachable,
    );
  });
});

describe('hanging up', () => {
  it.each([
    ['cancel', 'canceled'],
    ['complete', 'completed'],
  ] as const)('%s asks for the status %s', async (mode, status) => {
    const voice = await twilio((reply) => reply.json(200, call({ status })));
    expect(await voice.hangUp(CALL_SID, mode)).toEqual({ done: 'ended' });
    expect({ ...parse(server!.seen[0]!.body) }).toEqual({ Status: status });
  });

  it('an answered call that was to be cancelled goes on', async () => {
    const voice = await twilio((reply) => reply.json(200, call({ status: 'in-progress' })));
    expect(await voice.hangUp(CALL_SID, 'cancel')).toEqual({ done: 'requested' });
  });

  it('a call that Twilio no longer knows is not found', async () => {
    const voice = await twilio((reply) => reply.json(404, { status: 404, code: 20404, message: 'gone' }));
    expect(await voice.hangUp(CALL_SID, 'complete')).toEqual({ done: 'not_found' });
  });

  it.each([
    ['completed', 'ended'],
    ['in-progress', 'requested'],
  ])('21220 on a call that is %s: %s, by its own state', async (status, done) => {
    const voice = await twilio((reply) =>
      reply.request.method === 'POST'
        ? reply.json(400, { status: 400, code: 21220, message: 'Call is not in-progress.' })
        : reply.json(200, call({ status })),
    );
    expect(await voice.hangUp(CALL_SID, 'cancel')).toEqual({ done });
  });

  it.each([
    ['es', 'Disculpe, el turno ya'],
    [undefined, 'Disculpe, el turno ya'],
    ['en-GB', 'Sorry, this has'],
  ])('a goodbye in %s is said before the end', async (language, words) => {
    const voice = await twilio((reply) => reply.json(200, call({ status: 'in-progress' })));
    expect(await voice.hangUpWithGoodbye(CALL_SID, language)).toEqual({ done: 'requested' });
    const { Twiml } = parse(server!.seen[0]!.body);
    expect(Twiml).toMatch(new RegExp(`<Response><Say language="e[sn]-..">${words}[^<]*</Say><Hangup/></Response>$`));
  });

  it('a limit is the longest time of the call, and one of a call that Twilio does not know is nothing to do', async () => {
    const voice = await twilio((reply) =>
      server!.seen.length > 1
        ? reply.json(404, { status: 404, code: 20404, message: 'gone' })
        : reply.json(200, call({ status: 'in-progress' })),
    );
    await voice.limit(CALL_SID, 600);
    await voice.limit(CALL_SID, 600);
    expect(server!.seen.map(({ method, body }) => [method, { ...parse(body) }])).toEqual([
      ['POST', { TimeLimit: '600' }],
      ['POST', { TimeLimit: '600' }],
    ]);
  });

  it('a limit that Twilio refuses is tried again by its caller', async () => {
    const voice = await twilio((reply) => reply.json(400, { status: 400, code: 21220, message: 'not in-progress' }));
    await expect(voice.limit(CALL_SID, 600)).rejects.toThrow(/21220/);
  });

  it('a call that takes no goodbye is ended all the same', async () => {
    const voice = await twilio((reply) =>
      parse(reply.request.body).Twiml
        ? reply.json(400, { status: 400, code: 21220, message: 'Call is not in-progress. Cannot redirect.' })
        : reply.json(200, call({ status: 'completed' })),
    );
    expect(await voice.hangUpWithGoodbye(CALL_SID, 'es')).toEqual({ done: 'ended' });
    expect(server!.seen.map(({ body }) => Object.keys(parse(body)))).toEqual([['Twiml'], ['Status']]);
  });

  it('no answer is a failure with its reason', async () => {
    const voice = await twilio((reply) => reply.json(503, { status: 503, code: 20503, message: 'down' }));
    expect(await voice.hangUp(CALL_SID, 'complete')).toEqual({
      done: 'failed',
      problem: { code: 'twilio_20503', message: 'down' },
    });
  });
});

describe('erasing a call', () => {
  const SIDS = ['1', '2'].map((n) => `RE${n.repeat(32)}`);
  const LIST = `GET Calls/${CALL_SID}/Recordings.json`;
  const CALL = `DELETE Calls/${CALL_SID}.json`;
  const recordingOf = (sid: string) => `DELETE Calls/${CALL_SID}/Recordings/${sid}.json`;
  const named = ({ method, path }: { method: string; path: string }) =>
    `${method} ${path.split('/').slice(4).join('/')}`;
  const asked = () => server!.seen.map(named);

  /** Twilio with two recordings of the call; `statuses` are what it answers instead. */
  const answering = (statuses: Record<string, number> = {}) =>
    twilio(({ request, response, json }) => {
      const status = statuses[named(request)];
      if (status) return json(status, { code: 20000 + status, message: 'no', status });
      if (request.method === 'DELETE') return void response.writeHead(204).end();
      return json(200, { recordings: SIDS.map((sid) => ({ sid })), page: 0, page_size: 50, next_page_uri: null });
    });

  it('deletes its recordings, then the call', async () => {
    await (await answering()).eraseCall(CALL_SID);
    expect(asked()).toEqual([LIST, ...SIDS.map(recordingOf), CALL]);
  });

  it('takes what is not there for erased', async () => {
    await (await answering({ [recordingOf(SIDS[0]!)]: 404, [CALL]: 404 })).eraseCall(CALL_SID);
    expect(asked()).toEqual([LIST, ...SIDS.map(recordingOf), CALL]);
    await server!.close();
    await (await answering({ [LIST]: 404, [CALL]: 404 })).eraseCall(CALL_SID);
    expect(asked()).toEqual([LIST, CALL]);
  });

  it.each([
    ['its recordings cannot be listed', LIST, 500],
    ['a recording cannot be deleted', recordingOf(SIDS[1]!), 500],
    ['it is refused, as a live one is', CALL, 400],
    ['the account is refused', CALL, 401],
    ['there are too many requests', CALL, 429],
  ])('is not done when %s', async (_, request, status) => {
    const voice = await answering({ [request]: status });
    await expect(voice.eraseCall(CALL_SID)).rejects.toBeInstanceOf(ProviderUnreachable);
    expect(asked().at(-1)).toBe(request);
  });

  it('is not done when Twilio is out of reach', async () => {
    await expect(voiceAt(await closedPort()).eraseCall(CALL_SID)).rejects.toBeInstanceOf(ProviderUnreachable);
  });
});
