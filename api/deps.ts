import type { PayloadCodec } from '@temporalio/common';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { AcceptingSettings } from '../accepting/settings.ts';
import type { Bridge } from '../bridge/interface.ts';
import type { Alarms } from '../delivery/alarms.ts';
import type { BookingGateway } from '../delivery/gateway.ts';
import type { ElevenLabsAgents } from '../providers/interface.ts';
import type { Artifacts, Records } from '../records/interface.ts';
import type { ConsoleBundle } from './console/bundle.ts';
import type { Rate } from './rate-limit.ts';

export interface ApiSettings extends AcceptingSettings {
  /** Base URL at which providers reach this API, no slash at its end: signatures are made over it. */
  publicUrl: string;
  /** Bearer keys for `/v1/*`; each sees its own bookings. Empty together with `operatorKeys`: open to all who can connect. */
  apiKeys: string[];
  /** Keys that keep the do-not-call list and, unless they are API keys too, see all bookings. */
  operatorKeys: string[];
  /** Bearer secret of `report_result`; undefined: none is accepted. */
  toolSecret?: string | undefined;
  /** HMAC secret of the post-call webhook; undefined: none is accepted. */
  webhookSecret?: string | undefined;
  /** Key of Twilio's signatures; undefined: none is accepted. */
  twilioAuthToken?: string | undefined;
  /** Origins of Temporal UIs that may ask the codec server. */
  temporalUiOrigins?: string[] | undefined;
  /** ISO 3166 code of our caller number's country: where a number without a country code is looked for. */
  homeCountry?: string | undefined;
  /** Where Temporal's web page shows a run: `ID` stands for the booking's. Undefined: nowhere that is known. */
  temporalUi?: string | undefined;
  /** All hashes under which it may stand on record, that one first. */
  phoneHashes: (phone: string) => string[];
  /** Keyed hash of an API key: names the owner of its bookings. */
  ownerHash: (key: string) => string;
  /** Requests per key; default 200 a second, 1,000 at once. */
  rate?: Rate | undefined;
  /** Wrong keys per address; default 1 a second, 20 at once. */
  wrongKeys?: Rate | undefined;
  /** Proxies whose word on a client's address is taken (`X-Forwarded-For`); default: nobody's. */
  trustedProxies?: string[] | undefined;
  /** For how long a collection of metrics serves whoever asks, in milliseconds; default 1,000. */
  metricsFreshMs?: number | undefined;
  /** Event streams open at once in this process; default 200. Each key may have half of those that the others leave. */
  maxEventStreams?: number | undefined;
}

/** How long a connection may take, in milliseconds. */
export interface Patience {
  /** Until the header fields are there, counted from the first byte that is due. */
  headersMs: number;
  /** Until the whole request is there. */
  requestMs: number;
  /** Without a byte in either direction; also between two requests. */
  idleMs: number;
  /** How often the first two are looked at. */
  checkMs: number;
}

export interface ApiDeps {
  /** The operators' web page; undefined: a page that says how to use the API. */
  console?: ConsoleBundle | undefined;
  settings: ApiSettings;
  gateway: BookingGateway;
  alarms: Alarms;
  records: Records;
  artifacts: Artifacts;
  /** For the codec server; undefined: payloads are not encrypted and there is none. */
  codec?: PayloadCodec | undefined;
  /** Only where the media plane runs in this process. */
  bridge?: Bridge | undefined;
  /** By which the other processes know that bridge. */
  bridgeId?: string | undefined;
  /** In which language talks are held when this one is asked for and cannot be had; undefined: nothing is known of the agent. */
  languageInstead?: ElevenLabsAgents['languageInstead'] | undefined;
  /** Asks ElevenLabs to carry a call's sound, and which of its conversations it joined to calls; undefined: it is not configured. */
  registration?: Pick<ElevenLabsAgents, 'registerCall' | 'conversationsOf'> | undefined;
  log: FastifyBaseLogger;
  metrics: Registry;
  /** Hears of each call whose instructions Twilio asks for again, because its stream has ended. */
  resumed?: ((callId: string) => void) | undefined;
  /** False while the process is about to end: new bookings are answered 503, all else goes on. */
  accepting?: (() => boolean) | undefined;
  /** Milliseconds since 1970; default the clock. */
  now?: (() => number) | undefined;
  patience?: Patience | undefined;
}
