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
import type { ApiMetrics } from './metrics.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What every route may use. */
export interface Context extends Omit<ApiDeps, 'metrics' | 'now'> {
  metrics: ApiMetrics;
  /** For what anybody can cause: `request.log` is for requests that proved whose they are. */
  strangers: BoundedLog;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Aborted when the server begins to close: what never ends by itself must end then. */
  closing: AbortSignal;
}
