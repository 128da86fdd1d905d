import type { Registry } from 'prom-client';
import { sharedMetrics } from '../api/metrics.ts';
import { type Listening, serveText } from '../worker/health.ts';

/** Serves a registry as `GET /metrics` on a separate listener, on every interface; undefined without a port. */
export async function serveApart(port: number | undefined, registry: Registry): Promise<Listening | undefined> {
  return port === undefined ? undefined : serveText(port, registry.contentType, sharedMetrics(registry));
}
