import { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import { createBridge, type MeteredBridge } from '../bridge/bridge.ts';
import type { Config } from '../config/config.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { createProviders, type ProviderClients } from '../providers/create.ts';
import { verifyStreamSignature } from '../providers/webhooks/index.ts';
import type { Stores } from '../records/stores.ts';
import { temporalGateway } from './booking-gateway.ts';
import { callReporter } from './call-reporter.ts';
import type { BookingGateway } from './deps.ts';

/** Live talks get this long to end by themselves when the media plane closes. */
const STREAM_GRACE_MS = 1_000;
/** The start-up check of the agent must not keep anybody from listening. */
const AGENT_CHECK_MS = 2_500;

export interface MediaSurroundings {
  config: Config;
  temporal: TemporalConnection;
  stores: Stores;
  log: Logger;
}

export interface MediaParts {
  client: Client;
  gateway: BookingGateway;
  providers: ProviderClients;
  /** undefined without telephony. */
  bridge: MeteredBridge | undefined;
  close(): Promise<void>;
}

/** Which overrides the agent does not permit, said at start: a call that sends one of them would fail. */
async function forbiddenOverrides(config: Config, providers: ProviderClients, log: Logger): Promise<string[]> {
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
  { config, stores, log }: MediaSurroundings,
  { twilio, elevenlabs }: ProviderClients,
  gateway: BookingGateway,
  forbidden: string[],
): MeteredBridge | undefined {
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

/** What the API and a bridge of its own have in common: the way to Temporal, the providers, the media plane. */
export async function connectMedia(surroundings: MediaSurroundings): Promise<MediaParts> {
  const { config, temporal, log } = surroundings;
  const providers = createProviders(config);
  const [connection, forbidden] = await Promise.all([
    Connection.connect(temporal.connectionOptions),
    forbiddenOverrides(config, providers, log),
  ]);
  const client = new Client({ connection, namespace: temporal.namespace });
  const gateway = temporalGateway({ client, taskQueue: config.temporal.taskQueue, log });
  const bridge = bridgeOf(surroundings, providers, gateway, forbidden);
  return {
    client,
    gateway,
    providers,
    bridge,
    async close() {
      await bridge?.close(STREAM_GRACE_MS);
      await connection.close();
    },
  };
}

/** The media plane of a process that serves nothing else. */
export async function startMediaPlane(
  surroundings: MediaSurroundings,
): Promise<{ bridge: MeteredBridge; close(): Promise<void> }> {
  const { bridge, close } = await connectMedia(surroundings);
  if (!bridge) throw new Error('a bridge needs the credentials of both Twilio and ElevenLabs');
  return { bridge, close };
}
