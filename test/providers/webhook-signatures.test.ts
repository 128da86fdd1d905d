import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import {
  bearerMatches,
  parseTwilioForm,
  verifyElevenLabsSignature,
  verifyStreamSignature,
  verifyTwilioSignature,
} from '../../providers/webhooks/index.ts';

const TOKEN = 'auth-token';
const PUBLIC = 'https://vocero.example';

/** Twilio's rule, written out: HMAC-SHA1 over the URL and the sorted parameters. */
function sign(url: string, form: Record<string, string | string[]> = {}): string {
  const text = Object.keys(form)
    .sort()
    .map((key) =>
      [form[key]!]
        .flat()
        .map((value) => key + value)
        .join(''),
    )
    .join('');
  return createHmac('sha1', TOKEN)
    .update(url + text)
    .digest('base64');
}

describe('X-Twilio-Signature', () => {
  const originalUrl = '/webhook/voice/status?call_id=bk_abcd.1';
  const form = { CallSid: 'CA1', ToCity: '', Message: 'a b+ñ', CallStatus: 'ringing' };
  const request = {
    authToken: TOKEN,
    publicUrl: `${PUBLIC}/`,
    originalUrl,
    rawBody: new URLSearchParams(form).toString(),
    signature: sign(PUBLIC + originalUrl, form),
  };

  it('is checked over the public URL and every parameter, empty ones too', () => {
    expect(verifyTwilioSignature(request)).toBe(true);
    expect(verifyTwilioSignature({ ...request, rawBody: Buffer.from(request.rawBody) })).toBe(true);
  });

  it.each([
    ['another body', { rawBody: request.rawBody.replace('ringing', 'completed') }],
    ['a parameter more', { rawBody: `${request.rawBody}&X=1` }],
    ['a parameter less', { rawBody: request.rawBody.replace('&ToCity=', '') }],
    ['another call_id', { originalUrl: originalUrl.replace('.1', '.2') }],
    ['another path', { originalUrl: '/webhook/voice/outbound?call_id=bk_abcd.1' }],
    ['another host', { publicUrl: 'https://evil.example' }],
    ['another token', { authToken: 'other' }],
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: '' }],
    ['a URL instead of a path', { originalUrl: `${PUBLIC}${originalUrl}` }],
    ['a URL that is none', { publicUrl: 'nowhere' }],
  ])('fails for %s', (_, change) => {
    expect(verifyTwilioSignature({ ...request, ...change })).toBe(false);
  });

  it('agrees with the SDK for any form', () => {
    const name = fc.stringMatching(/^[A-Za-z]{1,12}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' }), { maxKeys: 8 }), (fields) => {
        const signature = getExpectedTwilioSignature(TOKEN, PUBLIC + originalUrl, fields);
        const rawBody = new URLSearchParams(fields).toString();
        expect(verifyTwilioSignature({ ...request, rawBody, signature })).toBe(true);
      }),
    );
  });

  it('a parameter that comes twice keeps both values', () => {
    expect(parseTwilioForm('a=1&a=2&__proto__=x&b=')).toMatchObject({ a: ['1', '2'], b: '' });
  });

  it('GET has no parameters but those of its URL', () => {
    expect(verifyTwilioSignature({ ...request, rawBody: '', signature: sign(PUBLIC + originalUrl) })).toBe(true);
  });
});

