import type { PayloadCodec } from '@temporalio/common';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { AcceptingSettings } from '../accepting/settings.ts';
import type { Bridge } from '../bridge/interface.ts';
import type { Alarms } from '../delivery/alarms.ts';
import type { BatchGateway } from '../delivery/batch-gateway.ts';
import type { BookingGateway } from '../delivery/gateway.ts';
import type { Media, Provider } from '../domain/channels.ts';
import type { Rates } from '../domain/usage.ts';
import type { ElevenLabsAgents } from '../providers/interface.ts';
import type { Artifacts, Records } from '../records/interface.ts';
import type { ConsoleBundle } from './console/bundle.ts';
import type { Rate } from './rate-limit.ts';

export interface ApiSettings extends AcceptingSettings {
  /** Base URL of this API for the providers, without a slash at its end: signatures are computed over it. */
  publicUrl: string;
  /**
   * Bearer keys for `/v1/*`. Each sees its own bookings. When these and `operatorKeys` are empty, the API is open to everybody who can
   * connect.
   */
  apiKeys: string[];
  /** Keys that may edit the do-not-call list. They see all bookings, unless they are API keys too. */
  operatorKeys: string[];
  /** Names of operators by their keys; keys without a name are absent. */
  operatorNames?: ReadonlyMap<string, string> | undefined;
  /** Bearer secret of `report_result`; undefined: every request is refused. */
  toolSecret?: string | undefined;
  /** HMAC secret of the post-call webhook; undefined: every request is refused. */
  webhookSecret?: string | undefined;
  /** Key of Twilio's signatures; undefined: every request is refused. */
  twilioAuthToken?: string | undefined;
  /** Origins of Temporal UIs that may use the codec server. */
  temporalUiOrigins?: string[] | undefined;
  /** ISO 3166 code of our caller number's country. Numbers without a country code are assumed to be there. */
  homeCountry?: string | undefined;
  /** URL of a run in Temporal's web UI; `ID` stands for the booking's id. Undefined: not known. */
  temporalUi?: string | undefined;
  /** All hashes under which a number may be stored, the current one first. */
  phoneHashes: (phone: string) => string[];
  /** Keyed hash of an API key. It names the owner of the key's bookings. */
  ownerHash: (key: string) => string;
  /** Keyed hash: signs the tokens of checked bookings. */
  signCheck: (text: string) => string;
  /** Requests per key; default 200 a second, 1,000 at once. */
  rate?: Rate | undefined;
  /** Wrong keys per address; default 1 a second, 20 at once. */
  wrongKeys?: Rate | undefined;
  /** Proxies whose `X-Forwarded-For` is believed; default: none. */
  trustedProxies?: string[] | undefined;
  /** Lifetime of collected metrics, in milliseconds; default 1,000. */
  metricsFreshMs?: number | undefined;
  /** `/metrics` is served by another listener: this one does not know it. */
  metricsApart?: boolean | undefined;
  /** Our numbers, E.164. */
  callers?: readonly string[] | undefined;
  /** Prices of the estimates; undefined: none are made. */
  rates?: Rates | undefined;
  /** Maximum of concurrent calls at a provider; absent: no limit. */
  callsAtOnce?: Partial<Record<Provider, number | undefined>> | undefined;
  /** Maximum of open event streams in this process; default 200. Each key may use half of those that other keys leave. */
  maxEventStreams?: number | undefined;
}

/** Time limits of a connection, in milliseconds. */
export interface Patience {
  /** Until the header fields have arrived, counted from the first expected byte. */
  headersMs: number;
  /** Until the whole request has arrived. */
  requestMs: number;
  /** Without a byte in either direction, also between two requests. */
  idleMs: number;
  /** Interval of the check of the first two. */
  checkMs: number;
}

export interface ApiDeps {
  /** The operators' web page; undefined: a page that explains how to use the API. */
  console?: ConsoleBundle | undefined;
  settings: ApiSettings;
  gateway: BookingGateway;
  batches: BatchGateway;
  alarms: Alarms;
  records: Records;
  artifacts: Artifacts;
  /** For the codec server; undefined: payloads are not encrypted, and there is no codec server. */
  codec?: PayloadCodec | undefined;
  /** Only where the media plane runs in this process. */
  bridge?: Bridge | undefined;
  /** Id of that bridge, as other processes know it. */
  bridgeId?: string | undefined;
  /** The language in which a talk is held when the requested one is not available; undefined: the agent's languages are unknown. */
  languageInstead?: ElevenLabsAgents['languageInstead'] | undefined;
  /** Registers calls with ElevenLabs and lists the conversations that it joined to calls; undefined: not configured. */
  registration?: Pick<ElevenLabsAgents, 'registerCall' | 'conversationsOf'> | undefined;
  /** Prepares talks with callers of a number at ElevenLabs; undefined: not configured. */
  answering?: Pick<ElevenLabsAgents, 'inboundInit' | 'strangerInit'> | undefined;
  /** Has a business of the sandbox call our number. Undefined: the providers are real. Throws Unavailable. */
  ringBack?: ((phone: string, media: Media | null) => Promise<void>) | undefined;
  log: FastifyBaseLogger;
  metrics: Registry;
  /** Called for each call whose instructions Twilio requests again, because its stream has ended. */
  resumed?: ((callId: string) => void) | undefined;
  /** False while the process is about to end: new bookings are answered 503, everything else continues. */
  accepting?: (() => boolean) | undefined;
  /** Milliseconds since 1970; default: the clock. */
  now?: (() => number) | undefined;
  patience?: Patience | undefined;
}
