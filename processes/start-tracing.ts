import { DiagLogLevel, diag, trace } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { boundedLog } from '../bridge/bounded-log.ts';
import type { Config } from '../config/config.ts';
import { within } from '../delivery/within.ts';
import { plannedIds } from '../tracing/planned-ids.ts';
import { switchTracing } from '../tracing/span.ts';

/** A collector that does not answer must not hold up the end of the process. */
const FLUSH_MS = 2_000;

/** Stops tracing; spans that wait are sent first, for a limited time. Never rejects. */
export type StopTracing = () => Promise<void>;

/**
 * Exports this process's spans over OTLP if the settings name a collector. Without one, nothing of the SDK is loaded.
 * @param part the process's part, for the service's name
 */
export async function startTracing(
  { tracing }: Pick<Config, 'tracing'>,
  part: string,
  log: Logger,
): Promise<StopTracing> {
  if (!tracing) return async () => {};
  const [{ BatchSpanProcessor, TracerProvider, TraceIdRatioBasedSampler }, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/resources'),
    ]);
  logTroubles(log);
  const { endpoint, headers, share, serviceName, resourceAttributes } = tracing;
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, headers });
  const provider = new TracerProvider({
    resource: resources.defaultResource().merge(
      resources.resourceFromAttributes({
        'service.namespace': 'vocero',
        'service.name': part === 'vocero' ? 'vocero' : `vocero-${part}`,
        ...resourceAttributes,
        ...(serviceName && { 'service.name': serviceName }),
      }),
    ),
    // Our spans name a parent that may never be exported, so its flag decides nothing: the trace id does, alike in all processes.
    sampler: new TraceIdRatioBasedSampler(share),
    idGenerator: plannedIds,
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  trace.setGlobalTracerProvider(provider);
  switchTracing(true);
  log.info({ endpoint }, 'exports traces');
  return async () => {
    switchTracing(false);
    await within(FLUSH_MS, provider.shutdown()).catch(() => undefined);
    trace.disable();
  };
}

/** A collector that is away would fill the log otherwise. */
function logTroubles(log: Logger): void {
  const bounded = boundedLog(log);
  const tell = (message: string, ...about: unknown[]): void => {
    bounded.warn({ reason: [message, ...about].map(String).join(' ').slice(0, 300) }, 'could not export traces');
  };
  const ignore = (): void => {};
  diag.setLogger(
    { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
