import { ElevenLabsError } from '@elevenlabs/elevenlabs-js/errors/index.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DialResult } from '../../domain/evidence.ts';
import { classifyElevenLabsDial, classifyOutboundAnswer } from '../../providers/elevenlabs/classify.ts';
import { neverSent, retryAfterMs } from '../../providers/network.ts';
import {
  ACCOUNT_REFUSALS,
  classifyTwilioDial,
  NUMBER_REFUSALS,
  TooManyRequests,
} from '../../providers/twilio/classify.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const failure = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });
const fetchFailed = (cause: unknown) =>
  new ElevenLabsError({ message: 'fetch failed', cause: Object.assign(new TypeError('fetch failed'), { cause }) });
const axiosFailed = (code: string, more: object = {}) =>
  failure(code, { name: 'AxiosError', cause: failure(code, more) });

describe('a refusal of the account as a whole', () => {
  const twilio = (status: number, code?: number) => classifyTwilioDial({ status, code, message: 'no' }, NOW);
  const elevenLabs = (statusCode: number, body: unknown) =>
    classifyElevenLabsDial(new ElevenLabsError({ message: 'no', statusCode, body }), {}, NOW);
  const isAccount = (result: DialResult) => result.proves === 'channel_refused' && result.account === true;

  it.each([
    [401, 20003],
    [403, 20003],
    [403, 20005],
    [400, 21210],
    [400, 21212],
    [401, 0],
    [402, 0],
    [403, 0],
  ])('is Twilio’s %i %s', (status, code) => expect(isAccount(twilio(status, code))).toBe(true));

  it.each([
    [400, 21215],
    [403, 21215],
    [403, 21216],
    [400, 21219],
    [404, 20404],
    [400, 0],
    [422, 0],
  ])('is not Twilio’s %i %s: another number may ring', (status, code) =>
    expect(isAccount(twilio(status, code))).toBe(false),
  );

  it.each([
    [401, { detail: { status: 'invalid_api_key', message: 'bad key' } }],
    [402, { detail: 'pay first' }],
    [403, {}],
    [400, { detail: { code: 'quota_exceeded', message: 'over' } }],
  ])('is ElevenLabs’ %i %j', (status, body) => expect(isAccount(elevenLabs(status, body))).toBe(true));

  it.each([
    [400, { detail: 'bad request' }],
    [404, { detail: { code: 'not_found' } }],
    [422, { detail: [] }],
    [403, { detail: { message: 'Twilio: error code 21216' } }],
  ])('is not ElevenLabs’ %i %j', (status, body) => expect(isAccount(elevenLabs(status, body))).toBe(false));

  it('is what Twilio says of the imported number’s account inside ElevenLabs’ answer', () => {
    const inside = (code: number) => classifyOutboundAnswer({ success: false, message: `Twilio: error code ${code}` });
    expect([20003, 20005, 21210, 21216, 21211].map((code) => isAccount(inside(code)))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(isAccount(classifyOutboundAnswer({ success: false, message: 'no' }))).toBe(false);
  });
});

describe('what a transport failure proves', () => {
  const neverLeft = [
    ['ECONNREFUSED', {}],
    ['ENOTFOUND', { syscall: 'getaddrinfo' }],
    ['EAI_AGAIN', {}],
    ['EHOSTUNREACH', {}],
    ['ENETUNREACH', {}],
    ['ETIMEDOUT', { syscall: 'connect' }],
    ['UND_ERR_CONNECT_TIMEOUT', {}],
    ['CERT_HAS_EXPIRED', {}],
  ] as const;
  const mayHaveLeft = [
    ['ECONNRESET', {}],
    ['EPIPE', {}],
    ['ECONNABORTED', {}],
    ['ETIMEDOUT', {}],
    ['ETIMEDOUT', { syscall: 'read' }],
    ['UND_ERR_SOCKET', {}],
    ['UND_ERR_HEADERS_TIMEOUT', {}],
    ['UND_ERR_BODY_TIMEOUT', {}],
    ['EPROTO', {}],
  ] as const;

  it.each(neverLeft)('%s %j: never sent, to either provider', (code, more) => {
    expect(classifyElevenLabsDial(fetchFailed(failure(code, more)), {}, NOW).proves).toBe('not_sent');
    expect(classifyTwilioDial(axiosFailed(code, more), NOW).proves).toBe('not_sent');
  });

  it.each(mayHaveLeft)('%s %j: unknown, at either provider', (code, more) => {
    expect(classifyElevenLabsDial(fetchFailed(failure(code, more)), {}, NOW).proves).toBe('unknown');
    expect(classifyTwilioDial(axiosFailed(code, more), NOW).proves).toBe('unknown');
  });

  it('of a host with several addresses every one must have refused', () => {
    const refused = failure('ECONNREFUSED');
    const all = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });
    const some = Object.assign(new AggregateError([refused, failure('ECONNRESET')]), { code: 'ECONNREFUSED' });
    expect(neverSent(fetchFailed(all))).toBe(true);
    expect(neverSent(fetchFailed(some))).toBe(false);
  });

  it('whatever is thrown, a dial without a status never counts as refused', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(['unknown', 'not_sent']).toContain(classifyElevenLabsDial(thrown, {}, NOW).proves);
        classifyTwilioDial(thrown, NOW);
      }),
    );
  });

  it('a time-out as the SDK throws it on any Node.js version is unknown', () => {
    for (const message of ['timeout', '"timeout"', 'The user aborted a request']) {
      const result = classifyElevenLabsDial(new ElevenLabsError({ message }), {}, NOW);
      expect(result).toMatchObject({ proves: 'unknown', problem: { code: 'elevenlabs_timeout' } });
    }
  });
});

