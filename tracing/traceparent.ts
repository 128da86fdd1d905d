import type { SpanContext } from '@opentelemetry/api';

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The client's span in a W3C `traceparent` header; undefined when the header is missing or not valid, as the standard asks. */
export function clientSpan(header: string | undefined): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(header ?? '') ?? [];
  // The standard reserves zeros, and the version ff.
  const valid = /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) && !header?.startsWith('ff');
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return valid ? span : undefined;
}
