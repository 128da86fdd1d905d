import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { VoceroSignatureError, verifyWebhook } from '../../../clients/typescript/src/index.ts';

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const NOW = Date.parse('2026-12-01T12:00:00Z');
const BODY = JSON.stringify({ type: 'booking.final', timestamp: '…', data: { id: 'bk_1', notes: 'así fue' } });

/** As the product signs: by the specification's own library. */
function fields(secrets: string[], at = new Date(NOW), body = BODY): Record<string, string> {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign('msg_1', at, body)).join(' '),
  };
}

const verify = (headers: Parameters<typeof verifyWebhook>[1], secrets: string | string[] = secretOf(1), body = BODY) =>
  verifyWebhook(body, headers, secrets, { now: NOW });

describe('a message', () => {
  it('that is genuine is read, from any kind of header fields and body', async () => {
    const message = JSON.parse(BODY) as object;
    const headers = fields([secretOf(1)]);
    expect(await verify(headers)).toEqual(message);
    expect(await verify(new Headers(headers))).toEqual(message);
    expect(await verify({ ...headers, 'Webhook-Id': undefined })).toEqual(message);
    expect(await verifyWebhook(Buffer.from(BODY), headers, secretOf(1), { now: NOW })).toEqual(message);
  });

  it('is genuine when one of its signatures fits one of the secrets', async () => {
    await verify(fields([secretOf(2), secretOf(1)]));
    await verify(fields([secretOf(2)]), [secretOf(1), secretOf(2)]);
    // Read from a file.
    await verify(fields([secretOf(1)]), `${secretOf(1)}\n`);
    const headers = fields([secretOf(1)]);
    await verify({ ...headers, 'webhook-signature': `v1a,abc v1,%% ${headers['webhook-signature']}` });
  });

  it.each([
    ['another secret', fields([secretOf(2)]), /no signature fits/],
    ['a changed body', fields([secretOf(1)], new Date(NOW), `${BODY} `), /no signature fits/],
    ['a time too long ago', fields([secretOf(1)], new Date(NOW - 301_000)), /too old/],
    ['a time to come', fields([secretOf(1)], new Date(NOW + 301_000)), /from the future/],
    [
      'an old signature and a new time',
      { ...fields([secretOf(1)], new Date(NOW - 86_400_000)), 'webhook-timestamp': String(NOW / 1_000) },
      /no signature fits/,
    ],
    ['the id of another message', { ...fields([secretOf(1)]), 'webhook-id': 'msg_2' }, /no signature fits/],
    ['a secret that was replaced and is not given any more', fields([secretOf(3), secretOf(4)]), /no signature fits/],
    [
      'a signature of another version',
      {
        ...fields([secretOf(1)]),
        'webhook-signature': fields([secretOf(1)])['webhook-signature']!.replace('v1,', 'v1a,'),
      },
      /no signature fits/,
    ],
    ['a time beyond all numbers', { ...fields([secretOf(1)]), 'webhook-timestamp': '9'.repeat(5_000) }, /too old/],
    ['a time that is no number', { ...fields([secretOf(1)]), 'webhook-timestamp': 'now' }, /too old/],
    ['no signature', { ...fields([secretOf(1)]), 'webhook-signature': undefined }, /webhook-signature is missing/],
  ])('with %s is not', async (_, headers, why) => {
    const failure = await verify(headers).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(VoceroSignatureError);
    expect((failure as Error).message).toMatch(why);
  });

  it('is the bytes that arrived: not those of another encoding, with a mark before them, or with a byte that is no text', async () => {
    const headers = fields([secretOf(1)]);
    const bytes = Buffer.from(BODY);
    const wrong = [
      Buffer.from(BODY, 'latin1'),
      Buffer.from(BODY, 'utf16le'),
      Buffer.concat([Buffer.from('\ufeff'), bytes]),
      Buffer.concat([bytes, Buffer.from([0xff])]),
      `\ufeff${BODY}`,
      BODY.normalize('NFD'),
    ];
    for (const body of wrong) {
      await expect(verifyWebhook(body, headers, secretOf(1), { now: NOW })).rejects.toThrow('no signature fits');
    }
    const { buffer } = Uint8Array.from(bytes);
    expect(await verifyWebhook(buffer, headers, secretOf(1), { now: NOW })).toEqual(JSON.parse(BODY));
  });

  it('must not be parsed before', async () => {
    const verifying = verifyWebhook(JSON.parse(BODY), fields([secretOf(1)]), secretOf(1), { now: NOW });
    await expect(verifying).rejects.toThrow('body must be the text or the bytes as they arrived, not parsed');
  });

  it('needs a secret', async () => {
    await expect(verify(fields([secretOf(1)]), '')).rejects.toThrow(TypeError);
    await expect(verify(fields([secretOf(1)]), [])).rejects.toThrow(TypeError);
    await expect(verify(fields([secretOf(1)]), 'whsec_ñ')).rejects.toThrow(TypeError);
  });
});
