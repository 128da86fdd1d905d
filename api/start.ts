import { createHmac } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createBridge } from '../bridge/bridge.ts';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { createProviders, type ProviderClients } from '../providers/create.ts';
import { verifyStreamSignature } from '../providers/webhooks/index.ts';
import { phoneHasher } from '../records/phone-hash.ts';
import type { Stores } from '../records/stores.ts';
import { buildApp } from './app.ts';
import { temporalGateway } from './booking-gateway.ts';
import { callReporter } from './call-reporter.ts';
import type { ApiSettings, BookingGateway } from './deps.ts';
import { hangUpLiveCalls } from './live-calls.ts';
import { startServer } from './server.ts';

export interface ApiSurroundings {
  config: Config;
  secrets: Secrets;
  temporal: TemporalConnection;
  stores: Stores;
  log: Logger;
}

export interface RunningApi {
  port: number;
  /** From now on new bookings are answered `503`; everything else goes on. */
  refuseBookings(): void;
  /** Hangs up what is live; returns how many calls there were. */
  hangUpLiveCalls(): Promise<number>;
  close(): Promise<void>;
}

/** Live talks get this long to end by themselves when the media plane closes. */
const STREAM_GRACE_MS = 1_000;
/** The start-up check of the agent must not keep the API from listening. */
const AGENT_CHECK_MS = 2_500;

function settingsOf(config: Config, secrets: Secrets): ApiSettings {
  return {
    publicUrl: config.publicUrl,
    streamUrl: config.streamUrl,
    apiKeys: config.access.apiKeys,
    operatorKeys: config.access.operatorKeys,
    toolSecret: config.elevenlabs?.toolSecret,
    webhookSecret: config.elevenlabs?.webhookSecret,
    twilioAuthToken: config.twilio?.authToken,
    allowedCountries: config.allowedCountries,
    phoneHash: phoneHasher(secrets.hashKey),
    ownerHash: (key) => createHmac('sha256', secrets.hashKey).update(`owner\0${key}`).digest('hex'),
    booking: {
      reconcile_seconds: config.reconcileSeconds,
      settle_seconds: config.settleSeconds,
      calling_window: config.callingWindow,
      available: config.available,
      sandbox: config.simulated,
      dial_queues: config.temporal.dialQueues,
    },
  };
}

/** Which overrides the agent does not permit, said at start: a call that sends one of them would fail. */
async function checkAgent(config: Config, providers: ProviderClients, log: Logger): Promise<string[]> {
  const { elevenlabs } = providers;
  if (!elevenlabs || !config.elevenlabs) return [];
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, AGENT_CHECK_MS, undefined).unref());
  try {
    const check = await Promise.race([elevenlabs.agentCheck(config.elevenlabs.agentId), late]);
    if (check && check.forbidden_overrides.length > 0) {
      log.warn(
        { overrides: check.forbidden_overrides },
        'the agent does not permit these overrides: bookings that ask for them will fail; permit them on the agent',
      );
    }
    return check?.forbidden_overrides ?? ['first_message'];
  } catch (error) {
    log.warn({ err: error }, 'the agent could not be checked at ElevenLabs');
    return ['first_message'];
  }
}

function bridgeOf(
  surroundings: ApiSurroundings,
  providers: ProviderClients,
  gateway: BookingGateway,
  forbidden: string[],
) {
  const { config, stores, log } = surroundings;
  const { twilio, elevenlabs } = providers;
  if (!twilio || !elevenlabs || !config.twilio || !config.elevenlabs) return undefined;
  const { authToken } = config.twilio;
  return createBridge({
    records: stores.records,
    artifacts: stores.artifacts,
    reporter: callReporter({ gateway, records: stores.records }),
    agents: elevenlabs,
    agentId: config.elevenlabs.agentId,
    endCall: async (callSid) => {
      await twilio.hangUp(callSid, 'complete');
    },
    signature: {
      mode: config.streamSignature,
      verify(request) {
        const header = request.headers['x-twilio-signature'];
        const matched = verifyStreamSignature({
          authToken,
          publicUrl: config.streamUrl,
          originalUrl: request.url ?? '',
          signature: typeof header === 'string' ? header : undefined,
        });
        return matched === undefined ? { ok: false } : { ok: true, matched };
      },
    },
    firstMessageOverride: !forbidden.some((name) => name.endsWith('first_message')),
    log,
  });
}

/** Starts the API, with the media plane inside it where there is telephony; resolves when it listens. */
export async function startApi(surroundings: ApiSurroundings): Promise<RunningApi> {
  const { config, secrets, temporal, stores, log } = surroundings;
  const providers = createProviders(config);
  const [connection, forbidden] = await Promise.all([
    Connection.connect(temporal.connectionOptions),
    checkAgent(config, providers, log),
  ]);
  const client = new Client({ connection, namespace: temporal.namespace });
  const gateway = temporalGateway({ client, taskQueue: config.temporal.taskQueue, log });
  const bridge = bridgeOf(surroundings, providers, gateway, forbidden);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  let refusing = false;
  const app = await buildApp({
    settings: settingsOf(config, secrets),
    gateway,
    records: stores.records,
    artifacts: stores.artifacts,
    bridge,
    log,
    metrics,
    accepting: () => !refusing,
  });
  const { port } = await startServer(app, { ...config.http, bridge });
  return {
    port,
    refuseBookings() {
      refusing = true;
    },
    hangUpLiveCalls: () => hangUpLiveCalls({ records: stores.records, gateway, twilio: providers.twilio }),
    async close() {
      await bridge?.close(STREAM_GRACE_MS);
      await app.close();
      await connection.close();
    },
  };
}
