import { isAbsolute, join, resolve } from 'node:path';
import { CHANNELS } from '../domain/channels.ts';
import type { Config, Mode } from './config.ts';
import type { Environment } from './environment.ts';
import { ConfigError, type ConfigProblem } from './error.ts';
import { fieldProblem } from './field-problem.ts';
import type { NamedKey } from './fields.ts';
import { isLoopbackHost, isLoopbackUrl, localUrl } from './loopback.ts';
import { modeOf } from './mode.ts';
import { metricsClash, ratesOf, tracingOf } from './observed.ts';
import { providersOf } from './providers.ts';
import { FIELDS, type Fields } from './schema.ts';
import { type TemporalConnection, temporalConnection } from './temporal-connection.ts';

/**
 * Reads and checks the configuration of an environment. In sandbox mode it contains no providers: `withProviders` adds those of the
 * sandbox. Relative paths are resolved against `folder`.
 * @throws ConfigError with every problem, each with its variable and remedy
 * @example
 * ```ts
 * const config = loadConfig(readEnvironment(process.cwd(), process.env));
 * for (const warning of config.warnings) log.warn(warning);
 * ```
 */
export function loadConfig(env: Environment, folder: string = process.cwd()): Config {
  const { fields, problems } = checkFields(env);
  const { mode, problems: missing } = modeOf((variable) => !!env[variable]);
  const { connection, problems: temporal } = temporalConnection(env);
  problems.push(...missing, ...temporal, ...exposure(fields, env), ...metricsClash(fields));
  if (mode === 'live') problems.push(...reachability(fields, env));
  if (mode !== 'sandbox') problems.push(...pathPrefix(fields));
  if (problems.length > 0) throw new ConfigError(problems);
  return build(fields as Fields, mode, connection, folder);
}

