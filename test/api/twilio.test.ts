import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BookingOrder } from '../../domain/order.ts';
import { bridgeIsThere, finish, HERE, PUBLIC_URL, twilioRequest, type World, withAttempt, world } from './support.ts';

let w: World;
let prepared: { callId: string; order: BookingOrder }[];
let released: string[];

beforeEach(async () => {
  prepared = [];
  released = [];
  const bridge = {
    prepare: (callId: string, order: BookingOrder) => prepared.push({ callId, order }),
    release: (callId: string) => released.push(callId),
    upgrade() {},
    live: () => 0,
    close: async () => {},
  };
  w = await world({ deps: { bridge: bridge as never } });
});
afterEach(() => w.close());

const SID = 'CA0123456789abcdef0123456789abcdef';
const form = (more: Record<string, string> = {}) => ({
  CallSid: SID,
  CallStatus: 'in-progress',
  From: '+15005550006',
  To: '+541143211234',
  ToCity: '',
  ...more,
});
const voice = (callId: string, resume?: number, more = {}) =>
  w.app.inject(
    twilioRequest(`/webhook/voice/outbound?call_id=${callId}${resume ? `&resume=${resume}` : ''}`, form(more)),
  );
const status = (callId: string, more: Record<string, string>, token?: string) =>
  w.app.inject(twilioRequest(`/webhook/voice/status?call_id=${callId}`, form(more), token));

const bridgeSaid = (callId: string, event: string, n = 1) =>
  w.records.addEvidence({
    kind: 'bridge',
    id: `bridge:${callId}:${event}:${n}`,
    call_id: callId,
    at: '2026-11-23T12:00:00.000Z',
    event,
  } as never);

const tokenIn = (twiml: string): string => /name="token" value="([^"]+)"/.exec(twiml)![1]!;

const answeredIn = (twiml: string): string | undefined => /name="answered" value="(\d+)"/.exec(twiml)?.[1];

