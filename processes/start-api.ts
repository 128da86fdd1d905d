import { collectDefaultMetrics, Registry } from 'prom-client';
import { checkSigner } from '../accepting/check-token.ts';
import { ownerHasher } from '../accepting/keyed-hashes.ts';
import type { AcceptingSettings } from '../accepting/settings.ts';
import { acceptingSettings } from '../accepting/settings-of.ts';
import { buildApp } from '../api/app.ts';
import { askedAgain, closeServer } from '../api/closing.ts';
import { openConsole } from '../api/console/bundle.ts';
import type { ApiSettings } from '../api/deps.ts';
import { elsewhereMetrics } from '../api/elsewhere-metrics.ts';
import { startServer } from '../api/server.ts';
import type { UiBackend } from '../api/temporal-ui/backend.ts';
import { temporalDoor } from '../api/temporal-ui/door.ts';
import { listenForUi, type UiListener } from '../api/temporal-ui/listen.ts';
import { bridgeMetrics } from '../bridge/metrics.ts';
import { accountsOf } from '../config/accounts.ts';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import { VERSION } from '../config/version.ts';
import { alarmCounter } from '../delivery/alarm-counter.ts';
import { Alarms } from '../delivery/alarms.ts';
import { batchGateway } from '../delivery/batch-gateway.ts';
import { buildInfo } from '../delivery/build-info.ts';
import { failureCounter } from '../delivery/failure-counter.ts';
import { hangUpLiveCalls } from '../delivery/live-calls.ts';
import { mindStorage } from '../delivery/mind-storage.ts';
import { untilPolled } from '../delivery/unpolled.ts';
import { holidayCalendar } from '../domain/holiday-calendar.ts';
import { countryOf } from '../domain/phone-number.ts';
import { prepareToRead } from '../domain/wished-day.ts';
import { phoneHashesFinder } from '../records/phone-hash.ts';
import type { Hold } from '../records/ports/installation.ts';
import { payloadCodec } from '../temporal/payload-codec.ts';
import { connectMedia, type MediaContext } from './media-plane.ts';
import { sandboxRingBack } from './sandbox-ring-back.ts';
import { serveApart } from './serve-apart.ts';

/** When the API closes, remaining talks get this long to end by themselves; live calls were hung up before. */
const STREAM_GRACE_MS = 1_000;
/** Dials begin after the worker's first look, which has 5 s; then Temporal has to see the polls. */
const POLLED_MS = 15_000;

export interface ApiContext extends Omit<MediaContext, 'alarms'> {
  secrets: Secrets;
  /** The URL of an embedded Temporal's web page. */
  temporalUi?: string | undefined;
  /** Its listener, and the source of its answers. */
  uiDoor?: { listener: UiListener; backend: UiBackend } | undefined;
  /** Whether dials were held when the process began. */
  restore?: { hold: Hold | undefined } | undefined;
  /** No worker runs in this process, which would look after the storage. */
  alone?: boolean | undefined;
}

export interface RunningApi {
  port: number;
  /** Waits until workers poll every task queue that bookings need, for a limited time. Returns notes on those that nobody polls. */
  polled(): Promise<string[]>;
  /** From now on new bookings get `503`; everything else goes on. */
  refuseBookings(): void;
  /** Hangs up live calls until none is left and `dialsOver` has resolved, or the API is closed; returns the number of calls. */
  hangUpLiveCalls(dialsOver: Promise<unknown>): Promise<number>;
  /** Live talks get `graceMs` milliseconds to end by themselves; then another bridge takes them over. */
  close(graceMs?: number): Promise<void>;
}

function settingsOf(
  config: Config,
  secrets: Secrets,
  accepting: AcceptingSettings,
  embeddedUi: string | undefined,
): ApiSettings {
  const ui = config.temporal.uiUrl ?? embeddedUi;
  return {
    ...accepting,
    temporalUi: ui && `${ui}/namespaces/${config.temporal.namespace}/workflows/ID`,
    publicUrl: config.publicUrl,
    apiKeys: config.access.apiKeys,
    operatorKeys: config.access.operatorKeys,
    operatorNames: config.access.operatorNames,
    trustedProxies: config.access.trustedProxies,
    toolSecret: config.elevenlabs?.toolSecret,
    webhookSecret: config.elevenlabs?.webhookSecret,
    twilioAuthToken: config.twilio?.authToken,
    temporalUiOrigins: config.temporal.uiOrigins,
    homeCountry: config.twilio && countryOf(config.twilio.phoneNumber),
    phoneHashes: phoneHashesFinder(secrets.hashKey),
    ownerHash: ownerHasher(secrets.hashKey),
    metricsApart: config.metricsPort !== undefined,
    rates: config.rates,
    callers: config.twilio && [config.twilio.phoneNumber],
    callsAtOnce: config.callsAtOnce,
    signCheck: checkSigner(secrets.hashKey),
  };
}

