import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { Product, type Received, STATUS, TWIML } from './product.ts';

let product: Product;
let sandbox: Sandbox;
let client: ReturnType<typeof twilio>;

beforeAll(async () => {
  product = await Product.start();
  sandbox = await startSandbox({ publicUrl: product.url, pace: 6, ringMs: 100 });
  client = twilio(sandbox.account.twilioSid, sandbox.account.twilioToken);
  client.api.baseUrl = sandbox.url;
});
afterAll(async () => {
  await sandbox.close();
  await product.stop();
});

const HANGUP = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';

const twiml = (document: string) => (request: Received) =>
  request.path === TWIML ? { body: document, type: 'text/xml' } : { status: 204, body: '' };

const create = (to: string, callId: string, more: Record<string, unknown> = {}) =>
  client.calls.create({
    to,
    from: sandbox.account.twilioNumber,
    url: `${product.url}${TWIML}?call_id=${callId}`,
    statusCallback: `${product.url}${STATUS}?call_id=${callId}`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    ...more,
  });

const ofCall = (callId: string) => product.of(STATUS).filter(({ url }) => url.endsWith(`call_id=${callId}`));

/** The status callbacks of a call, once `completed` is among them. */
async function callbacks(callId: string): Promise<Received[]> {
  for (let n = 1; ; n++) {
    await product.until(STATUS, n);
    if (ofCall(callId).some(({ form }) => form.CallDuration !== undefined)) return ofCall(callId);
    n = product.of(STATUS).length;
  }
}

const refused = async (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: { status: number; code: number }) => error,
  );

