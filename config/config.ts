import type { Channel, Provider } from '../domain/channels.ts';
import type { CallingWindow, HolidayPolicy, ProofPolicy } from '../domain/order.ts';
import type { Rates } from '../domain/usage.ts';
import type { TemporalConnection } from './temporal-connection.ts';

/**
 * - `sandbox`: no provider credentials; both providers are played locally.
 * - `live`: all of Twilio's and ElevenLabs'; phones ring.
 * - `simulation`: ElevenLabs' alone; only Option C runs.
 */
export type Mode = 'sandbox' | 'live' | 'simulation';

/** The side that answers calls to our number: ElevenLabs, whose import takes the number over, or Twilio, with our own page. */
export const INBOUND_CALLS = ['elevenlabs', 'twilio'] as const;
export type InboundCalls = (typeof INBOUND_CALLS)[number];

/** The dials of a database that a start recognises as restored or copied: they wait for an operator, or leave as usual. */
export const AFTER_RESTORE = ['hold', 'dial'] as const;

export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  /** Caller number, E.164. */
  phoneNumber: string;
  /** Another host with the REST API; undefined: Twilio's own. */
  apiBaseUrl?: string | undefined;
}

interface ElevenLabsConfig {
  apiKey: string;
  /** Agent id of the caller. */
  agentId: string;
  /** The imported number from which native calls are placed; always set in sandbox and live mode. */
  phoneNumberId?: string | undefined;
  /** Agent id of the receptionist; undefined: the caller agent with a receptionist's prompt. */
  receptionistAgentId?: string | undefined;
  /** HMAC secret of the post-call webhook; always set in sandbox and live mode. */
  webhookSecret?: string | undefined;
  /** Bearer secret of the agent's server tool; always set in sandbox and live mode. */
  toolSecret?: string | undefined;
  /** Another host with the REST and WebSocket APIs; undefined: ElevenLabs' own. */
  apiBaseUrl?: string | undefined;
}

export interface ProvidersConfig {
  twilio?: TwilioConfig | undefined;
  elevenlabs?: ElevenLabsConfig | undefined;
}

/** Export of traces over OTLP. */
export interface TracingConfig {
  /** Base URL of a collector, without a slash at its end. */
  endpoint: string;
  /** The only one that is spoken. */
  protocol: 'http/protobuf';
  headers: Record<string, string>;
  serviceName?: string | undefined;
  resourceAttributes: Record<string, string>;
  /** Share of bookings whose traces are exported, 0 to 1. */
  share: number;
}

/** All settings of the environment, checked and with their defaults. Times are in seconds where the name says so. */
export interface Config extends ProvidersConfig {
  mode: Mode;
  /** True in the sandbox: every result is a simulation. */
  simulated: boolean;
  /** Both providers are played on this machine: in the sandbox, or by base URLs on loopback. */
  providersAreLocal: boolean;
  /** Channels that this deployment can use. */
  available: Channel[];

  http: { host: string; port: number };
  /** Base URL of the API for the providers, without a slash at its end. */
  publicUrl: string;
  /** Base URL of this process's streams: `ws:` or `wss:`, without a slash at its end. */
  streamUrl: string;
  streamSignature: 'log' | 'require';
  bridge: {
    /** Streams have their own address: an API that runs alone leaves them to the bridge processes behind it. */
    elsewhere: boolean;
    /** Time for live talks after a bridge process is asked to stop. */
    drainSeconds: number;
    /** Sends frames two at a time; `auto`: under load. */
    frameBatching: 'auto' | 'on' | 'off';
    /** Records bridged calls. */
    recording: boolean;
    /** Opens the agent's socket while the phone rings. */
    warmAgent: boolean;
    /** The side that may speak first when the callee has answered. */
    firstWords: 'agent' | 'callee';
  };

