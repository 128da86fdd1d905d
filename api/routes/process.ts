import type { Registry } from 'prom-client';
import { hasSpace } from '../../delivery/mind-storage.ts';
import { unpolledNote } from '../../delivery/unpolled.ts';
import { within } from '../../delivery/within.ts';
import { healthSchema, readySchema } from '../../domain/schemas/health.ts';
import type { App, Context } from '../context.ts';
import { sharedMetrics } from '../metrics.ts';
import { anyObject, content, problems } from '../openapi.ts';
import { Problem } from '../problem.ts';

const DATABASE_DEADLINE_MS = 1_500;

async function reaches(database: Promise<void>): Promise<boolean> {
  const answered = database.then(
    () => true,
    () => false,
  );
  return (await within(DATABASE_DEADLINE_MS, answered)) ?? false;
}

/** A database that does not answer this is unreachable, which the next check tells. */
async function dialing(records: Context['records']): Promise<{ dialing: 'on' | 'held'; note?: string }> {
  const known = await within(
    DATABASE_DEADLINE_MS,
    records.installation().catch(() => undefined),
  );
  if (!known?.hold) return { dialing: 'on' };
  return { dialing: 'held', note: `No dial leaves: ${known.hold.why}. Run vocero resume-dialing.` };
}

/** Health, metrics and the API's description, for monitoring. */
export function processRoutes(
  app: App,
  { gateway, records, artifacts, settings, accepting }: Context,
  registry: Registry,
): void {
  const tags = ['process'];

  app.route({
    method: 'GET',
    url: '/healthz',
    schema: { tags, operationId: 'getHealth', summary: 'The process is up', response: { 200: healthSchema } },
    handler: async () => ({ status: 'ok' as const }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    schema: {
      tags,
      operationId: 'getReadiness',
      summary: 'Temporal and the database are reachable, and workers poll every task queue that bookings need',
      response: { 200: readySchema, ...problems(503) },
    },
    async handler() {
      if (accepting?.() === false) throw new Problem(503, 'Not ready: this process is about to end.');
      const [{ unpolled, ...seen }, database, storage] = await Promise.all([
        gateway.health(),
        reaches(records.ping()),
        hasSpace({ artifacts }),
      ]);
      const checks = { ...seen, database, storage };
      const missing = Object.entries(checks).flatMap(([name, fine]) => {
        if (fine) return [];
        if (name === 'worker' && unpolled.length > 0) return [`worker (${unpolledNote(unpolled)})`];
        return [name === 'storage' ? 'storage (the disk of DATA_DIR is full)' : name];
      });
      if (missing.length > 0) {
        throw new Problem(503, `Not ready: ${missing.join(', ')}.`, { headers: { 'retry-after': '2' } });
      }
      return { status: 'ready' as const, ...checks, ...(await dialing(records)) };
    },
  });

  if (!settings.metricsApart) metricsRoute(app, registry, settings.metricsFreshMs);

  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: {
      tags,
      operationId: 'getOpenApi',
      summary: 'This description',
      response: anyObject(200, 'An OpenAPI 3.1 document'),
    },
    handler: async (_request, reply) => reply.type('application/json').serializer(JSON.stringify).send(app.swagger()),
  });
}

function metricsRoute(app: App, registry: Registry, freshMs: number | undefined): void {
  const tags = ['process'];
  const metrics = sharedMetrics(registry, freshMs);
  app.route({
    method: 'GET',
    url: '/metrics',
    schema: {
      tags,
      operationId: 'getMetrics',
      summary: 'For Prometheus',
      response: content(200, 'Metrics', 'text/plain'),
    },
    async handler(_request, reply) {
      return reply
        .type(registry.contentType)
        .serializer(String)
        .send(await metrics());
    },
  });
}
