import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { spanIdOf, traceIdOf } from './ids.ts';
import { withIds } from './planned-ids.ts';
import type { SpanFacts } from './span.ts';

/** Gives a span to OpenTelemetry's API. Loaded only where tracing is on. */
export function recordWithApi(facts: SpanFacts): void {
  const { bookingId, name, key, from, events = [], link, failed } = facts;
  const traceId = traceIdOf(bookingId);
  const options = {
    kind: facts.request ? SpanKind.CLIENT : SpanKind.INTERNAL,
    // A number could be taken for one of the process's own clock.
    startTime: new Date(from),
    attributes: { 'vocero.booking.id': bookingId, ...facts.attributes },
    links: link ? [{ context: link }] : [],
  };
  const tracer = trace.getTracer('vocero');
  const context = name === 'booking' ? ROOT_CONTEXT : under(facts, traceId);
  const span = withIds({ traceId, spanId: spanIdOf(bookingId, name, key) }, () =>
    tracer.startSpan(name, options, context),
  );
  for (const event of events) span.addEvent(event.name, event.attributes, new Date(event.at));
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
  span.end(new Date(Math.max(from, facts.to)));
}

function under({ bookingId, under: parent }: SpanFacts, traceId: string) {
  const spanId = parent ? spanIdOf(bookingId, parent.name, parent.key) : spanIdOf(bookingId, 'booking');
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}
