import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { PUBLIC_URL, withAttempt } from '../api/support.ts';
import { ALICE, attackedApi, HOOK, TOOL, TWILIO_TOKEN } from './support.ts';

const api = attackedApi();
const FORM = 'application/x-www-form-urlencoded';
const SID = `CA${'0123456789abcdef'.repeat(2)}`;
const genuine = {
  CallSid: SID,
  AccountSid: `AC${'a'.repeat(32)}`,
  CallStatus: 'completed',
  CallDuration: '41',
  To: '+541143211234',
};

let id: string;
let callId: string;
beforeEach(async () => {
  id = await api.world.book(ALICE);
  callId = withAttempt(api.world, id);
});
/** Whatever was sent: nobody was told, nothing is on record. */
async function nothingHappened(): Promise<void> {
  expect(api.world.gateway.signals).toEqual([]);
  expect(await api.world.records.evidence(id)).toEqual([]);
  expect(await api.world.records.findAttempt({ call_sid: SID })).toBeUndefined();
  expect(await api.world.records.findAttempt({ conversation_id: 'conv_x' })).toBeUndefined();
}

const encode = (form: object): string => new URLSearchParams(form as Record<string, string>).toString();
const sign = (path: string, form: object = genuine, token = TWILIO_TOKEN, base = PUBLIC_URL): string =>
  getExpectedTwilioSignature(token, base + path, form as Record<string, string>);

