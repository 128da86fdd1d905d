import { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import { createBridge, type MeteredBridge } from '../bridge/bridge.ts';
import { Presence } from '../bridge/presence.ts';
import type { Config } from '../config/config.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import type { Alarms } from '../delivery/alarms.ts';
import { callReporter } from '../delivery/call-reporter.ts';
import type { BookingGateway } from '../delivery/gateway.ts';
import { temporalGateway } from '../delivery/temporal-gateway.ts';
import { within } from '../delivery/within.ts';
import { createProviders, type ProviderClients } from '../providers/create.ts';
import { verifyStreamSignature } from '../providers/webhooks/index.ts';
import type { Stores } from '../records/stores.ts';
import { dataConverter } from '../temporal/data-converter.ts';
import { neededQueues } from '../temporal/pollers.ts';

/** The check of the agent must not delay the start any longer. */
const AGENT_CHECK_MS = 2_500;

export interface MediaContext {
  config: Config;
  temporal: TemporalConnection;
  stores: Stores;
  alarms: Alarms;
  log: Logger;
}

export interface MediaParts {
  client: Client;
  gateway: BookingGateway;
  providers: ProviderClients;
  /** undefined without telephony, and if streams go to separate bridges. */
  bridge: MeteredBridge | undefined;
  /** This bridge's id for the other processes. */
  bridgeId: string | undefined;
  /**
   * From now on this bridge gets no new stream. Live talks get `graceMs` milliseconds to end by themselves; then another bridge takes
   * them over. Resolves to the calls whose streams were closed: Twilio asks for their instructions again.
   */
  closeStreams(graceMs: number): Promise<string[]>;
  /** Call it after `closeStreams`: closes the connections to the other processes. */
  close(): Promise<void>;
}

/** Logs at the start which overrides the agent does not permit, and its languages: a call that sends any other would fail. */
async function forbiddenOverrides(config: Config, providers: ProviderClients, log: Logger): Promise<string[]> {
  const { elevenlabs } = providers;
  if (!elevenlabs || !config.elevenlabs) return [];
  try {
    const check = await within(AGENT_CHECK_MS, elevenlabs.agentCheck(config.elevenlabs.agentId));
    if (check && check.forbidden_overrides.length > 0) {
      log.warn(
        { overrides: check.forbidden_overrides },
        'the agent does not permit these overrides: calls with their own prompt or first message will fail, and no booking can choose its language; permit them on the agent',
      );
    }
    const [own, ...others] = check?.languages ?? [];
    if (own) {
      const told = `the agent speaks ${[own, ...others].join(', ')}: bookings in another language are held in ${own}`;
      if (others.length > 0) log.info(told);
      else log.warn(`${told}; add language presets to the agent`);
    }
    return check?.forbidden_overrides ?? ['first_message'];
  } catch (error) {
    log.warn({ err: error }, 'could not check the agent at ElevenLabs');
    return ['first_message'];
  }
}

function bridgeOf(
  { config, stores, alarms, log }: MediaContext,
  { twilio, elevenlabs }: ProviderClients,
  gateway: BookingGateway,
  forbidden: string[],
): MeteredBridge | undefined {
  if (!twilio || !elevenlabs || !config.twilio || !config.elevenlabs) return undefined;
  const { authToken } = config.twilio;
  return createBridge({
    records: stores.records,
    artifacts: stores.artifacts,
    reporter: callReporter({ gateway, records: stores.records, alarms }),
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
    recording: config.bridge.recording,
    firstWords: config.bridge.firstWords,
    limits: {
      frameBatching: config.bridge.frameBatching,
      warmAgent: config.bridge.warmAgent,
      holdMs: config.holdSeconds * 1000,
    },
    firstMessageOverride: !forbidden.some((name) => name.endsWith('first_message')),
    log,
  });
}

/** Shared by the API and a separate bridge: the connection to Temporal, the providers, the media plane. */
export async function connectMedia(context: MediaContext, hostsCalls: boolean): Promise<MediaParts> {
  const { config, temporal, stores, log } = context;
  const providers = createProviders(config);
  const [connection, forbidden] = await Promise.all([
    Connection.connect(temporal.connectionOptions),
    forbiddenOverrides(config, providers, log),
  ]);
  const client = new Client({
    connection,
    namespace: temporal.namespace,
    dataConverter: dataConverter(config.temporal.payloadKeys),
  });
  const gateway = temporalGateway({ client, queues: neededQueues(config.temporal, config.available), log });
  const bridge = hostsCalls ? bridgeOf(context, providers, gateway, forbidden) : undefined;
  const { records } = stores;
  const presence = bridge && (await Presence.announce({ bridge, records, url: config.streamUrl, log }));
  return {
    client,
    gateway,
    providers,
    bridge,
    bridgeId: presence?.id,
    async closeStreams(graceMs) {
      await presence?.drain();
      return (await bridge?.close(graceMs)) ?? [];
    },
    async close() {
      await presence?.leave();
      await connection.close();
    },
  };
}

/** The media plane in a separate process. */
export async function startMediaPlane(
  context: MediaContext,
): Promise<{ bridge: MeteredBridge; close(graceMs: number): Promise<void> }> {
  const { bridge, closeStreams, close } = await connectMedia(context, true);
  if (!bridge) throw new Error('a bridge needs the credentials of both Twilio and ElevenLabs');
  return {
    bridge,
    async close(graceMs) {
      await closeStreams(graceMs);
      await close();
    },
  };
}
