import { z } from 'zod';
import { DEFAULT_HOLD_SECONDS } from '../domain/line-tools.ts';
import { HOLIDAY_POLICIES, PROOF_POLICIES } from '../domain/order.ts';
import { callingWindow } from './calling-window.ts';
import { AFTER_RESTORE, INBOUND_CALLS, LOG_LEVELS } from './config.ts';
import * as field from './fields.ts';
import * as observed from './observed-fields.ts';

/** Variables of the provider clients. The sandbox creates them under the same names. */
export const PROVIDER_FIELDS = z.object({
  TWILIO_ACCOUNT_SID: field.accountSid.optional(),
  TWILIO_AUTH_TOKEN: field.token.optional(),
  TWILIO_PHONE_NUMBER: field.e164.optional(),
  TWILIO_API_BASE_URL: field.baseUrl.optional(),
  ELEVENLABS_API_KEY: field.token.optional(),
  ELEVENLABS_AGENT_ID: field.token.optional(),
  ELEVENLABS_PHONE_NUMBER_ID: field.token.optional(),
  ELEVENLABS_RECEPTIONIST_AGENT_ID: field.token.optional(),
  ELEVENLABS_WEBHOOK_SECRET: field.token.optional(),
  ELEVENLABS_TOOL_SECRET: field.token.optional(),
  ELEVENLABS_API_BASE_URL: field.baseUrl.optional(),
});

/** Every variable: text in, typed value out. `loadConfig` adds the defaults that depend on the mode. */
export const FIELDS = PROVIDER_FIELDS.extend({
  PORT: field.port.default(3000),
  HOST: field.listenHost.default('127.0.0.1'),
  PUBLIC_URL: field.baseUrl.optional(),
  BRIDGE_PUBLIC_URL: field.baseUrl.optional(),
  BRIDGE_DRAIN_SECONDS: field.wholeNumber(0, 3600).default(60),
  BRIDGE_FRAME_BATCHING: field.oneOf(['auto', 'on', 'off']).optional(),
  /** Old name of BRIDGE_FRAME_BATCHING. */
  BRIDGE_ECONOMY: field.oneOf(['auto', 'on', 'off']).optional(),
  BRIDGE_RECORDING: field.oneOf(['on', 'off']).default('on'),
  FIRST_WORDS: field.oneOf(['agent', 'callee']).default('agent'),
  BRIDGE_WARM_AGENT: field.oneOf(['on', 'off']).default('on'),
  TWILIO_STREAM_SIGNATURE: field.oneOf(['log', 'require']).default('log'),
  TEMPORAL_NAMESPACE: field.taskQueue.default('default'),
  TEMPORAL_TASK_QUEUE: field.taskQueue.default('bookings'),
  BUILD_ID: field.buildId.optional(),
  DEPLOYMENT_NAME: field.deploymentName.default('vocero'),
  TEMPORAL_PORT: field.port.default(7233),
  TEMPORAL_UI_PORT: field.port.default(8233),
  TEMPORAL_UI_URL: field.baseUrl.optional(),
  TEMPORAL_UI_SERVER: field.baseUrl.optional(),
  TWILIO_CALLS_PER_SECOND: field.perSecond.optional(),
  ELEVENLABS_CALLS_PER_SECOND: field.perSecond.optional(),
  TWILIO_MAX_CONCURRENT_CALLS: field.wholeNumber(1, 100_000).optional(),
  ELEVENLABS_MAX_CONCURRENT_CALLS: field.wholeNumber(2, 100_000).optional(),
  API_KEYS: field.bearerKeys.optional(),
  OPERATOR_KEYS: field.namedKeys.optional(),
  TRUSTED_PROXIES: field.networks.optional(),
  CALLING_WINDOW: callingWindow.optional(),
  CALLING_HOLIDAYS: field.oneOf(HOLIDAY_POLICIES).default('call'),
  ALLOWED_COUNTRIES: field.countries.optional(),
  MAX_OPEN_BOOKINGS: field.wholeNumber(1, 1_000_000).default(20_000),
  RECONCILE_SECONDS: field.wholeNumber(1, 3600).optional(),
  RETENTION_DAYS: field.wholeNumber(1, 36_500).optional(),
  AUDIT_SECONDS: field.wholeNumber(1, 86_400).optional(),
  INBOUND_CALLS: field.oneOf(INBOUND_CALLS).default('elevenlabs'),
  REQUIRE_PROOF: field.oneOf(PROOF_POLICIES).default('transcript'),
  HOLD_SECONDS: field.wholeNumber(10, 1800).default(DEFAULT_HOLD_SECONDS),
  SETTLE_SECONDS: field.wholeNumber(1, 86_400).optional(),
  DATABASE_URL: field.databaseUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  AFTER_RESTORE: field.oneOf(AFTER_RESTORE).default('hold'),
  HASH_KEY: field.hashKey.optional(),
  HASH_KEY_PREVIOUS: field.hashKeys.optional(),
  CALLBACK_SECRET: field.webhookKey.optional(),
  CALLBACK_SECRET_PREVIOUS: field.webhookKeys.optional(),
  LOST_KEYS: field.lostKeys.optional(),
  PAYLOAD_ENCRYPTION_KEY: field.encryptionKeys.optional(),
  TEMPORAL_UI_ORIGINS: field.origins.optional(),
  LOG_LEVEL: field.oneOf(LOG_LEVELS).default('info'),
  WORKER_CONCURRENT_ACTIVITIES: field.wholeNumber(1, 10_000).default(200),
  WORKER_CONCURRENT_WORKFLOW_TASKS: field.wholeNumber(2, 1000).default(40),
  WORKER_CACHED_WORKFLOWS: field.wholeNumber(2, 100_000).default(500),
  WORKER_HEALTH_PORT: field.port.optional(),
  WORKER_METRICS_PORT: field.port.optional(),
  METRICS_PORT: field.port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: field.baseUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: observed.pairs.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: field.oneOf(['http/protobuf']).optional(),
  OTEL_SERVICE_NAME: observed.serviceName.optional(),
  OTEL_RESOURCE_ATTRIBUTES: observed.pairs.optional(),
  OTEL_TRACES_SAMPLER: field.oneOf(observed.SAMPLERS).default('always_on'),
  OTEL_TRACES_SAMPLER_ARG: observed.share.optional(),
  COST_CURRENCY: observed.currency.optional(),
  COST_TWILIO_PER_MINUTE: observed.rate.optional(),
  COST_ELEVENLABS_PER_MINUTE: observed.rate.optional(),
  VOCERO_URL: field.baseUrl.optional(),
  VOCERO_KEY: field.token.optional(),
});

export type Fields = z.output<typeof FIELDS>;
export type ProviderFields = z.output<typeof PROVIDER_FIELDS>;

/** Values of these variables never appear in a message. */
export const SECRET = /TOKEN|KEY|SECRET|DATABASE_URL|HEADERS/;
