import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { keyId, payloadCodec, UnreadablePayload } from '../../temporal/payload-codec.ts';

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value)!;
const plainOf = (payload: Payload): unknown => defaultPayloadConverter.fromPayload(payload);
const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

async function sealed(value: unknown, keys = [first]): Promise<Payload> {
  const [payload] = await payloadCodec(keys).encode([payloadOf(value)]);
  return payload!;
}

async function opened(payload: Payload, keys = [first]): Promise<unknown> {
  const [plain] = await payloadCodec(keys).decode([payload]);
  return plainOf(plain!);
}

describe('the payload codec', () => {
  it('gives back whatever it was given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (values) => {
        const codec = payloadCodec([first]);
        const decoded = await codec.decode(await codec.encode(values.map(payloadOf)));
        expect(decoded.map(plainOf)).toEqual(values.map((value) => plainOf(payloadOf(value))));
      }),
    );
  });

  it('gives back bytes, nothing, and a payload without data', async () => {
    expect(Buffer.from((await opened(await sealed(Uint8Array.of(0, 255)))) as Uint8Array)).toEqual(Buffer.of(0, 255));
    expect(await opened(await sealed(undefined))).toBeUndefined();
    const codec = payloadCodec([first]);
    const [bare] = await codec.decode(await codec.encode([{ metadata: { a: Buffer.from('b') } }]));
    expect([textOf(bare!.metadata?.a), textOf(bare!.data)]).toEqual(['b', '']);
  });

  it('shows neither the value nor its own metadata, and never the same twice', async () => {
    const [one, other] = [await sealed({ phone: '+541143211234' }), await sealed({ phone: '+541143211234' })];
    expect(textOf(one.data)).not.toMatch(/\+5411|phone|json\/plain/);
    expect(Object.keys(one.metadata!).sort()).toEqual(['encoding', 'encryption-key-id']);
    expect(textOf(one.metadata!['encryption-key-id'])).toBe(keyId(first));
    expect(textOf(one.data)).not.toBe(textOf(other.data));
  });

  it('refuses a payload in which any one bit was changed', async () => {
    const payload = await sealed('confirmed');
    for (let at = 0; at < payload.data!.length; at++) {
      const data = Buffer.from(payload.data!);
      data[at]! ^= 1 << (at % 8);
      await expect(opened({ ...payload, data })).rejects.toThrow(UnreadablePayload);
    }
  });

  it.each([0, 1, 12, 27, 28])('refuses a payload cut to %d bytes', async (length) => {
    const payload = await sealed('confirmed');
    await expect(opened({ ...payload, data: payload.data!.subarray(0, length) })).rejects.toThrow(
      /was changed or damaged/,
    );
  });

  it('refuses a payload that claims to be of another key, also when both are known', async () => {
    const payload = await sealed('confirmed');
    const metadata = { ...payload.metadata, 'encryption-key-id': Buffer.from(keyId(second)) };
    await expect(opened({ ...payload, metadata }, [first, second])).rejects.toThrow(/was changed or damaged/);
  });

  it('reads what older keys have written, and writes with the current one', async () => {
    const old = await sealed('before', [first]);
    expect(await opened(old, [third, second, first])).toBe('before');
    const now = await sealed('after', [third, second, first]);
    expect(textOf(now.metadata!['encryption-key-id'])).toBe(keyId(third));
    await expect(opened(now, [first, second])).rejects.toThrow(UnreadablePayload);
  });

  it('reads what was never encrypted', async () => {
    expect(await opened(payloadOf({ open: 'booking' }))).toEqual({ open: 'booking' });
  });

  it('names the key that is missing, and the setting it belongs to', async () => {
    const payload = await sealed('lost', [first]);
    for (const keys of [[second], []]) {
      await expect(opened(payload, keys)).rejects.toThrow(
        new RegExp(`the key "${keyId(first)}", which PAYLOAD_ENCRYPTION_KEY does not have`),
      );
    }
  });

  it('encrypts nothing without keys', async () => {
    const payload = payloadOf('clear');
    expect(await payloadCodec([]).encode([payload])).toEqual([payload]);
  });
});
