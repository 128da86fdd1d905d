import type { Channel, Provider } from '../domain/channels.ts';
import type { CallingWindow, ProofPolicy } from '../domain/order.ts';
import type { TemporalConnection } from './temporal-connection.ts';

/**
 * - `sandbox`: no provider credentials; both providers are played locally.
 * - `live`: all of Twilio's and ElevenLabs'; phones ring.
 * - `simulation`: ElevenLabs' alone; only Option C runs.
 */
export type Mode = 'sandbox' | 'live' | 'simulation';

export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  /** Caller number, E.164. */
  phoneNumber: string;
  /** Another host that serves the REST API; undefined: Twilio's own. */
  apiBaseUrl?: string | undefined;
}

interface ElevenLabsConfig {
  apiKey: string;
  /** The caller agent (Vocero). */
  agentId: string;
  /** The imported number that native calls leave from; always there in sandbox and live mode. */
  phoneNumberId?: string | undefined;
  /** The second agent (Recepcionista); undefined: the caller agent with a receptionist's prompt. */
  receptionistAgentId?: string | undefined;
  /** HMAC secret of the post-call webhook; always there in sandbox and live mode. */
  webhookSecret?: string | undefined;
  /** Bearer secret of the agent's server tool; always there in sandbox and live mode. */
  toolSecret?: string | undefined;
  /** Another host that serves the REST and WebSocket APIs; undefined: ElevenLabs' own. */
  apiBaseUrl?: string | undefined;
}

export interface ProvidersConfig {
  twilio?: TwilioConfig | undefined;
  elevenlabs?: ElevenLabsConfig | undefined;
}

/** Everything that the environment decides, checked and with its defaults. Times in seconds where named so. */
export interface Config extends ProvidersConfig {
  mode: Mode;
  /** True in the sandbox: whatever is made here is a simulation. */
  simulated: boolean;
  /** Both providers are played on this machine: the sandbox, or base URLs that lead to loopback. */
  playedHere: boolean;
  /** Channels that this deployment can use at all. */
  available: Channel[];

  http: { host: string; port: number };
  /** Base URL at which providers reach the API; no slash at its end. */
  publicUrl: string;
  /** Base URL of this process's streams: `ws:` or `wss:`, no slash at its end. */
  streamUrl: string;
  streamSignature: 'log' | 'require';
  bridge: {
    /** Streams have an address of their own: an API that runs alone leaves them to the processes behind it. */
    elsewhere: boolean;
    /** How long a bridge process that is told to end lets live talks go on. */
    drainSeconds: number;
    /** Whether frames are sent two at a time; `auto`: under load. */
    economy: 'auto' | 'on' | 'off';
    /** Bridged calls are recorded. */
    recording: boolean;
    /** The agent's socket is opened while the phone rings. */
    warmAgent: boolean;
  };

  temporal: {
    /** undefined: an embedded dev server is started. */
    external?: TemporalConnection | undefined;
    namespace: string;
    /** Task queue of the workflows. */
    taskQueue: string;
    /** Task queues of the dial activities, one per provider, each with its rate limit. */
    dialQueues: Record<Provider, string>;
    /** Worker Deployment that all builds of the workers belong to. */
    deploymentName: string;
    /** Which build this process's workers are; undefined: they are not versioned. */
    buildId?: string | undefined;
    /** Preferred port of the embedded dev server. */
    port: number;
    /** Preferred port of Temporal's web page, as the API shows it to operators. */
    uiPort: number;
    /** Base URL of a server of that page which only the API can reach; undefined: it shows that of an embedded dev server. */
    uiServer?: string | undefined;
    /** Origins of Temporal UIs that may have payloads decrypted, besides that of an embedded server. */
    uiOrigins: string[];
    /** Keys of the payloads' encryption: the first encrypts, all decrypt. Empty: payloads are not encrypted. */
    payloadKeys: Buffer[];
    /** Base URL of Temporal's web page, for links; undefined: that of the embedded dev server, if there is one. */
    uiUrl?: string | undefined;
  };
  /** Dials a second that are asked of a provider, over all workers and channels. */
  callsPerSecond: Record<Provider, number>;

  /** Calls that a provider's account may have at once, over all workers; undefined: no limit of ours. */
  callsAtOnce: Record<Provider, number | undefined>;

  access: {
    /** Bearer keys for `/v1/*`; empty: open (only on a loopback host). */
    apiKeys: string[];
    /** Keys that see all bookings. */
    operatorKeys: string[];
    /** Addresses and networks of proxies that say truly for whom they ask; undefined: none. */
    trustedProxies?: string[] | undefined;
  };

  callingWindow: CallingWindow;
  /** ISO 3166 country codes that may be dialed; undefined: all. */
  allowedCountries?: string[] | undefined;
  /** How many bookings of one API key, and of one number of that key, may be open at once. */
  openBounds: { key: number; number: number };
  /** Bookings are erased when they have been final for so long; undefined: kept for ever. */
  retentionDays?: number | undefined;
  reconcileSeconds: number;
  settleSeconds: number;
  /** Whether a confirmation stands of which no transcript is to be had. */
  requireProof: ProofPolicy;
  /** How long after an outcome the providers' lists are held against it for the first time. */
  auditSeconds: number;

  /** `postgres://…` or `file:/absolute/path`. */
  databaseUrl: string;
  /** Absolute path. */
  dataDir: string;
  /** Given in the environment; what is missing comes from `openSecrets`. */
  secrets: { hashKey?: string | undefined; callbackSecret?: string | undefined };
  /** Keys that were in use before, and those that are lost: how a key is changed. */
  formerKeys: { hashKeys: string[]; callbackSecrets: string[]; lost: LosableKey[] };

  log: { level: LogLevel };
  worker: {
    concurrentActivities: number;
    concurrentWorkflowTasks: number;
    /** Open workflows that stay in memory; the others are read again from Temporal when something happens to them. */
    cachedWorkflows: number;
    /** A worker process of its own answers `GET /healthz` here; undefined: it does not listen. */
    healthPort?: number | undefined;
    /** Where the worker serves Prometheus metrics. */
    metricsPort?: number | undefined;
  };

  /** Settings that are accepted and deserve a word at start-up. */
  warnings: string[];
}

/** Keys whose loss can be lived with: the present ones may take their place. */
export const LOSABLE_KEYS = ['callback', 'payload'] as const;
export type LosableKey = (typeof LOSABLE_KEYS)[number];

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];