describe('a call placed through Twilio’s API, with the official SDK as client', () => {
  it('asks for signed TwiML at the answer and sends signed callbacks in order', async () => {
    product.answer = twiml(HANGUP);
    const call = await create('+541143211234', 'bk_tw01.1');
    expect(call).toMatchObject({ status: 'queued', direction: 'outbound-api', startTime: null, duration: null });
    const events = await callbacks('bk_tw01.1');
    expect(events.map(({ form }) => form.CallStatus)).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    expect(events.map(({ form }) => form.SequenceNumber)).toEqual(['0', '1', '2', '3']);
    expect(events[3]!.form).toMatchObject({
      CallDuration: '1',
      Duration: '1',
      SipResponseCode: '200',
      CallbackSource: 'call-progress-events',
    });
    const [fetched] = product.of(TWIML).filter(({ form }) => form.CallSid === call.sid);
    for (const { url, form, headers } of [...events, fetched!])
      expect(
        twilio.validateRequest(sandbox.account.twilioToken, String(headers['x-twilio-signature']), url, form),
      ).toBe(true);
    const over = await client.calls(call.sid).fetch();
    expect(over).toMatchObject({ status: 'completed', duration: '1', to: '+541143211234' });
    expect(over.startTime).toBeInstanceOf(Date);
  });

  it('sends only `completed` when no event is asked for', async () => {
    product.answer = twiml(HANGUP);
    await create('+541143211235', 'bk_tw02.1', { statusCallbackEvent: undefined });
    expect((await callbacks('bk_tw02.1')).map(({ form }) => form.CallStatus)).toEqual(['completed']);
  });

  it('reports busy with its SIP code, and never asks for TwiML', async () => {
    await create('+541143211293', 'bk_tw03.1');
    const events = await callbacks('bk_tw03.1');
    expect(events.at(-1)!.form).toMatchObject({
      CallStatus: 'busy',
      SipResponseCode: '486',
      CallDuration: '0',
      Duration: '0',
    });
    expect(product.of(TWIML).some(({ url }) => url.includes('bk_tw03.1'))).toBe(false);
  });

  it.each([
    ['67', '603', 'busy', true],
    ['68', '608', 'failed', false],
  ])('reports a call that %s rejects with SIP %s as %s', async (digits, sip, status, rang) => {
    await create(`+5411432112${digits}`, `bk_rej${digits}.1`);
    const events = await callbacks(`bk_rej${digits}.1`);
    expect(events.at(-1)!.form).toMatchObject({ CallStatus: status, SipResponseCode: sip, CallDuration: '0' });
    expect(events.some(({ form }) => form.CallStatus === 'ringing')).toBe(rang);
  });

  it('gives a phone that rings longer than Timeout up as no-answer', async () => {
    sandbox.scenario({ number: '+541143211236', ring_ms: 60_000 });
    await create('+541143211236', 'bk_tw04.1', { timeout: 1 });
    expect((await callbacks('bk_tw04.1')).at(-1)!.form).toMatchObject({
      CallStatus: 'no-answer',
      SipResponseCode: '487',
    });
  });

  it('ends a call at its TimeLimit', async () => {
    product.answer = twiml('<Response><Pause length="60"/></Response>');
    const call = await create('+541143211237', 'bk_tw05.1', { timeLimit: 1 });
    await callbacks('bk_tw05.1');
    expect(sandbox.log('+541143211237').calls).toMatchObject([{ call_sid: call.sid, ended_by: 'time-limit' }]);
  });

  it('takes another TimeLimit while a call goes on', async () => {
    product.answer = twiml('<Response><Pause length="60"/></Response>');
    const call = await create('+541143211247', 'bk_tw07.1');
    while ((await client.calls(call.sid).fetch()).status !== 'in-progress');
    await client.calls(call.sid).update({ timeLimit: 1 });
    await callbacks('bk_tw07.1');
    expect(sandbox.log('+541143211247').calls).toMatchObject([{ ended_by: 'time-limit', limit_seconds: 1 }]);
  });

  it('canceled spares an answered call, completed ends it, and after that it is 21220', async () => {
    product.answer = twiml('<Response><Pause length="60"/></Response>');
    const call = await create('+541143211238', 'bk_tw06.1');
    while ((await client.calls(call.sid).fetch()).status !== 'in-progress');
    expect(await client.calls(call.sid).update({ status: 'canceled' })).toMatchObject({ status: 'in-progress' });
    expect(await client.calls(call.sid).update({ status: 'completed' })).toMatchObject({ status: 'completed' });
    expect(await refused(client.calls(call.sid).update({ status: 'completed' }))).toMatchObject({
      status: 400,
      code: 21220,
    });
  });

  it('canceled takes a ringing call back', async () => {
    sandbox.scenario({ number: '+541143211239', ring_ms: 60_000 });
    const call = await create('+541143211239', 'bk_tw07.1');
    expect(await client.calls(call.sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled' });
  });

  it('new instructions through the API replace the ones that run', async () => {
    product.answer = twiml('<Response><Pause length="60"/></Response>');
    const call = await create('+541143211240', 'bk_tw08.1');
    while ((await client.calls(call.sid).fetch()).status !== 'in-progress');
    await client.calls(call.sid).update({ twiml: '<Response><Say>Disculpe &amp; gracias</Say></Response>' });
    await callbacks('bk_tw08.1');
    expect(sandbox.log('+541143211240').calls).toMatchObject([{ said: ['Disculpe & gracias'], ended_by: 'twiml-end' }]);
  });

  it('lists calls by number and page; a StartTime filter misses what is still queued', async () => {
    product.answer = twiml(HANGUP);
    const since = new Date(Date.now() - 60_000);
    const to = '+541143211241';
    // A busy machine may ask after a call has left the queue: then another is placed.
    let placed = 0;
    for (let missed = false; !missed || placed < 3; ) {
      await create(to, `bk_list${placed++}.1`);
      const [queued] = await client.calls.list({ to, status: 'queued' });
      if (!queued) continue;
      const started = await client.calls.list({ to, startTimeAfter: since });
      // One that has begun meanwhile is rightly among them.
      // (So is one that is being dialed: it has begun, and Twilio still calls it queued.)
      const { status, startTime } = await client.calls(queued.sid).fetch();
      const stillQueued = status === 'queued' && !startTime;
      if (stillQueued) expect(started.map(({ sid }) => sid)).not.toContain(queued.sid);
      missed ||= stillQueued;
    }
    const all = await client.calls.list({ to, pageSize: 2 });
    expect(new Set(all.map(({ sid }) => sid)).size).toBe(placed);
    await Promise.all(Array.from({ length: placed }, (_, n) => callbacks(`bk_list${n}.1`)));
    expect(await client.calls.list({ to, startTimeAfter: since })).toHaveLength(placed);
    expect(await client.calls.list({ to: '+541143211241', startTimeAfter: new Date(Date.now() + 60_000) })).toEqual([]);
  });

  it('sends a failed callback again only as far as its URL says', async () => {
    let failures = 2;
    product.answer = (request) =>
      request.path === TWIML ? { body: HANGUP, type: 'text/xml' } : { status: failures-- > 0 ? 503 : 204, body: '' };
    await create('+541143211242', 'bk_tw09.1', {
      statusCallback: `${product.url}${STATUS}?call_id=bk_tw09.1#rc=3&rp=5xx,ct,rt`,
      statusCallbackEvent: ['completed'],
    });
    while (ofCall('bk_tw09.1').length < 3) await product.until(STATUS, product.of(STATUS).length + 1);
    const tries = ofCall('bk_tw09.1');
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
  });

  it('tells what answered, when it is asked to detect machines', async () => {
    product.answer = twiml('<Response><Pause length="2"/></Response>');
    const call = await create('+541143211295', 'bk_tw10.1', {
      machineDetection: 'Enable',
      asyncAmd: 'true',
      asyncAmdStatusCallback: `${product.url}/webhook/amd`,
    });
    const [verdict] = await product.until('/webhook/amd');
    expect(verdict!.form).toMatchObject({ CallSid: call.sid, AnsweredBy: 'machine_start' });
    await callbacks('bk_tw10.1');
  });
});

describe('what Twilio refuses', () => {
  it.each([
    ['+541143211296', {}, 400, 21211],
    ['banana', {}, 400, 21211],
    ['+541143211234', { from: '+15550001111' }, 400, 21210],
    ['+541143211234', { url: undefined }, 400, 21205],
    ['+541143212034', {}, 400, 21216],
    ['+541143212534', {}, 503, 20503],
  ])('%s %j: %i, code %i', async (to, more, status, code) => {
    expect(await refused(create(to, 'bk_bad.1', more))).toMatchObject({ status, code });
  });

  it('a wrong token, an unknown call, another account', async () => {
    const stranger = twilio(sandbox.account.twilioSid, 'wrong');
    stranger.api.baseUrl = sandbox.url;
    expect(await refused(stranger.calls.list())).toMatchObject({ status: 401, code: 20003 });
    expect(await refused(client.calls(`CA${'0'.repeat(32)}`).fetch())).toMatchObject({ status: 404, code: 20404 });
    expect(await refused(client.api.accounts(`AC${'0'.repeat(32)}`).calls.list())).toMatchObject({ status: 404 });
  });

  it('TwiML that is no XML ends the call, and is noted', async () => {
    product.answer = twiml('<Response><Say>Marks & Spencer</Say></Response>');
    await create('+541143211243', 'bk_tw11.1');
    await callbacks('bk_tw11.1');
    expect(sandbox.log('+541143211243')).toMatchObject({
      calls: [{ ended_by: 'twiml-error' }],
      notes: [{ text: expect.stringContaining('entity') }],
    });
  });

  it('a page that a redirect leads to and that fails: the fallback is asked, and told which', async () => {
    const failing = `${product.url}${TWIML}?call_id=bk_tw13.1&resume=1`;
    product.answer = (request) => {
      if (request.path !== TWIML) return { status: 204, body: '' };
      if (request.url.includes('resume=1')) return { status: 500, body: '' };
      const body = request.form.ErrorUrl
        ? HANGUP
        : `<Response><Redirect>${failing.replace('&', '&amp;')}</Redirect></Response>`;
      return { body, type: 'text/xml' };
    };
    await create('+541143211245', 'bk_tw13.1', { fallbackUrl: `${product.url}${TWIML}?call_id=bk_tw13.1` });
    await callbacks('bk_tw13.1');
    const asked = product.of(TWIML).filter(({ url }) => url.includes('bk_tw13.1'));
    expect(asked.map(({ form }) => [form.ErrorCode, form.ErrorUrl])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ['11200', failing],
    ]);
    expect(sandbox.log('+541143211245')).toMatchObject({ calls: [{ ended_by: 'twiml-hangup' }] });
  });

  it('an event that does not exist is ignored, and noted', async () => {
    product.answer = twiml(HANGUP);
    await create('+541143211244', 'bk_tw12.1', { statusCallbackEvent: ['failed', 'completed'] });
    await callbacks('bk_tw12.1');
    expect(sandbox.log('+541143211244').notes).toMatchObject([{ text: expect.stringContaining('21626') }]);
  });

  it('is deleted with its recording once it is over, and is then unknown', async () => {
    product.answer = twiml(HANGUP);
    const call = await create('+541143211234', 'bk_del01.1', { record: true });
    expect(await refused(client.calls(call.sid).remove())).toMatchObject({ status: 400 });
    await callbacks('bk_del01.1');
    const [recording] = await client.calls(call.sid).recordings.list();
    const other = client.calls(`CA${'0'.repeat(32)}`);
    expect(await refused(other.recordings(recording!.sid).remove())).toMatchObject({ status: 404, code: 20404 });
    expect(await client.calls(call.sid).recordings(recording!.sid).remove()).toBe(true);
    expect(await client.calls(call.sid).recordings.list()).toEqual([]);
    expect(await refused(client.recordings(recording!.sid).remove())).toMatchObject({ status: 404 });
    expect(await client.calls(call.sid).remove()).toBe(true);
    expect(await refused(client.calls(call.sid).fetch())).toMatchObject({ status: 404, code: 20404 });
    expect(await refused(client.calls(call.sid).remove())).toMatchObject({ status: 404, code: 20404 });
    const listed = await client.calls.list({ to: '+541143211234' });
    expect(listed.map(({ sid }) => sid)).not.toContain(call.sid);
  });
});
