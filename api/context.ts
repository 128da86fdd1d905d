import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { BoundedLog } from '../bridge/bounded-log.ts';
import type { ApiDeps } from './deps.ts';
import type { EventStreams } from './event-streams.ts';
import type { ApiMetrics } from './metrics.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Available to every route. */
export interface Context extends Omit<ApiDeps, 'metrics' | 'now'> {
  metrics: ApiMetrics;
  /** Log for events that anybody can cause. `request.log` is for requests that proved who sent them. */
  strangers: BoundedLog;
  /** Milliseconds since 1970. */
  now: () => number;
  streams: EventStreams;
  /** Aborted when the server begins to close. Endless answers must end then. */
  closing: AbortSignal;
}
