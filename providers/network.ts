/** Codes of failures before a request can leave: no connection was made. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Certificate failures: the provider did not answer; another server did. */
const NOT_THE_PROVIDER = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

interface NetworkFailure {
  code?: unknown;
  syscall?: unknown;
  cause?: unknown;
  errors?: unknown;
}

const asFailure = (error: unknown): NetworkFailure | undefined =>
  typeof error === 'object' && error !== null ? (error as NetworkFailure) : undefined;

/**
 * True when the failure proves that the request never reached the provider. A host with several addresses fails with one error per address
 * (AggregateError): all of them must prove it.
 */
export function neverSent(error: unknown, depth = 0): boolean {
  const failure = asFailure(error);
  if (!failure || depth > 6) return false;
  if (Array.isArray(failure.errors) && failure.errors.length > 0) {
    return failure.errors.every((each) => neverSent(each, depth + 1));
  }
  const cause = asFailure(failure.cause);
  if (cause && (cause.code !== undefined || cause.errors !== undefined || cause.cause !== undefined)) {
    return neverSent(cause, depth + 1);
  }
  const code = typeof failure.code === 'string' ? failure.code : '';
  return (
    NO_CONNECTION.has(code) || NOT_THE_PROVIDER.has(code) || (code === 'ETIMEDOUT' && failure.syscall === 'connect')
  );
}

/** The innermost error code of a failed request, for messages: `ECONNRESET`, `ECONNABORTED`, … */
export function networkCode(error: unknown): string | undefined {
  let found: string | undefined;
  let at = asFailure(error);
  for (let depth = 0; at && depth < 6; depth++) {
    if (typeof at.code === 'string') found = at.code;
    at = asFailure(at.cause);
  }
  return found;
}

const DEFAULT_RETRY_MS = 1_500;
const MIN_RETRY_MS = 250;
/** No provider asks for a longer wait in earnest, and a booking's budget ends the wait before. */
const MAX_RETRY_MS = 3_600_000;

/** `Retry-After` (RFC 9110: seconds or an HTTP date) in milliseconds from `now`; 1.5 s when absent or unreadable. */
export function retryAfterMs(header: string | null | undefined, now: number): number {
  const text = header?.trim() ?? '';
  const asked = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  if (text === '' || Number.isNaN(asked)) return DEFAULT_RETRY_MS;
  return Math.round(Math.min(Math.max(asked, MIN_RETRY_MS), MAX_RETRY_MS));
}
