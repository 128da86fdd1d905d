import { z } from 'zod';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { isInboundCall } from '../../domain/ids.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { policyOf } from '../../domain/policy.ts';
import { AT_BRIDGE, AT_PROVIDER } from '../../domain/ring-back.ts';
import { type ElevenLabsAgents, type PhoneDial, ProviderUnreachable } from '../interface.ts';
import { readAgent } from './agent-check.ts';
import { runAgentTest } from './agent-test.ts';
import { classifyElevenLabsDial, classifyOutboundAnswer, type OutboundAnswer } from './classify.ts';
import { connectElevenLabs, type Heard, listening, readJson } from './client.ts';
import {
  conversation,
  conversationAudio,
  conversationIdsOf,
  conversationsOf,
  eraseConversation,
  signedUrl,
} from './conversations.ts';
import { voiceDialogue } from './dialogue.ts';
import { conversationInit, dynamicVariables, type Overrides, overridesOf, receptionistInit } from './initiation.ts';
import { languageInstead } from './languages.ts';
import { registerCall } from './register-call.ts';
import { rememberAgent } from './remember-agent.ts';
import { strangerInit } from './stranger.ts';

export interface ElevenLabsOptions {
  apiKey: string;
  /** Agent id of the caller. */
  agentId: string;
  /** Id of the imported number, `phnum_…`. Without it there are no native calls. */
  phoneNumberId?: string | undefined;
  /** Agent id of the receptionist in simulations. Its voice speaks for the business. */
  receptionistAgentId?: string | undefined;
  /** Another host with ElevenLabs' REST API. */
  apiBaseUrl?: string | undefined;
  timeoutMs?: number | undefined;
  /** Time that the agent waits on hold, in seconds. */
  holdSeconds?: number | undefined;
  /** Interval of looks at a running agent test. */
  testPollMs?: number | undefined;
}

/** The overrides in the form of an outbound call; undefined without any. */
function overrideOf({ prompt, first_message, language, max_duration_seconds }: Overrides) {
  const agent = {
    ...(prompt === undefined ? {} : { prompt: { prompt } }),
    ...(first_message === undefined ? {} : { first_message }),
    ...(language === undefined ? {} : { language }),
  };
  const override = {
    ...(Object.keys(agent).length > 0 ? { agent } : {}),
    ...(max_duration_seconds === undefined ? {} : { conversation: { max_duration_seconds } }),
  };
  return Object.keys(override).length > 0 ? override : undefined;
}

/** The body of a 200 that the SDK could not read, if it is an object. */
function answerIn(body: string | undefined): OutboundAnswer | undefined {
  const answer = body === undefined ? undefined : readJson(body);
  return typeof answer === 'object' && answer !== null ? answer : undefined;
}

/** Any other answer is not reliable: `unknown`, with the ids that it has. */
const OUTBOUND_ANSWER = z.looseObject({
  success: z.boolean(),
  message: z.string(),
  conversation_id: z.string().nullish(),
  callSid: z.string().nullish(),
});

/** Longest talk of a business that calls us, in seconds. */
const inboundCap = (order: BookingOrder, channel: PhoneChannel): number => policyOf(order, channel).max_call_seconds;

/** ElevenLabs Agents over the official SDK's transport: one request per step, never retried. */
export function createElevenLabs(options: ElevenLabsOptions): ElevenLabsAgents {
  const connection = connectElevenLabs({ ...options, timeoutMs: options.timeoutMs ?? 30_000 });
  const { agentId, phoneNumberId, receptionistAgentId, holdSeconds } = options;
  const caller = rememberAgent(() => readAgent(connection, agentId));
  const receptionist = receptionistAgentId
    ? rememberAgent(() => readAgent(connection, receptionistAgentId))
    : undefined;

  async function dial({ order, call_id, ring_seconds, max_call_seconds }: PhoneDial): Promise<DialResult> {
    if (!phoneNumberId) {
      const problem = { code: 'not_configured', message: 'ELEVENLABS_PHONE_NUMBER_ID is not set.' };
      return { proves: 'channel_refused', problem };
    }
    const agent = await caller.soon();
    const overrides = overridesOf(order, agent);
    const mayCap = agent && !agent.forbidden_overrides.includes('conversation.max_duration_seconds');
    if (mayCap) overrides.max_duration_seconds = max_call_seconds;
    const override = overrideOf(overrides);
    const heard: Heard = {};
    try {
      const answer = await listening(heard, () =>
        connection.send('POST', 'v1/convai/twilio/outbound-call', {
          agent_id: agentId,
          agent_phone_number_id: phoneNumberId,
          to_number: order.business.phone,
          telephony_call_config: {
            ringing_timeout_secs: ring_seconds,
            // The verdict comes as a separate webhook and delays nothing.
            twilio_machine_detection: { mode: 'enable' },
          },
          conversation_initiation_client_data: {
            ...(override ? { conversation_config_override: override } : {}),
            user_id: order.id,
            dynamic_variables: dynamicVariables(order, call_id, { agent, holdSeconds }),
          },
        }),
      );
      return classifyOutboundAnswer(OUTBOUND_ANSWER.parse(await answer.json()));
    } catch (error) {
      return classifyElevenLabsDial(error, { ...heard, answer: answerIn(heard.body) }, Date.now());
    }
  }

  async function voices(): Promise<{ agent: string; business: string }> {
    const vocero = await caller.read();
    const other = receptionist ? await receptionist.read() : vocero;
    const agent = vocero.voice_id ?? other.voice_id;
    if (!agent) throw new ProviderUnreachable({ code: 'elevenlabs_agent', message: 'The agent names no voice.' });
    return { agent, business: other.voice_id ?? agent };
  }

  return {
    dial,
    conversation: (conversationId) => conversation(connection, conversationId),
    conversationsOf: (bookingId, since) => conversationsOf(connection, bookingId, since),
    conversationIdsOf: (bookingId, since) => conversationIdsOf(connection, bookingId, since),
    eraseConversation: (conversationId) => eraseConversation(connection, conversationId),
    conversationAudio: (conversationId) => conversationAudio(connection, conversationId),
    signedUrl: (id) => signedUrl(connection, id),
    conversationInit: (order, callId) =>
      conversationInit(order, callId, {
        agent: caller.now(),
        media: 'bridge',
        holdSeconds,
        max_duration_seconds: isInboundCall(callId) ? inboundCap(order, AT_BRIDGE) : undefined,
      }),
    async inboundInit(order, callId) {
      const agent = await caller.soon();
      return conversationInit(order, callId, {
        agent,
        holdSeconds,
        max_duration_seconds: inboundCap(order, AT_PROVIDER),
      });
    },
    async strangerInit(callId, language) {
      return strangerInit(callId, language, await caller.soon());
    },
    async receptionistInit(order) {
      // Also reads the caller's agent, so that it is known when its socket opens.
      const [own, other] = await Promise.all([caller.soon(), receptionist?.soon()]);
      return receptionistInit(order, receptionist !== undefined, { agent: receptionist ? other : own });
    },
    registerCall: (call) => registerCall(connection, agentId, call, { agent: caller.now(), holdSeconds }),
    languageInstead: (language) => languageInstead(language, caller.now()),
    agentCheck: (id) => (id === agentId ? caller.read() : readAgent(connection, id)),
    agentTest: (order, callId) => runAgentTest(connection, agentId, order, callId, options.testPollMs),
    dialogue: async (turns, language) => voiceDialogue(connection, turns, language, await voices()),
  };
}