describe('what a status proves', () => {
  const byStatus = (status: number): string => {
    if (status === 429) return 'deferred';
    return status >= 400 && status < 500 && status !== 408 ? 'channel_refused' : 'unknown';
  };

  it('at ElevenLabs, for any status and any body without a refusal code', () => {
    const body = fc.oneof(fc.jsonValue(), fc.record({ detail: fc.jsonValue() }));
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), body, (statusCode, detail) => {
        fc.pre(!/212\d\d/.test(JSON.stringify(detail)));
        const error = new ElevenLabsError({ statusCode, body: detail });
        expect(classifyElevenLabsDial(error, {}, NOW).proves).toBe(byStatus(statusCode));
      }),
    );
  });

  it('at Twilio, for any status and any code', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }).filter((status) => status !== 429),
        fc.option(fc.integer({ min: 10_000, max: 99_999 }), { nil: undefined }),
        fc.option(fc.string(), { nil: undefined }),
        (status, code, message) => {
          const { proves } = classifyTwilioDial({ status, code, message }, NOW);
          const number = byStatus(status) === 'channel_refused' && NUMBER_REFUSALS.includes(code ?? 0);
          expect(proves).toBe(number ? 'number_refused' : byStatus(status));
        },
      ),
    );
  });

  it('only the four number codes refuse a number, wherever they come', () => {
    for (let code = 21_200; code < 21_300; code++) {
      const expected = NUMBER_REFUSALS.includes(code) ? 'number_refused' : 'channel_refused';
      expect(classifyTwilioDial({ status: 400, code, message: 'no' }, NOW).proves).toBe(expected);
      const answer = { success: false, message: `Error code ${code}`, conversation_id: null, callSid: null };
      expect(classifyOutboundAnswer(answer).proves).toBe(expected);
    }
  });

  it('a refusal inside an answer that names a conversation, but no call, is Twilio’s refusal', () => {
    for (const code of [...NUMBER_REFUSALS, ...ACCOUNT_REFUSALS]) {
      const answer = { success: false, message: `Error code ${code}`, conversation_id: 'conv_1', callSid: null };
      expect(classifyOutboundAnswer(answer).proves).not.toBe('unknown');
      expect(classifyOutboundAnswer({ ...answer, callSid: 'CA1' }).proves).toBe('unknown');
    }
  });

  it('an answer is accepted only when it says so and names something', () => {
    const id = fc.oneof(fc.constant(null), fc.constant(''), fc.constant('x1'), fc.integer());
    fc.assert(
      fc.property(fc.oneof(fc.boolean(), fc.jsonValue()), id, id, (success, conversation_id, callSid) => {
        const result = classifyOutboundAnswer({ success, conversation_id, callSid });
        expect(result.proves === 'accepted').toBe(success === true && (conversation_id === 'x1' || callSid === 'x1'));
        if (result.proves === 'channel_refused') expect([conversation_id, callSid]).not.toContain('x1');
      }),
    );
  });
});

describe('Retry-After', () => {
  it('takes seconds and dates, and has bounds', () => {
    expect(retryAfterMs('7', NOW)).toBe(7_000);
    expect(retryAfterMs('Mon, 23 Nov 2026 12:00:30 GMT', NOW)).toBe(30_000);
    expect(retryAfterMs('Mon, 23 Nov 2026 11:00:00 GMT', NOW)).toBe(250);
    expect(retryAfterMs('0', NOW)).toBe(250);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant(null), fc.double().map(String)), (header) => {
        const delay = retryAfterMs(header, NOW);
        expect(delay).toBeGreaterThanOrEqual(250);
        expect(delay).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  it('of Twilio’s 429 is kept though the SDK drops headers', () => {
    expect(classifyTwilioDial(new TooManyRequests('4', 'x'), NOW)).toMatchObject({ retry_after_ms: 4_000 });
  });
});

describe('problems', () => {
  it('show no phone number, however it is written', () => {
    for (const number of ['+541143211234', '+54 11 4321-1234', '(011) 4321-1234', '%2B541143211234', '541143211234']) {
      const message = `Cannot call ${number}, sorry.`;
      const shown = [
        classifyTwilioDial({ status: 400, code: 21211, message }, NOW),
        classifyElevenLabsDial(new ElevenLabsError({ statusCode: 400, body: { detail: message } }), {}, NOW),
        classifyOutboundAnswer({ success: false, message }),
      ];
      for (const result of shown) {
        expect(JSON.stringify(result)).not.toMatch(/4321.?1234/);
        expect(JSON.stringify(result)).toContain('sorry');
      }
    }
  });
});
