import { timingSafeEqual } from 'node:crypto';
import { parse } from 'node:querystring';
import twilio from 'twilio';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

/** A form as Twilio posts it. A repeated parameter is a list. Empty parameters are kept, because they are signed, too. */
export type TwilioForm = Record<string, string | string[]>;

/** Parses a raw form body once, for the signature and for everything else. */
export function parseTwilioForm(rawBody: Buffer | string): TwilioForm {
  // querystring's object has no prototype, so that no parameter can name one of its properties.
  const form = parse(rawBody.toString(), '&', '=', { maxKeys: 1_000 });
  return Object.assign(Object.create(null), form) as TwilioForm;
}

/** The first value of a parameter; undefined when it is absent or empty. */
export function field(form: TwilioForm, name: string): string | undefined {
  const value = form[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === '' ? undefined : first;
}

const base = (publicUrl: string): string => publicUrl.replace(/\/+$/, '');

/**
 * Checks `X-Twilio-Signature` over the configured public URL and the request's own path and query as received (undecoded), never over Host
 * or X-Forwarded headers. Source: twilio.com/docs/usage/security.
 * @returns true only for a request that Twilio signed for this account
 * @example
 * ```ts
 * const signature = request.headers['x-twilio-signature'];
 * if (!verifyTwilioSignature({ authToken, publicUrl, originalUrl: request.url, signature, rawBody }))
 *   throw new Problem(403, 'X-Twilio-Signature does not fit this request.');
 * ```
 */
export function verifyTwilioSignature(request: {
  authToken: string;
  publicUrl: string;
  originalUrl: string;
  signature: string | undefined;
  /** Empty for GET. */
  rawBody: Buffer | string;
}): boolean {
  if (!request.signature || !request.originalUrl.startsWith('/')) return false;
  try {
    const url = base(request.publicUrl) + request.originalUrl;
    return twilio.validateRequest(request.authToken, request.signature, url, parseTwilioForm(request.rawBody));
  } catch {
    return false;
  }
}

function matches(authToken: string, url: string, signature: string): boolean {
  const expected = Buffer.from(getExpectedTwilioSignature(authToken, url, {}));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/**
 * Checks the signature of a Media Streams upgrade. Twilio does not document which URL it signs there, so this tries every spelling in use:
 * wss and https (ws and http for a plain public URL), with and without the last slash and the port.
 * @returns the spelling that matched, for the log; undefined: none did
 */
export function verifyStreamSignature(request: {
  authToken: string;
  publicUrl: string;
  originalUrl: string;
  signature: string | undefined;
}): string | undefined {
  const { authToken, signature } = request;
  if (!signature || !request.originalUrl.startsWith('/')) return undefined;
  return spellings(request.publicUrl, request.originalUrl).find((url) => matches(authToken, url, signature));
}

function spellings(publicUrl: string, originalUrl: string): string[] {
  const url = new URL(base(publicUrl));
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const port = url.port || (secure ? '443' : '80');
  const prefix = url.pathname.replace(/\/+$/, '');
  // Twilio strips query strings from stream URLs. If a request has one all the same, it is tried with it, too.
  const path = originalUrl.split('?')[0]!.replace(/\/+$/, '');
  const paths = new Set([path, `${path}/`, originalUrl]);
  const out: string[] = [];
  for (const scheme of secure ? ['wss', 'https'] : ['ws', 'http']) {
    for (const host of [url.port ? url.host : url.hostname, `${url.hostname}:${port}`, url.hostname]) {
      for (const each of paths) out.push(`${scheme}://${host}${prefix}${each}`);
    }
  }
  return [...new Set(out)];
}