describe.each(['/webhook/voice/status', '/webhook/voice/outbound'])(
  'Twilio at %s: a forged request is refused',
  (route) => {
    const path = (query = `?call_id=${callId}`): string => route + query;
    afterEach(nothingHappened);

    const post = async (
      url: string,
      body: string,
      signature?: string,
      more: Record<string, string> = {},
    ): Promise<number> => {
      const headers = {
        'content-type': FORM,
        ...(signature === undefined ? {} : { 'x-twilio-signature': signature }),
        ...more,
      };
      return (await api.send('POST', url, { headers, body })).status;
    };

    it('with a signature that is missing, empty, cut, longer, of another case, of another algorithm, or no base64', async () => {
      const right = sign(path());
      const wrong = [
        ...['', ' ', 'x', right.slice(0, -1), `${right}=`, `${right}A`, right.toLowerCase(), right.toUpperCase()],
        ...[`sha1=${right}`, `${right}, ${right}`, `bogus, ${right}`, Buffer.from(right, 'base64').toString('hex')],
        createHmac('sha256', TWILIO_TOKEN)
          .update(PUBLIC_URL + path() + Object.entries(genuine).sort().flat().join(''))
          .digest('base64'),
        createHmac('sha1', '')
          .update(PUBLIC_URL + path())
          .digest('base64'),
        ...['undefined', 'null', 'true', '[object Object]', 'A'.repeat(28), 'é', '%00'],
      ];
      expect(await post(path(), encode(genuine))).toBe(403);
      for (const signature of wrong.filter((each) => !/[^\x20-\xff]/.test(each)))
        expect([signature, await post(path(), encode(genuine), signature)]).toEqual([signature, 403]);
    });

    it('signed with the token of another account, its SID, an empty one, or the tool’s secret', async () => {
      for (const token of [
        '0'.repeat(32),
        genuine.AccountSid,
        '',
        TOOL,
        HOOK,
        `${TWILIO_TOKEN} `,
        TWILIO_TOKEN.toUpperCase(),
      ])
        expect(await post(path(), encode(genuine), sign(path(), genuine, token))).toBe(403);
    });

    it('signed for another URL: host, scheme, port, path, query, order of the query, or without it', async () => {
      const others = [
        sign(path(), genuine, TWILIO_TOKEN, 'https://evil.example'),
        sign(path(), genuine, TWILIO_TOKEN, 'http://vocero.example'),
        sign(path(), genuine, TWILIO_TOKEN, 'https://vocero.example:8443'),
        sign(path(), genuine, TWILIO_TOKEN, api.url),
        sign(
          route === '/webhook/voice/status'
            ? `/webhook/voice/outbound?call_id=${callId}`
            : `/webhook/voice/status?call_id=${callId}`,
        ),
        sign(path('')),
        sign(path(`?call_id=${callId}&x=1`)),
        sign(path(`?call_id=${id}.2`)),
        sign(path(`?call_id=${callId}#rc=3`)),
      ];
      for (const signature of others) expect(await post(path(), encode(genuine), signature)).toBe(403);
      const spoof = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil.example' };
      expect(await post(path(), encode(genuine), others[0], spoof)).toBe(403);
    });

    it('with a genuine signature, pointed at another attempt, another booking, or with a query added to it', async () => {
      const other = await api.world.book(ALICE, { business: { name: 'Otra', phone: '+541143219999' } });
      const signature = sign(path());
      for (const query of [
        `?call_id=${other}.1`,
        `?call_id=${id}.2`,
        `?call_id=${callId}&call_id=${other}.1`,
        `?call_id=${other}.1&call_id=${callId}`,
        `?call_id=${callId}&resume=1`,
        `?call_id=${callId}%00`,
        `?call_id=${callId}/`,
        `?CALL_ID=${callId}`,
        '',
      ]) {
        expect([query, await post(route + query, encode(genuine), signature)]).toEqual([query, 403]);
      }
      expect(await post(`/${route}?call_id=${callId}`, encode(genuine), signature)).toBe(404);
      expect(await post(`${route}/?call_id=${callId}`, encode(genuine), signature)).toBe(404);
      expect(await api.world.records.evidence(other)).toEqual([]);
    });

    it('with a genuine signature over other parameters: changed, added, dropped, doubled, renamed, emptied', async () => {
      const signature = sign(path());
      const body = encode(genuine);
      const { CallDuration: _, ...less } = genuine;
      for (const changed of [
        encode({ ...genuine, CallStatus: 'busy' }),
        encode({ ...genuine, Extra: '' }).replace('Extra=', 'Extra=1'),
        encode(less),
        encode({ ...genuine, CallDuration: '' }),
        `${body}&CallStatus=busy`,
        `CallStatus=busy&${body}`,
        body.replace('CallStatus', 'callstatus'),
        body.replace('completed', 'Completed'),
        body.replace('completed', 'completed%00'),
        body.replace('completed', 'completed%20'),
        body.replace('&', ';'),
        `${body}&__proto__=x`,
        `${body}&${Array.from({ length: 3_000 }, (_, n) => `p${n}=`).join('&')}`,
        '',
        JSON.stringify(genuine),
      ]) {
        expect([changed.slice(0, 200), await post(path(), changed, signature)]).toEqual([changed.slice(0, 200), 403]);
      }
    });

    it('in another content type, or compressed', async () => {
      const signature = sign(path());
      for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'text/xml'])
        expect(await post(path(), encode(genuine), signature, { 'content-type': type })).toBe(415);
      for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity'])
        expect(await post(path(), encode(genuine), signature, { 'content-encoding': encoding })).toBe(415);
    });
  },
);

describe('what Twilio’s scheme itself leaves open does no harm', () => {
  const path = (): string => `/webhook/voice/status?call_id=${callId}`;
  const post = (body: string): Promise<{ status: number }> =>
    api.send('POST', path(), { headers: { 'content-type': FORM, 'x-twilio-signature': sign(path()) }, body });

  it('names and values are signed without a border between them: a shifted border can drop a fact, and make up none', async () => {
    // CallStatus=completed and CallStatuscompleted= give the same signed text.
    for (const shifted of [
      'CallStatuscompleted=',
      'CallStatu=scompleted',
      'CallStatusc=ompleted',
      'CallStatuscomp=leted',
    ]) {
      expect((await post(encode(genuine).replace('CallStatus=completed', shifted))).status).toBe(204);
    }
    await nothingHappened();
  });

  it('a genuine request for an id that nobody could guess, or that is none, changes nothing', async () => {
    for (const strange of [
      'bk_unknownunknown.1',
      `${id}.0`,
      `${id}.99999`,
      id,
      '../../etc',
      '%0d%0aX:%201',
      '%3Cx%3E',
      `${callId}%00`,
    ]) {
      const url = `/webhook/voice/status?call_id=${strange}`;
      const headers = { 'content-type': FORM, 'x-twilio-signature': sign(url) };
      expect((await api.send('POST', url, { headers, body: encode(genuine) })).status).toBe(204);
      const voice = `/webhook/voice/outbound?call_id=${strange}`;
      const signed = { 'content-type': FORM, 'x-twilio-signature': sign(voice) };
      expect((await api.send('POST', voice, { headers: signed, body: encode(genuine) })).text).toMatch(
        '<Response><Hangup/></Response>',
      );
    }
    await nothingHappened();
  });
});

