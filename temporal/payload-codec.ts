import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** The encoding name that Temporal's examples and tools use for encrypted payloads. */
const ENCODING = 'binary/encrypted';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString();

/** A payload is unreadable: encrypted with an unknown key, changed, or truncated. */
export class UnreadablePayload extends ValueError {}

/** Id of a key. Reveals nothing about the key. */
export const keyId = (key: Uint8Array): string =>
  createHash('sha256').update('vocero payload key\0').update(key).digest('hex').slice(0, 16);

/** Binds the clear text next to the ciphertext: neither format nor key id can be exchanged. */
const boundTo = (id: string): Buffer => Buffer.from(`vocero payload v1\0${ENCODING}\0${id}`);

function seal(payload: Payload, key: Uint8Array, id: string): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(id));
  // The whole payload, so that its metadata (a message type, for example) is as secret as its data.
  const sealed = cipher.update(PayloadMessage.encode(payload).finish());
  return {
    metadata: { encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(id) },
    data: Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]),
  };
}

function open(payload: Payload, keys: ReadonlyMap<string, Uint8Array>): Payload {
  const id = text(payload.metadata?.['encryption-key-id']);
  const key = keys.get(id);
  if (!key) {
    throw new UnreadablePayload(
      `a payload is encrypted with the key ${JSON.stringify(id)}, which PAYLOAD_ENCRYPTION_KEY does not have; add that key behind the current one`,
    );
  }
  const data = payload.data ?? new Uint8Array();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(id)).setAuthTag(data.subarray(-TAG_BYTES));
    const plain = decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES));
    return PayloadMessage.decode(Buffer.concat([plain, decipher.final()]));
  } catch (error) {
    throw new UnreadablePayload(`a payload encrypted with the key ${id} was changed or damaged`, error);
  }
}

/**
 * Encrypts each payload with AES-256-GCM under the first key and a random nonce. Decrypts with any of the keys; passes unencrypted
 * payloads. Without keys it encrypts nothing, and names the missing setting when it finds an encrypted payload. `decode` throws
 * `UnreadablePayload`.
 */
export function payloadCodec(keys: readonly Uint8Array[]): PayloadCodec {
  const known = new Map(keys.map((key) => [keyId(key), key]));
  const [current] = known;
  return {
    async encode(payloads) {
      return current ? payloads.map((payload) => seal(payload, current[1], current[0])) : payloads;
    },
    async decode(payloads) {
      return payloads.map((payload) =>
        text(payload.metadata?.encoding) === ENCODING ? open(payload, known) : payload,
      );
    },
  };
}