function build(fields: Fields, mode: Mode, connection: TemporalConnection | undefined, folder: string): Config {
  const sandbox = mode === 'sandbox';
  const home = localUrl(fields.HOST, fields.PORT);
  // The sandbox runs on this machine: with a public name its calls would leave the machine and come back, or be lost.
  const publicUrl = (sandbox ? undefined : fields.PUBLIC_URL) ?? home;
  const streams = (sandbox ? undefined : fields.BRIDGE_PUBLIC_URL) ?? publicUrl;
  const dataDir = resolve(folder, fields.DATA_DIR);
  const queue = fields.TEMPORAL_TASK_QUEUE;
  return {
    mode,
    simulated: sandbox,
    providersAreLocal: sandbox || providersAreLocal(fields),
    available: mode === 'simulation' ? ['simulation'] : [...CHANNELS],
    http: { host: fields.HOST, port: fields.PORT },
    publicUrl,
    streamUrl: streams.replace(/^http/, 'ws'),
    streamSignature: fields.TWILIO_STREAM_SIGNATURE,
    bridge: {
      elsewhere: streams !== publicUrl,
      drainSeconds: fields.BRIDGE_DRAIN_SECONDS,
      frameBatching: fields.BRIDGE_FRAME_BATCHING ?? fields.BRIDGE_ECONOMY ?? 'auto',
      recording: fields.BRIDGE_RECORDING === 'on',
      warmAgent: fields.BRIDGE_WARM_AGENT === 'on',
      firstWords: fields.FIRST_WORDS,
    },
    temporal: {
      external: connection,
      namespace: connection?.namespace ?? fields.TEMPORAL_NAMESPACE,
      taskQueue: queue,
      callsQueue: callsQueueOf(queue),
      dialQueues: dialQueuesOf(queue),
      deploymentName: fields.DEPLOYMENT_NAME,
      buildId: fields.BUILD_ID,
      port: fields.TEMPORAL_PORT,
      uiPort: fields.TEMPORAL_UI_PORT,
      uiOrigins: fields.TEMPORAL_UI_ORIGINS ?? [],
      payloadKeys: fields.PAYLOAD_ENCRYPTION_KEY ?? [],
      uiUrl: fields.TEMPORAL_UI_URL,
      uiServer: fields.TEMPORAL_UI_SERVER,
    },
    callsPerSecond: {
      twilio: fields.TWILIO_CALLS_PER_SECOND ?? (sandbox ? 20 : 1),
      elevenlabs: fields.ELEVENLABS_CALLS_PER_SECOND ?? (sandbox ? 20 : 5),
    },
    callsAtOnce: {
      twilio: fields.TWILIO_MAX_CONCURRENT_CALLS,
      elevenlabs: fields.ELEVENLABS_MAX_CONCURRENT_CALLS,
    },
    access: {
      apiKeys: fields.API_KEYS ?? [],
      operatorKeys: fields.OPERATOR_KEYS?.map(({ key }) => key) ?? fields.API_KEYS ?? [],
      operatorNames: operatorNames(fields.OPERATOR_KEYS),
      trustedProxies: fields.TRUSTED_PROXIES,
    },
    callingWindow: fields.CALLING_WINDOW ?? (sandbox ? { from: 0, to: 1440 } : { from: 540, to: 1200 }),
    callingHolidays: fields.CALLING_HOLIDAYS,
    allowedCountries: fields.ALLOWED_COUNTRIES,
    openBounds: { key: fields.MAX_OPEN_BOOKINGS, number: MAX_OPEN_OF_NUMBER },
    retentionDays: fields.RETENTION_DAYS,
    reconcileSeconds: fields.RECONCILE_SECONDS ?? (sandbox ? 3 : 90),
    settleSeconds: fields.SETTLE_SECONDS ?? (sandbox ? 5 : 120),
    holdSeconds: fields.HOLD_SECONDS,
    requireProof: fields.REQUIRE_PROOF,
    inboundCalls: fields.INBOUND_CALLS,
    auditSeconds: fields.AUDIT_SECONDS ?? (sandbox ? 15 : 300),
    databaseUrl: absoluteDatabase(fields.DATABASE_URL, folder) ?? `file:${join(dataDir, 'vocero.db')}`,
    dataDir,
    afterRestore: fields.AFTER_RESTORE,
    secrets: { hashKey: fields.HASH_KEY, callbackSecret: fields.CALLBACK_SECRET },
    formerKeys: {
      hashKeys: fields.HASH_KEY_PREVIOUS ?? [],
      callbackSecrets: fields.CALLBACK_SECRET_PREVIOUS ?? [],
      lost: fields.LOST_KEYS ?? [],
    },
    log: { level: fields.LOG_LEVEL },
    worker: {
      concurrentActivities: fields.WORKER_CONCURRENT_ACTIVITIES,
      concurrentWorkflowTasks: fields.WORKER_CONCURRENT_WORKFLOW_TASKS,
      cachedWorkflows: fields.WORKER_CACHED_WORKFLOWS,
      healthPort: fields.WORKER_HEALTH_PORT,
      metricsPort: fields.WORKER_METRICS_PORT,
    },
    metricsPort: fields.METRICS_PORT,
    tracing: tracingOf(fields),
    rates: ratesOf(fields),
    warnings: warningsOf(mode, fields),
    ...(sandbox ? {} : providersOf(fields)),
  };
}

/** One booking at a time rings a number: more than this would wait for days. */
const MAX_OPEN_OF_NUMBER = 100;

/** Task queues of the dials, named after the bookings' queue. */
export const dialQueuesOf = (queue: string): Config['temporal']['dialQueues'] => ({
  twilio: `${queue}-twilio`,
  elevenlabs: `${queue}-elevenlabs`,
});

/** Task queue for hanging up and watching, named after the bookings' queue. */
export const callsQueueOf = (queue: string): string => `${queue}-calls`;

/** Checks each field by itself, so that one bad value hides no other problem. Bad values are left out of `fields`. */
function checkFields(env: Environment): { fields: Partial<Fields>; problems: ConfigProblem[] } {
  const fields: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const [name, schema] of Object.entries(FIELDS.shape)) {
    const parsed = schema.safeParse(env[name] || undefined);
    if (parsed.success) fields[name] = parsed.data;
    else problems.push(fieldProblem(name, env[name], parsed.error.issues[0]?.message ?? 'is not valid'));
  }
  return { fields, problems };
}

/** Without keys everybody who reaches the listener could place calls. */
function exposure({ HOST: host }: Partial<Fields>, env: Environment): ConfigProblem[] {
  if (!host || isLoopbackHost(host) || env.API_KEYS) return [];
  const message = `is missing, but HOST=${host} can be reached from other machines. Set bearer keys separated by commas, or HOST=127.0.0.1.`;
  return [{ variable: 'API_KEYS', message }];
}