describe('TwiML for an answered call', () => {
  it('tells the stream when the call was answered, and no later stream of it', async () => {
    const callId = withAttempt(w, await w.book());
    const before = Date.now();
    const first = answeredIn((await voice(callId)).body);
    expect(Number(first)).toBeGreaterThanOrEqual(before);
    expect(Number(first)).toBeLessThanOrEqual(Date.now());
    await bridgeSaid(callId, 'stream_started');
    await bridgeSaid(callId, 'stream_lost');
    const { body } = await voice(callId, 1);
    expect(body).toContain('name="token"');
    expect(answeredIn(body)).toBeUndefined();
  });

  it('joins it to our stream with a token for this call alone, and resumes here', async () => {
    const callId = withAttempt(w, await w.book());
    const answer = await voice(callId);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch('text/xml');
    expect(answer.body).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://vocero.example/ws/media-stream/${callId}">` +
        `<Parameter name="token" value="${tokenIn(answer.body)}"/><Parameter name="answered" value="${answeredIn(answer.body)}"/></Stream></Connect>` +
        `<Redirect method="POST">${PUBLIC_URL}/webhook/voice/outbound?call_id=${callId}&amp;resume=1#rc=3&amp;rp=5xx,ct,rt</Redirect></Response>`,
    );
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(tokenIn(answer.body)).digest('hex');
    const now = new Date().toISOString();
    expect(await w.records.takeStreamToken(hash, callId, 'CAsomeoneelse', now)).toBeUndefined();
    expect(await w.records.takeStreamToken(hash, callId, SID, now)).toBe(1);
    expect(await w.records.takeStreamToken(hash, callId, SID, now)).toBeUndefined();
  });

  it('ties the CallSid to the attempt and tells the workflow that somebody answered', async () => {
    const callId = withAttempt(w, await w.book());
    await voice(callId);
    expect(await w.records.findAttempt({ call_sid: SID })).toBe(callId);
    expect(w.gateway.signals).toMatchObject([
      { name: 'callStatus', evidence: { kind: 'call_status', call_id: callId, call_sid: SID, status: 'in-progress' } },
    ]);
  });

  it('keeps names out of the TwiML, whatever they hold', async () => {
    const hostile = '"/></Stream><Dial>+19005551234</Dial><x a="';
    const id = await w.book('alice', {
      business: { name: hostile, phone: '+541143211234' },
      request: { service_type: hostile, user_name: hostile },
    });
    expect((await voice(withAttempt(w, id))).body).not.toMatch('Dial');
  });

  it('still answers when Temporal is out of reach: a person is waiting', async () => {
    const callId = withAttempt(w, await w.book());
    w.gateway.down = true;
    expect((await voice(callId)).body).toMatch('<Stream');
    expect(await w.records.evidence(callId.split('.')[0]!)).toMatchObject([{ status: 'in-progress' }]);
  });

  it('hangs up calls that nobody waits for: unknown, over when a stream was lost, or of a final booking', async () => {
    const hangUp = /<Response><Hangup\/><\/Response>/;
    expect((await voice('bk_unknown.1')).body).toMatch(hangUp);
    expect((await voice('nonsense')).body).toMatch(hangUp);
    expect((await voice(withAttempt(w, await w.book(), { status: 'canceled' }), 1)).body).toMatch(hangUp);
    const id = await w.book();
    await finish(w, id);
    expect((await voice(`${id}.1`)).body).toMatch(hangUp);
  });

  it('resumes a lost stream with a new token, and no more than a few times', async () => {
    const callId = withAttempt(w, await w.book());
    const first = await voice(callId);
    await bridgeSaid(callId, 'stream_started');
    await bridgeSaid(callId, 'stream_lost');
    const second = await voice(callId, 1);
    expect(second.body).toMatch('resume=2');
    expect(tokenIn(second.body)).not.toBe(tokenIn(first.body));
    const last = await voice(callId, 6);
    expect(last.body).toMatch(/<Say.*<Hangup\/>/);
    expect(w.gateway.signals.filter(({ name }) => name === 'bridgeEvent')).toEqual([]);
  });

  it('resumes on another bridge when there is one: the first may have died', async () => {
    const callId = withAttempt(w, await w.book());
    expect((await voice(callId)).body).toMatch('wss://vocero.example/');
    await bridgeIsThere(w.records, 'bridge-there', 'wss://there.example', 50);
    await bridgeSaid(callId, 'stream_started');
    await bridgeSaid(callId, 'stream_lost');
    expect((await voice(callId, 1)).body).toMatch(`wss://there.example/ws/media-stream/${callId}`);
  });

  it('says sorry where no bridge is left', async () => {
    await w.records.leaveBridge(HERE);
    const callId = withAttempt(w, await w.book());
    expect((await voice(callId)).body).toMatch(/<Say.*<Hangup\/>/);
    expect(w.gateway.signals.at(-1)).toMatchObject({ name: 'bridgeEvent', evidence: { event: 'silent' } });
  });

  it('waits for the bridge’s word on a stream that just ended, and hangs up when the talk was over', async () => {
    const callId = withAttempt(w, await w.book());
    await bridgeSaid(callId, 'stream_started');
    const asked = voice(callId, 1);
    await bridgeSaid(callId, 'talk_ended');
    expect((await asked).body).toMatch('<Hangup/>');
    expect((await asked).body).not.toMatch('<Stream');
  });

  it('resumes when the bridge died without a word', async () => {
    const callId = withAttempt(w, await w.book());
    await bridgeSaid(callId, 'stream_started');
    expect((await voice(callId, 1)).body).toMatch('<Stream');
  });

  it('resumes without the workflow’s word where that does not come: somebody waits on the line', async () => {
    const callId = withAttempt(w, await w.book());
    w.gateway.state = () => new Promise(() => {});
    expect((await voice(callId, 1)).body).toMatch('<Stream');
  });

  // Twilio asks the page of the dial for every page of the call that it could not get, and names that one.
  it('resumes when the page for that failed, and Twilio asks its fallback', async () => {
    const callId = withAttempt(w, await w.book());
    await bridgeSaid(callId, 'stream_started');
    await bridgeSaid(callId, 'stream_lost');
    const ErrorUrl = `${PUBLIC_URL}/webhook/voice/outbound?call_id=${callId}&resume=1#rc=3&rp=5xx,ct,rt`;
    const answer = await voice(callId, undefined, { ErrorCode: '11200', ErrorUrl });
    expect(answer.body).toMatch('<Stream');
    expect(answer.body).toMatch('resume=2');
  });

  it.each(['', 'nonsense', 'https://elsewhere.example/?resume=two'])(
    'takes a fallback that names %j as the page of the dial',
    async (ErrorUrl) => {
      const callId = withAttempt(w, await w.book());
      expect((await voice(callId, undefined, { ErrorCode: '11205', ErrorUrl })).body).toMatch('resume=1');
    },
  );

  it('says sorry in the booking’s language when no agent can be had, and tells the workflow of the silence', async () => {
    const spanish = withAttempt(w, await w.book());
    await bridgeSaid(spanish, 'agent_failed');
    expect((await voice(spanish)).body).toMatch(/<Say language="es-MX">Disculpe.*<\/Say><Hangup\/>/);
    expect(w.gateway.signals).toContainEqual(
      expect.objectContaining({
        name: 'bridgeEvent',
        evidence: expect.objectContaining({ kind: 'bridge', event: 'silent', call_id: spanish }),
      }),
    );
    const english = withAttempt(w, await w.book('alice', { language: 'en-GB' }));
    await bridgeSaid(english, 'agent_failed');
    expect((await voice(english)).body).toMatch('<Say language="en-US">Sorry');
  });
});

