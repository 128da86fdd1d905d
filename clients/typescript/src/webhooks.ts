import { VoceroError } from './errors.ts';
import type * as api from './generated/types.gen.ts';

/** The message is not genuine, or too old. Answer it with 400. */
export class VoceroSignatureError extends VoceroError {
  override name = 'VoceroSignatureError';
}

/** Header fields as a server has them: of `fetch` or alike, or of Node.js. */
export type HeaderFields = { get(name: string): string | null } | Record<string, string | string[] | undefined>;

export interface VerifyOptions {
  /** Seconds by which the message's time may differ from the clock; default 300. */
  tolerance?: number;
  /** Milliseconds since 1970; default: the clock. */
  now?: number;
}

function field(headers: HeaderFields, name: string): string {
  const found =
    typeof headers.get === 'function'
      ? headers.get(name)
      : Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  if (!found) throw new VoceroSignatureError(`the header field ${name} is missing`);
  return String(found);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** As they were signed: read as text and written again, they may differ. */
function bytesOf(body: string | ArrayBuffer | Uint8Array): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return body;
  // Of any realm.
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body);
  throw new TypeError('body must be the text or the bytes as they arrived, not parsed');
}

async function keyOf(secret: string) {
  const bytes = fromBase64(secret.trim().replace(/^whsec_/, ''));
  if (!bytes?.length) throw new TypeError('a secret must be whsec_ and base64, as CALLBACK_SECRET');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

/**
 * The message of a request to `callback_url`, once its signature is verified (Standard Webhooks, HMAC-SHA256).
 * @param body as it arrived: parsed and printed again, it may differ
 * @param secrets CALLBACK_SECRET; several while it is being replaced
 * @throws VoceroSignatureError; TypeError for a body that was parsed, or without a secret
 */
export async function verifyWebhook<T = WebhookMessage>(
  body: string | ArrayBuffer | Uint8Array,
  headers: HeaderFields,
  secrets: string | readonly string[],
  { tolerance = 300, now = Date.now() }: VerifyOptions = {},
): Promise<T> {
  const content = bytesOf(body);
  const given = [secrets].flat();
  if (given.length === 0) throw new TypeError('at least one secret is needed');
  const keys = await Promise.all(given.map(keyOf));
  const id = field(headers, 'webhook-id');
  const timestamp = field(headers, 'webhook-timestamp');
  const signatures = field(headers, 'webhook-signature');
  if (!/^\d+$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > tolerance) {
    throw new VoceroSignatureError('the message is too old, or from the future');
  }
  const start = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(start.length + content.length);
  signed.set(start);
  signed.set(content, start.length);
  for (const one of signatures.split(' ')) {
    const signature = one.startsWith('v1,') ? fromBase64(one.slice(3)) : undefined;
    if (!signature) continue;
    for (const key of keys) {
      if (await crypto.subtle.verify('HMAC', key, signature, signed))
        return JSON.parse(new TextDecoder().decode(content)) as T;
    }
  }
  throw new VoceroSignatureError('no signature fits: is it the right secret, and the body as it arrived?');
}

/** A message to `callback_url`, by its `type`. Repeats of one message have the same header field `webhook-id`. */
export type WebhookMessage = api.Webhooks['body'];