const providersAreLocal = (fields: Partial<Fields>): boolean =>
  [fields.TWILIO_API_BASE_URL, fields.ELEVENLABS_API_BASE_URL].every((url) => url && isLoopbackUrl(url));

/** Providers must be able to reach us, unless they are played on this machine. */
function reachability(fields: Partial<Fields>, env: Environment): ConfigProblem[] {
  if (providersAreLocal(fields)) return [];
  const remedy = 'Set the https address at which the providers reach this API, for example that of a tunnel.';
  const problems: ConfigProblem[] = [];
  if (!env.PUBLIC_URL) {
    problems.push({
      variable: 'PUBLIC_URL',
      message: `is missing, and its default means this machine only. ${remedy}`,
    });
  }
  for (const variable of ['PUBLIC_URL', 'BRIDGE_PUBLIC_URL'] as const) {
    const url = fields[variable];
    if (url && isLoopbackUrl(url)) {
      problems.push({ variable, message: `is "${url}", which means this machine only. ${remedy}` });
    }
  }
  return problems;
}

/** The console and the API answer at the root of a name; behind a prefix the console's page would find neither. */
function pathPrefix({ PUBLIC_URL: url }: Partial<Fields>): ConfigProblem[] {
  const { host, pathname } = new URL(url ?? 'http://localhost');
  if (pathname === '/') return [];
  const message = `has the path ${pathname}; Vocero needs a name without one. Give it its own host name, such as https://vocero.${host}, and let the proxy forward every path.`;
  return [{ variable: 'PUBLIC_URL', message }];
}

/** Long enough against guesses at the permitted rate of wrong keys. */
const KEY_CHARACTERS = 16;

const keyOf = (one: string | NamedKey): string => (typeof one === 'string' ? one : one.key);

function operatorNames(keys: readonly NamedKey[] = []): ReadonlyMap<string, string> | undefined {
  const named = keys.flatMap(({ key, name }) => (name === undefined ? [] : [[key, name] as const]));
  return named.length > 0 ? new Map(named) : undefined;
}

/** Keys that users choose themselves; providers choose the others. */
const MADE_BY_HAND = ['API_KEYS', 'OPERATOR_KEYS', 'ELEVENLABS_TOOL_SECRET'] as const;

function warningsOf(mode: Mode, fields: Fields): string[] {
  const warnings: string[] = [];
  if (fields.BRIDGE_ECONOMY !== undefined) warnings.push('BRIDGE_ECONOMY is the old name of BRIDGE_FRAME_BATCHING.');
  for (const name of MADE_BY_HAND) {
    const shortest = Math.min(...[fields[name] ?? []].flat().map((one) => keyOf(one).length));
    if (shortest < KEY_CHARACTERS)
      warnings.push(
        `${name} has a key of fewer than ${KEY_CHARACTERS} characters, which can be guessed: openssl rand -hex 24 makes one.`,
      );
  }
  if (mode === 'sandbox' && fields.PUBLIC_URL)
    warnings.push('PUBLIC_URL is not used: the sandbox runs on this machine.');
  if (mode === 'simulation' && fields.ELEVENLABS_PHONE_NUMBER_ID) {
    warnings.push('ELEVENLABS_PHONE_NUMBER_ID is not used: without Twilio’s variables only simulations run.');
  }
  if (mode === 'live' && fields.PUBLIC_URL?.startsWith('http:') && !isLoopbackUrl(fields.PUBLIC_URL)) {
    warnings.push('PUBLIC_URL is http: Twilio refuses media streams without TLS, so Option B will not work.');
  }
  // A proxy that replaces the requested name by this machine's own admits everybody who knows the address.
  const open = !fields.API_KEYS?.length && !fields.OPERATOR_KEYS?.length;
  if (mode !== 'sandbox' && open && fields.PUBLIC_URL && !isLoopbackUrl(fields.PUBLIC_URL))
    warnings.push(
      'API_KEYS and OPERATOR_KEYS are not set, and PUBLIC_URL is reached from outside: behind a proxy or tunnel that rewrites the Host header anybody could place bookings. Set them.',
    );
  return warnings;
}

/** SQLite resolves a path against each process's working directory; all processes must use the same file. */
function absoluteDatabase(url: string | undefined, folder: string): string | undefined {
  if (!url?.startsWith('file:')) return url;
  const path = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
  return `file:${isAbsolute(path) ? path : resolve(folder, path)}`;
}