describe('a status callback', () => {
  it('becomes evidence, stored and told, and prepares or releases the bridge', async () => {
    const id = await w.book();
    const callId = withAttempt(w, id);
    const ringing = await status(callId, { CallStatus: 'ringing', SequenceNumber: '1' });
    expect([ringing.statusCode, ringing.body]).toEqual([204, '']);
    expect(prepared).toMatchObject([{ callId, order: { id } }]);
    expect(released).toEqual([]);
    await status(callId, { CallStatus: 'completed', SequenceNumber: '3', CallDuration: '41', Duration: '1' });
    expect(released).toEqual([callId]);
    expect(w.gateway.signals.map(({ evidence }) => evidence)).toMatchObject([
      { status: 'ringing', call_sid: SID },
      { status: 'completed', duration_seconds: 41 },
    ]);
    expect(await w.records.evidence(id)).toHaveLength(2);
    expect(await w.records.findAttempt({ call_sid: SID })).toBe(callId);
  });

  it('takes the answering machine’s verdict too', async () => {
    const callId = withAttempt(w, await w.book());
    const { CallStatus: _, ...amd } = form({ AnsweredBy: 'machine_start', MachineDetectionDuration: '300' });
    const answer = await w.app.inject(twilioRequest(`/webhook/voice/status?call_id=${callId}`, amd));
    expect(answer.statusCode).toBe(204);
    expect(w.gateway.signals).toMatchObject([{ evidence: { answered_by: 'machine_start' } }]);
  });

  it('of a closed booking is kept as evidence', async () => {
    const id = await w.book();
    await finish(w, id);
    expect((await status(`${id}.1`, { CallStatus: 'completed' })).statusCode).toBe(204);
    expect(await w.records.evidence(id)).toHaveLength(1);
  });

  it('of a call that we do not know is taken without effect', async () => {
    expect((await status('bk_unknown.1', { CallStatus: 'completed' })).statusCode).toBe(204);
    expect((await status('', { CallStatus: 'completed' })).statusCode).toBe(204);
    expect(w.gateway.signals).toEqual([]);
  });

  it('is refused with 503 when it cannot be told, so that Twilio repeats it', async () => {
    const callId = withAttempt(w, await w.book());
    w.gateway.down = true;
    expect((await status(callId, { CallStatus: 'completed' })).statusCode).toBe(503);
  });
});

describe('a request that Twilio did not sign', () => {
  const forged = async (change: (request: ReturnType<typeof twilioRequest>) => void, url = '/webhook/voice/status') => {
    const id = await w.book();
    const callId = withAttempt(w, id);
    const request = twilioRequest(`${url}?call_id=${callId}`, form({ CallStatus: 'completed' }));
    change(request);
    const answer = await w.app.inject(request);
    expect(w.gateway.signals).toEqual([]);
    expect(await w.records.evidence(id)).toEqual([]);
    expect(released).toEqual([]);
    return answer.statusCode;
  };
  const headers = (request: ReturnType<typeof twilioRequest>) => request.headers as Record<string, string>;

  it.each(['/webhook/voice/status', '/webhook/voice/outbound'])('has no effect on %s', async (url) => {
    expect(await forged((r) => delete (r.headers as Partial<typeof r.headers>)['x-twilio-signature'], url)).toBe(403);
    expect(await forged((r) => Object.assign(r.headers, { 'x-twilio-signature': 'bogus' }), url)).toBe(403);
    expect(await forged((r) => Object.assign(r, { payload: `${r.payload}&CallDuration=1` }), url)).toBe(403);
    expect(await forged((r) => Object.assign(r, { url: r.url.replace('.1', '.2') }), url)).toBe(403);
  });

  it('is not believed for what it says of hosts and protocols', async () => {
    const spoof = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    const callId = withAttempt(w, await w.book());
    const request = twilioRequest(`/webhook/voice/outbound?call_id=${callId}`, form());
    Object.assign(headers(request), spoof);
    const answer = await w.app.inject(request);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toMatch('evil');
  });

  it('signed with another token is refused, and so is everything without a token of ours', async () => {
    const callId = withAttempt(w, await w.book());
    expect((await status(callId, {}, 'another-token')).statusCode).toBe(403);
    await w.close();
    w = await world({ settings: { twilioAuthToken: undefined } });
    const ours = withAttempt(w, await w.book());
    expect((await status(ours, {}, '')).statusCode).toBe(403);
  });

  it('is refused when it is too large or no form', async () => {
    const callId = withAttempt(w, await w.book());
    expect((await status(callId, { Junk: 'x'.repeat(70_000) })).statusCode).toBe(413);
    const request = twilioRequest(`/webhook/voice/status?call_id=${callId}`, form());
    headers(request)['content-type'] = 'application/json';
    expect((await w.app.inject(request)).statusCode).toBe(415);
  });
});
