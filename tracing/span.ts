import type { Attributes, SpanContext } from '@opentelemetry/api';

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

type Recorder = (facts: SpanFacts) => void;

let recorder: Recorder | undefined;

/** Whether spans go anywhere. Without it nothing is computed or read for a trace. */
export const isTracing = (): boolean => recorder !== undefined;

/** Switches tracing on for this process, or off. */
export function switchTracing(to: Recorder | undefined): void {
  recorder = to;
}

/** Adds a finished span to a booking's trace. Does nothing while tracing is off. */
export function recordSpan(facts: SpanFacts): void {
  recorder?.(facts);
}
