import {
  type Attributes,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { spanIdOf, traceIdOf } from './ids.ts';
import { withIds } from './planned-ids.ts';

/** Spans of a booking's trace, in the order in which they usually come. `booking` is the whole, and the parent of the others. */
export type SpanName =
  | 'booking'
  | 'accepted'
  | 'waited'
  | 'dialed'
  | 'rang'
  | 'talked'
  | 'streamed'
  | 'reported'
  | 'concluded'
  | 'told';

/** One finished span. Times in milliseconds since 1970. Only codes, counts, times and ids: no number, name or word of a talk. */
export interface SpanFacts {
  bookingId: string;
  name: SpanName;
  /** Distinguishes spans of one name: the call, the message. */
  key?: string | undefined;
  /** Its parent; default: `booking`. */
  under?: { name: SpanName; key: string } | undefined;
  from: number;
  to: number;
  attributes?: Attributes | undefined;
  events?: readonly SpanEvent[] | undefined;
  /** A span of another trace that led to it. */
  link?: SpanContext | undefined;
  /** Code of a failure; absent: it went well. */
  failed?: string | undefined;
  /** It is a request to another system. */
  request?: true | undefined;
}

export interface SpanEvent {
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  attributes?: Attributes | undefined;
}

let on = false;

/** Whether spans go anywhere. Without it nothing is computed or read for a trace. */
export const isTracing = (): boolean => on;

/** Switches tracing on or off for this process, once its SDK is set up. */
export function switchTracing(to: boolean): void {
  on = to;
}

/** Adds a finished span to a booking's trace. Never throws; does nothing while tracing is off. */
export function recordSpan(facts: SpanFacts): void {
  if (!on) return;
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
