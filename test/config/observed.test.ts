import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../config/error.ts';
import { loadConfig } from '../../config/load.ts';

const load = (env: Record<string, string>) => loadConfig(env, '/somewhere');
const refused = (env: Record<string, string>): string => {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

const OTLP = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

describe('the settings of observability', () => {
  it('trace nothing, estimate nothing and share the listener by default', () => {
    const { tracing, rates, metricsPort } = load({});
    expect({ tracing, rates, metricsPort }).toEqual({});
  });

  it('read OpenTelemetry’s own variables', () => {
    const { tracing } = load({
      ...OTLP,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20YTpi, x-tenant=one',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
      OTEL_SERVICE_NAME: 'bookings',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    });
    expect(tracing).toEqual({
      endpoint: 'http://collector:4318',
      protocol: 'http/protobuf',
      headers: { authorization: 'Basic YTpi', 'x-tenant': 'one' },
      serviceName: 'bookings',
      resourceAttributes: { 'deployment.environment': 'test' },
      share: 0.25,
    });
    expect(load({ ...OTLP, OTEL_TRACES_SAMPLER: 'always_off' }).tracing?.share).toBe(0);
    expect(load({ ...OTLP, OTEL_TRACES_SAMPLER_ARG: '0.25' }).tracing?.share).toBe(1);
  });

  it('name the variable of what they do not speak, and no secret', () => {
    expect(refused({ ...OTLP, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toMatch(
      /OTEL_EXPORTER_OTLP_PROTOCOL.*http\/protobuf/,
    );
    expect(refused({ ...OTLP, OTEL_TRACES_SAMPLER_ARG: '2' })).toMatch(/OTEL_TRACES_SAMPLER_ARG/);
    const headers = refused({ ...OTLP, OTEL_EXPORTER_OTLP_HEADERS: 'topsecret' });
    expect(headers).toMatch(/OTEL_EXPORTER_OTLP_HEADERS.*name=value/);
    expect(headers).not.toContain('topsecret');
    expect(refused({ COST_TWILIO_PER_MINUTE: 'cheap' })).toMatch(/COST_TWILIO_PER_MINUTE.*0\.014/);
  });

  it('estimate with the rates that are given', () => {
    expect(load({ COST_TWILIO_PER_MINUTE: '0.02' }).rates).toEqual({ currency: 'USD', twilio: 0.02, elevenlabs: 0 });
    expect(load({ COST_CURRENCY: 'EUR' }).rates).toBeUndefined();
  });

  it('refuse one port for two listeners', () => {
    expect(refused({ PORT: '9464', METRICS_PORT: '9464' })).toMatch(/METRICS_PORT: is 9464, as PORT is/);
    // Of a worker process, both are the same listener.
    expect(load({ WORKER_METRICS_PORT: '9464', METRICS_PORT: '9464' }).metricsPort).toBe(9464);
  });
});
