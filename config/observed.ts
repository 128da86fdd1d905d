import type { Rates } from '../domain/usage.ts';
import type { TracingConfig } from './config.ts';
import type { ConfigProblem } from './error.ts';
import type { Fields } from './schema.ts';

/** Where traces go, by OpenTelemetry's own variables. */
export function tracingOf(fields: Fields): TracingConfig | undefined {
  if (!fields.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined;
  return {
    endpoint: fields.OTEL_EXPORTER_OTLP_ENDPOINT,
    protocol: fields.OTEL_EXPORTER_OTLP_PROTOCOL ?? 'http/protobuf',
    headers: fields.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    serviceName: fields.OTEL_SERVICE_NAME,
    resourceAttributes: fields.OTEL_RESOURCE_ATTRIBUTES ?? {},
    share: shareOf(fields),
  };
}

function shareOf({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: share = 1 }: Fields): number {
  if (sampler.endsWith('always_off')) return 0;
  return sampler.endsWith('traceidratio') ? share : 1;
}

/** Without any rate there is no estimate: a cost of 0 would be wrong. */
export function ratesOf(fields: Fields): Rates | undefined {
  const { COST_TWILIO_PER_MINUTE: twilio, COST_ELEVENLABS_PER_MINUTE: elevenlabs } = fields;
  if (twilio === undefined && elevenlabs === undefined) return undefined;
  return { currency: fields.COST_CURRENCY ?? 'USD', twilio: twilio ?? 0, elevenlabs: elevenlabs ?? 0 };
}

/** Each listener needs its own port. */
export function metricsClash(fields: Partial<Fields>): ConfigProblem[] {
  const { METRICS_PORT: port } = fields;
  return (['PORT', 'WORKER_HEALTH_PORT'] as const)
    .filter((name) => port !== undefined && fields[name] === port)
    .map((name) => ({ variable: 'METRICS_PORT', message: `is ${port}, as ${name} is. Give it another port.` }));
}
