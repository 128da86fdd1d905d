import { createHmac, timingSafeEqual } from 'node:crypto';

/** ElevenLabs' own tolerance, applied in both directions, which their SDK does not do. */
const SIGNATURE_TOLERANCE_SECONDS = 1_800;

export type SignatureCheck = { ok: true } | { ok: false; reason: 'missing' | 'malformed' | 'stale' | 'mismatch' };

/**
 * Checks `ElevenLabs-Signature: t=<unix seconds>,v0=<hex>`: HMAC-SHA256 of `t.rawBody`. Source: elevenlabs.io/docs, post-call webhooks,
 * authentication.
 * @param request `now` in Unix milliseconds; `rawBody` as it was received, before any parser
 * @returns `reason` of a refusal: no header, unreadable header, more than 30 minutes off, or another HMAC
 * @example
 * ```ts
 * const header = String(request.headers['elevenlabs-signature']);
 * const check = verifyElevenLabsSignature({ secret, header, rawBody, now: Date.now() });
 * if (!check.ok) throw new Problem(401, `ElevenLabs-Signature: ${check.reason}.`);
 * ```
 */
export function verifyElevenLabsSignature(request: {
  secret: string;
  header: string | undefined;
  rawBody: Buffer | string;
  now: number;
}): SignatureCheck {
  if (!request.header) return { ok: false, reason: 'missing' };
  const parts = request.header.split(',').map((part) => part.trim());
  const t = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const given = parts.filter((part) => part.startsWith('v0=')).map((part) => part.slice(3).toLowerCase());
  if (!/^\d{1,12}$/.test(t) || given.length === 0) return { ok: false, reason: 'malformed' };
  if (Math.abs(request.now / 1000 - Number(t)) > SIGNATURE_TOLERANCE_SECONDS) return { ok: false, reason: 'stale' };
  const expected = createHmac('sha256', request.secret).update(`${t}.`).update(request.rawBody).digest();
  const genuine = given.some((hex) => {
    const bytes = /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : Buffer.alloc(0);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
  return genuine ? { ok: true } : { ok: false, reason: 'mismatch' };
}