describe('ElevenLabs’ post-call webhook: a forged one is refused', () => {
  const path = '/api/elevenlabs/post-call';
  const now = (): number => Math.floor(Date.now() / 1_000);
  const body = (): string =>
    JSON.stringify({
      type: 'post_call_transcription',
      event_timestamp: 1_795_000_000,
      data: {
        agent_id: 'a',
        conversation_id: 'conv_x',
        status: 'done',
        transcript: [{ role: 'user', message: 'Sí.', time_in_call_secs: 1 }],
        conversation_initiation_client_data: { dynamic_variables: { booking_id: id, call_id: callId } },
      },
    });
  const mac = (text: string, t: number | string = now(), secret = HOOK): string =>
    createHmac('sha256', secret).update(`${t}.${text}`).digest('hex');
  const post = async (text: string | Buffer, signature?: string): Promise<number> => {
    const headers = {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'elevenlabs-signature': signature }),
    };
    return (await api.send('POST', path, { headers, body: text })).status;
  };

  it('without a signature, with half of one, or one of another making', async () => {
    const t = now();
    const right = mac(body(), t);
    const wrong = [
      undefined,
      ...['', 'x', `t=${t}`, `v0=${right}`, `t=${t},v0=`, `t=${t},v0=${right.slice(0, -1)}`, `t=${t},v0=${right}0`],
      ...[`t=${t},v1=${right}`, `t=${t};v0=${right}`, `t=,v0=${right}`, `t=-${t},v0=${right}`, `t=${t}.0,v0=${right}`],
      ...[
        `t=1e9,v0=${right}`,
        `t= ${t},v0=${right}`,
        `t=${t + 1},v0=${right}`,
        `T=${t},V0=${right}`,
        `t=${t},v0=sha256=${right}`,
      ],
      `t=${t},v0=${mac(body(), t, '')}`,
      `t=${t},v0=${mac(body(), t, `${HOOK} `)}`,
      `t=${t},v0=${mac(body(), t, TOOL)}`,
      `t=${t},v0=${createHmac('sha256', HOOK).update(body()).digest('hex')}`,
      `t=${t},v0=${createHmac('sha1', HOOK).update(`${t}.${body()}`).digest('hex')}`,
      `t=${t},v0=${createHmac('sha256', HOOK).update(`${t}.${body()}`).digest('base64')}`,
    ];
    for (const signature of wrong) expect([signature, await post(body(), signature)]).toEqual([signature, 401]);
    // Several values with none of ours among them; the first time counts, whatever stands behind it.
    expect(await post(body(), `t=${t},v0=${'0'.repeat(64)},v0=${'f'.repeat(64)}`)).toBe(401);
    expect(await post(body(), `t=${t - 9_000},t=${t},v0=${right}`)).toBe(401);
    expect(await post(body(), `t=${t},t=${t - 9_000},v0=${mac(body(), t - 9_000)}`)).toBe(401);
    await nothingHappened();
  });

  it('older or younger than half an hour, also when it was genuine once', async () => {
    for (const t of [0, 1, now() - 1_860, now() + 1_860, now() - 86_400, 999_999_999_999])
      expect(await post(body(), `t=${t},v0=${mac(body(), t)}`)).toBe(401);
    await nothingHappened();
  });

  it('with a body that differs in a byte, in its white space, its coding, or the order of its keys', async () => {
    const t = now();
    const signature = `t=${t},v0=${mac(body(), t)}`;
    const changed = [
      body().replace('Sí', 'No'),
      ` ${body()}`,
      `${body()}\n`,
      `\ufeff${body()}`,
      JSON.stringify(JSON.parse(body()), null, 1),
      body().replace('í', '\\u00ed'),
      body().replace('Sí', 'Si\u0301'),
      Buffer.from(body(), 'utf16le'),
      Buffer.from(body(), 'latin1'),
      '',
      '{}',
    ];
    for (const text of changed) expect(await post(text, signature)).toBe(401);
    await nothingHappened();
  });
});