describe('the signature of a stream', () => {
  const originalUrl = '/ws/media-stream/bk_abcd.1';
  const request = { authToken: TOKEN, publicUrl: PUBLIC, originalUrl };

  it.each([
    'wss://vocero.example/ws/media-stream/bk_abcd.1',
    'wss://vocero.example/ws/media-stream/bk_abcd.1/',
    'wss://vocero.example:443/ws/media-stream/bk_abcd.1',
    'https://vocero.example/ws/media-stream/bk_abcd.1',
    'https://vocero.example:443/ws/media-stream/bk_abcd.1/',
  ])('may be over %s, and says so', (url) => {
    expect(verifyStreamSignature({ ...request, signature: sign(url) })).toBe(url);
  });

  it('over another call, another host, with another token or without any does not match', () => {
    expect(
      verifyStreamSignature({ ...request, signature: sign('wss://vocero.example/ws/media-stream/bk_abcd.2') }),
    ).toBeUndefined();
    expect(
      verifyStreamSignature({ ...request, signature: sign('wss://evil.example/ws/media-stream/bk_abcd.1') }),
    ).toBeUndefined();
    expect(
      verifyStreamSignature({ ...request, authToken: 'x', signature: sign(`wss://vocero.example${originalUrl}`) }),
    ).toBeUndefined();
    expect(verifyStreamSignature({ ...request, signature: undefined })).toBeUndefined();
  });

  it('on a plain public URL is over ws with its port', () => {
    const url = `ws://127.0.0.1:3000${originalUrl}`;
    const local = { ...request, publicUrl: 'http://127.0.0.1:3000', signature: sign(url) };
    expect(verifyStreamSignature(local)).toBe(url);
  });
});

describe('ElevenLabs-Signature', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const rawBody = '{"type":"post_call_transcription"}';
  const header = (t: number | string, body = rawBody, secret = 'secret') =>
    `t=${t},v0=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
  const check = (value: string | undefined) =>
    verifyElevenLabsSignature({ secret: 'secret', header: value, rawBody, now });
  const seconds = now / 1000;

  it.each([
    ['fresh', header(seconds)],
    ['29 minutes old', header(seconds - 1_740)],
    ['29 minutes ahead', header(seconds + 1_740)],
    ['with a space', header(seconds).replace(',', ', ')],
    ['beside a newer version', `${header(seconds)},v1=abc`],
    ['beside another secret’s', header(seconds).replace('v0=', `v0=${'0'.repeat(64)},v0=`)],
  ])('%s: genuine', (_, value) => {
    expect(check(value)).toEqual({ ok: true });
  });

  it.each([
    ['nothing', undefined, 'missing'],
    ['31 minutes old', header(seconds - 1_860), 'stale'],
    ['31 minutes ahead', header(seconds + 1_860), 'stale'],
    ['a time that is none', header('soon'), 'malformed'],
    ['no time', header(seconds).split(',')[1], 'malformed'],
    ['no signature', `t=${seconds}`, 'malformed'],
    ['another body', header(seconds, '{}'), 'mismatch'],
    ['another secret', header(seconds, rawBody, 'guess'), 'mismatch'],
    ['half a signature', header(seconds).slice(0, -2), 'mismatch'],
  ])('%s: %s %s', (_, value, reason) => {
    expect(check(value)).toEqual({ ok: false, reason });
  });

  it('holds for raw bytes, and for nothing that differs in a byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (bytes, at) => {
        const body = Buffer.from(bytes);
        const value = `t=${seconds},v0=${createHmac('sha256', 's').update(`${seconds}.`).update(body).digest('hex')}`;
        const verify = (given: Buffer) =>
          verifyElevenLabsSignature({ secret: 's', header: value, rawBody: given, now }).ok;
        expect(verify(body)).toBe(true);
        const other = Buffer.from(body);
        other[at % other.length]! ^= 1;
        expect(verify(other)).toBe(false);
      }),
    );
  });
});

describe('the bearer secret', () => {
  it.each([
    ['Bearer s3cret', true],
    ['bearer s3cret', true],
    ['Bearer s3cre', false],
    ['Bearer s3crets', false],
    ['Bearer', false],
    ['s3cret', false],
    ['Basic s3cret', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (header, expected) => {
    expect(bearerMatches(header, 's3cret')).toBe(expected);
  });

  it('an empty secret lets nobody in', () => {
    expect(bearerMatches('Bearer ', '')).toBe(false);
    expect(bearerMatches('Bearer x', '')).toBe(false);
  });
});