/** The listener for a Temporal web page that has a separate server, which only this process can reach. */
async function ownDoor({ http, temporal }: Config): Promise<ApiContext['uiDoor']> {
  const { uiServer, uiPort } = temporal;
  return uiServer
    ? { listener: await listenForUi(uiPort, { host: http.host }), backend: { server: uiServer } }
    : undefined;
}

/** True as well without a database: a hint that nobody misses must not end the process. */
async function seesBridge({ stores, log }: ApiContext): Promise<boolean> {
  try {
    return await stores.records.hasBridge(new Date().toISOString());
  } catch (error) {
    log.warn({ err: error }, 'could not look for a bridge process');
    return true;
  }
}

/** While the dials of a restored or copied database are held, the live calls that it knows are those of the other installation. */
const othersCall = async ({ restore, stores }: ApiContext): Promise<boolean> =>
  restore?.hold !== undefined && (await stores.records.installation()).hold !== undefined;

/**
 * Starts the API, with the media plane inside it if there is telephony and it `hostsCalls`; resolves when it listens.
 * @throws Error when it cannot connect to Temporal or listen
 * @example
 * ```ts
 * const api = await startApi({ config, secrets, temporal, stores, log }, true);
 * console.log(`http://${config.http.host}:${api.port}`);
 * await api.close(5_000);
 * ```
 */
export async function startApi(context: ApiContext, hostsCalls: boolean): Promise<RunningApi> {
  const { config, secrets, stores, log } = context;
  const opening = openConsole().catch((error: unknown) => {
    log.warn({ err: error }, 'could not build the console: the API runs without it');
    return undefined;
  });
  const metrics = new Registry();
  const alarms = new Alarms({ log, count: alarmCounter(metrics) });
  stores.onFailure?.(failureCounter(metrics));
  const media = await connectMedia({ ...context, alarms }, hostsCalls);
  const { gateway, providers, bridge, bridgeId, closeStreams, close } = media;
  // Loaded now, so that it does not delay audio frames later.
  prepareToRead();
  collectDefaultMetrics({ register: metrics });
  buildInfo(metrics, VERSION);
  elsewhereMetrics(metrics, stores.records, accountsOf(config));
  if (bridge) bridgeMetrics(metrics, bridge);
  else if (config.twilio && !(await seesBridge(context))) {
    log.warn(
      'BRIDGE_PUBLIC_URL sends the streams to bridge processes, but none is running yet: start them with npm run bridge',
    );
  }
  const minded = context.alone ? mindStorage({ ...stores, alarms, log }) : undefined;
  let accepting = true;
  const holidays = await holidayCalendar(config.callingHolidays);
  const settings = settingsOf(config, secrets, acceptingSettings(config, secrets, holidays), context.temporalUi);
  const again = askedAgain();
  const closing = new AbortController();
  const app = await buildApp({
    settings,
    gateway,
    batches: batchGateway(media.client, config.temporal.taskQueue),
    alarms,
    records: stores.records,
    artifacts: stores.artifacts,
    codec: config.temporal.payloadKeys.length > 0 ? payloadCodec(config.temporal.payloadKeys) : undefined,
    console: await opening,
    bridge,
    bridgeId,
    languageInstead: providers.elevenlabs?.languageInstead,
    registration: providers.elevenlabs,
    answering: providers.elevenlabs,
    ringBack: sandboxRingBack(config),
    log,
    metrics,
    accepting: () => accepting,
    resumed: again.note,
  });
  const { port } = await startServer(app, { ...config.http, bridge });
  const apart = await serveApart(config.metricsPort, metrics);
  const door = context.uiDoor ?? (await ownDoor(config));
  const { uiUrl } = config.temporal;
  door?.listener.serve(temporalDoor(door.backend, { ...settings, consolePort: port, uiUrl }, stores.records));
  return {
    port,
    async polled() {
      const missing = await untilPolled(gateway, POLLED_MS);
      return missing === undefined ? [] : [`${missing}: new bookings wait until one does (see /readyz)`];
    },
    refuseBookings() {
      accepting = false;
    },
    async hangUpLiveCalls(dialsOver) {
      if (await othersCall(context)) return 0;
      return hangUpLiveCalls({
        records: stores.records,
        gateway,
        twilio: providers.twilio,
        accounts: accountsOf(config),
        alarms,
        dialsOver,
        signal: closing.signal,
      });
    },
    async close(graceMs = STREAM_GRACE_MS) {
      accepting = false;
      closing.abort();
      await minded?.stop();
      // The streams first, while Twilio still gets its answers here: the server closes only after its last stream.
      await again.all(await closeStreams(graceMs));
      await door?.listener.close();
      await apart?.close();
      await closeServer(app);
      await close();
    },
  };
}