describe('the agent’s report: one that the agent’s tool did not send is refused', () => {
  const path = '/api/elevenlabs/tools/report_result';
  const report = (more: object = {}): string =>
    JSON.stringify({
      booking_id: id,
      call_id: callId,
      conversation_id: 'conv_x',
      result: 'confirmed',
      confirmed_date: '2026-11-25',
      confirmed_time: '16:00',
      ...more,
    });
  const post = async (authorization: string | undefined, body = report()): Promise<number> =>
    (
      await api.send('POST', path, {
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        body,
      })
    ).status;

  it('without the secret, with a part of it, another one, another scheme, another place', async () => {
    const basic = Buffer.from(`:${TOOL}`).toString('base64');
    for (const authorization of [
      undefined,
      ...[
        '',
        'Bearer',
        'Bearer ',
        TOOL,
        `Basic ${basic}`,
        `Token ${TOOL}`,
        `Bearer ${TOOL.slice(0, -1)}`,
        `Bearer ${TOOL.slice(1)}`,
      ],
      ...[
        `Bearer ${TOOL}x`,
        `Bearer x${TOOL}`,
        `Bearer ${TOOL} x`,
        `Bearer ${TOOL.toUpperCase()}`,
        `Bearer "${TOOL}"`,
        `Bearer ${TOOL},`,
      ],
      ...[
        `Bearer ${ALICE}`,
        `Bearer ${HOOK}`,
        `Bearer ${TWILIO_TOKEN}`,
        'Bearer undefined',
        'Bearer null',
        `Bearer Bearer ${TOOL}`,
      ],
      `Bearer ${encodeURIComponent(`${TOOL}%`)}`,
    ])
      expect([authorization, await post(authorization)]).toEqual([authorization, 401]);
    for (const url of [`${path}?authorization=Bearer%20${TOOL}`, `${path}?secret=${TOOL}`])
      expect(
        (await api.send('POST', url, { headers: { 'content-type': 'application/json' }, body: report() })).status,
      ).toBe(401);
    await nothingHappened();
  });

  it('whose ids do not belong together, or are nobody’s', async () => {
    const other = await api.world.book(ALICE, { business: { name: 'Otra', phone: '+541143219999' } });
    const otherCall = withAttempt(api.world, other);
    const right = `Bearer ${TOOL}`;
    expect(await post(right, report({ call_id: otherCall }))).toBe(422);
    expect(await post(right, report({ booking_id: other }))).toBe(422);
    expect(await post(right, report({ call_id: `${id}.2` }))).toBe(422);
    expect(await post(right, report({ call_id: id }))).toBe(422);
    expect(
      await post(
        right,
        report({ booking_id: 'bk_aaaaaaaaaaaaaaaaaaaaaaaa', call_id: 'bk_aaaaaaaaaaaaaaaaaaaaaaaa.1' }),
      ),
    ).toBe(404);
    expect(await post(right, report({ booking_id: id.toUpperCase() }))).toBe(404);
    expect(await post(right, report({ booking_id: `${id}'--` }))).toBe(404);
    expect(await post(right, report({ booking_id: [id] }))).toBe(404);
    expect(await post(right, report({ booking_id: { $ne: '' } }))).toBe(404);
    await nothingHappened();
    expect(await api.world.records.evidence(other)).toEqual([]);
  });

  it('cannot take over the conversation of another call, whose transcript and recording would go with it', async () => {
    const other = await api.world.book(ALICE, { business: { name: 'Otra', phone: '+541143219999' } });
    const otherCall = withAttempt(api.world, other);
    await api.world.records.linkAttempt(otherCall, { conversation_id: 'conv_theirs' });
    expect(await post(`Bearer ${TOOL}`, report({ conversation_id: 'conv_theirs' }))).toBe(200);
    expect(await api.world.records.findAttempt({ conversation_id: 'conv_theirs' })).toBe(otherCall);
    expect(api.world.gateway.signals).toMatchObject([{ evidence: { kind: 'report', call_id: callId } }]);
    expect(api.world.gateway.signals[0]!.evidence).not.toHaveProperty('conversation_id');
  });
});