  temporal: {
    /** undefined: an embedded dev server is started. */
    external?: TemporalConnection | undefined;
    namespace: string;
    /** Task queue of the workflows. */
    taskQueue: string;
    /** Task queue of hanging up and watching, which must not wait behind slow work. */
    callsQueue: string;
    /** Task queues of the dial activities, one per provider, each with its rate limit. */
    dialQueues: Record<Provider, string>;
    /** Worker Deployment of all builds of the workers. */
    deploymentName: string;
    /** Build of this process's workers; undefined: they are not versioned. */
    buildId?: string | undefined;
    /** Preferred port of the embedded dev server. */
    port: number;
    /** Preferred port of Temporal's web page, which the API shows to operators. */
    uiPort: number;
    /** Base URL of a UI server that only the API can reach; undefined: the page of an embedded dev server is shown. */
    uiServer?: string | undefined;
    /** Origins of Temporal UIs that may decrypt payloads, in addition to that of an embedded server. */
    uiOrigins: string[];
    /** Encryption keys of the payloads: the first encrypts, all decrypt. Empty: payloads are not encrypted. */
    payloadKeys: Buffer[];
    /** Base URL of Temporal's web page, for links; undefined: that of the embedded dev server, if there is one. */
    uiUrl?: string | undefined;
  };
  /** Maximum of dials per second at a provider, over all workers and channels. */
  callsPerSecond: Record<Provider, number>;

  /** Maximum of concurrent calls at a provider, over all workers; undefined: no limit of ours. */
  callsAtOnce: Record<Provider, number | undefined>;

  access: {
    /** Bearer keys for `/v1/*`; empty: open (on a loopback host only). */
    apiKeys: string[];
    /** Keys that see all bookings. */
    operatorKeys: string[];
    /** Names of operators by their keys; undefined: no key has one. */
    operatorNames?: ReadonlyMap<string, string> | undefined;
    /** Addresses and networks of proxies whose `X-Forwarded-For` is believed; undefined: none. */
    trustedProxies?: string[] | undefined;
  };

  callingWindow: CallingWindow;
  /** Whether businesses are called on public holidays. */
  callingHolidays: HolidayPolicy;
  /** ISO 3166 country codes that may be dialed; undefined: all. */
  allowedCountries?: string[] | undefined;
  /** Maximum of open bookings of one API key, and of one number of that key. */
  openBounds: { key: number; number: number };
  /** Days after which a final booking is erased; undefined: never. */
  retentionDays?: number | undefined;
  reconcileSeconds: number;
  settleSeconds: number;
  /** Time that the agent waits on hold before it gives up. */
  holdSeconds: number;
  /** Whether a confirmation stands without a transcript. */
  requireProof: ProofPolicy;
  /** The side that answers calls to our number. */
  inboundCalls: InboundCalls;
  /** Time from an outcome to its first comparison with the providers' lists. */
  auditSeconds: number;

  /** `postgres://…` or `file:/absolute/path`. */
  databaseUrl: string;
  /** Absolute path. */
  dataDir: string;
  /** Whether dials wait for an operator on a database that was restored or copied. */
  afterRestore: (typeof AFTER_RESTORE)[number];
  /** From the environment; `openSecrets` supplies the missing ones. */
  secrets: { hashKey?: string | undefined; callbackSecret?: string | undefined };
  /** Former keys, and lost ones, for a change of keys. */
  formerKeys: { hashKeys: string[]; callbackSecrets: string[]; lost: LosableKey[] };

  log: { level: LogLevel };
  worker: {
    concurrentActivities: number;
    concurrentWorkflowTasks: number;
    /** Open workflows in memory. Others are read again from Temporal when they get an event. */
    cachedWorkflows: number;
    /** Port on which a separate worker process answers `GET /healthz`; undefined: it does not listen. */
    healthPort?: number | undefined;
    /** Port of the worker's Prometheus metrics. */
    metricsPort?: number | undefined;
  };

  /** Port of a listener that serves `GET /metrics` alone; undefined: the API and bridges serve it beside everything else. */
  metricsPort?: number | undefined;
  /** Where traces go; undefined: nowhere. */
  tracing?: TracingConfig | undefined;
  /** Prices of the estimate, for a minute; undefined: no estimate is made. */
  rates?: Rates | undefined;

  /** Settings that are accepted, with a warning at start-up. */
  warnings: string[];
}

/** Keys that may be replaced after a loss. */
export const LOSABLE_KEYS = ['callback', 'payload'] as const;
export type LosableKey = (typeof LOSABLE_KEYS)[number];

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];
