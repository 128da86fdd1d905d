import type { CallOrder } from '../../domain/call-order.ts';
import type { Media } from '../../domain/channels.ts';
import { isInboundCall } from '../../domain/ids.ts';
import { DEFAULT_HOLD_SECONDS, KEYS_TOOLS } from '../../domain/line-tools.ts';
import type { BookingOrder } from '../../domain/order.ts';
import {
  callbackReason,
  firstMessage,
  ownPrompt,
  receptionistDays,
  receptionistGreeting,
  receptionistPrompt,
  spoken,
} from '../../domain/prompts.ts';
import { ringBackMessage } from '../../domain/ring-back-words.ts';
import { toldAcceptable } from '../../domain/told-acceptable.ts';
import { toldDays } from '../../domain/told-days.ts';
import type { AgentCheck } from './agent-check.ts';
import { languageOverride, talkLanguage } from './languages.ts';

/** Text from a person as a value. Double braces would be read as a variable if the provider expanded a value again. */
const value = (words: string | undefined): string => (words ?? '').replace(/\{(?=\{)/g, '{ ');

/** Settings of a talk in addition to its order. */
export interface TalkSetting {
  /** The agent's settings; undefined: unknown. */
  agent?: AgentCheck | undefined;
  /** Start of the talk in Unix milliseconds; default: now. */
  at?: number | undefined;
  /** The side that carries the audio decides which tool presses keys; default: the provider. */
  media?: Media | undefined;
  /** Time that the agent waits on hold, in seconds. */
  holdSeconds?: number | undefined;
  /** Longest talk, for a call that has no other cap at its provider: one that we did not place. */
  max_duration_seconds?: number | undefined;
}

/** All dynamic variables: a missing one prevents the conversation from starting. */
export function dynamicVariables(
  order: CallOrder,
  callId: string,
  { agent, at = Date.now(), media = 'provider', holdSeconds = DEFAULT_HOLD_SECONDS }: TalkSetting = {},
): Record<string, string> {
  const { service_type, preferred_date, preferred_time, user_name, special_requests, acceptable } = order.request;
  const language = spoken(talkLanguage(order.language, agent));
  return {
    service_type: value(service_type),
    preferred_date: value(preferred_date),
    preferred_time: value(preferred_time),
    user_name: value(user_name),
    special_requests: value(special_requests),
    hold_seconds: String(holdSeconds),
    keys_tool: KEYS_TOOLS[media],
    acceptable: toldAcceptable(acceptable, language),
    callback_reason: callbackReason(order, language),
    ...toldDays(order, at, language),
    booking_id: order.id,
    call_id: callId,
  };
}

export interface Overrides {
  prompt?: string | undefined;
  first_message?: string | undefined;
  language?: string | undefined;
  max_duration_seconds?: number | undefined;
}

/** The order's own overrides for this agent. The disclosure always precedes a first message. */
export function overridesOf(order: CallOrder, agent?: AgentCheck): Overrides {
  return {
    prompt: ownPrompt(order),
    first_message: order.agent?.first_message?.trim() ? firstMessage(order) : undefined,
    language: languageOverride(order.language, agent),
  };
}

/** Overrides in the format of the wire; undefined without any, because the agent must permit every override. */
function configOverride(overrides: Overrides): Record<string, unknown> | undefined {
  const agent = {
    ...(overrides.prompt === undefined ? {} : { prompt: { prompt: overrides.prompt } }),
    ...(overrides.first_message === undefined ? {} : { first_message: overrides.first_message }),
    ...(overrides.language === undefined ? {} : { language: overrides.language }),
  };
  const conversation =
    overrides.max_duration_seconds === undefined ? {} : { max_duration_seconds: overrides.max_duration_seconds };
  const config = {
    ...(Object.keys(agent).length > 0 ? { agent } : {}),
    ...(Object.keys(conversation).length > 0 ? { conversation } : {}),
  };
  return Object.keys(config).length > 0 ? config : undefined;
}

/**
 * The init message of an agent socket (`conversation_initiation_client_data`). Twilio's TimeLimit caps the leg, so no maximum duration is
 * sent.
 */
export function conversationInit(order: CallOrder, callId: string, setting: TalkSetting = {}): Record<string, unknown> {
  const { agent } = setting;
  const mayOpen = agent !== undefined && !agent.forbidden_overrides.includes('agent.first_message');
  const opening = isInboundCall(callId) && mayOpen ? { first_message: ringBackMessage(order) } : {};
  const mayCap = agent !== undefined && !agent.forbidden_overrides.includes('conversation.max_duration_seconds');
  const cap = mayCap ? { max_duration_seconds: setting.max_duration_seconds } : {};
  const override = configOverride({ ...overridesOf(order, agent), ...opening, ...cap });
  return {
    type: 'conversation_initiation_client_data',
    ...(override ? { conversation_config_override: override } : {}),
    dynamic_variables: dynamicVariables(order, callId, setting),
    user_id: order.id,
  };
}

/**
 * The init message of the receptionist in a simulation. It has no `call_id` and no `user_id`, so that neither its reports nor its
 * conversation can be mistaken for the caller's. A separate receptionist agent keeps its own prompt, unless a scenario is prepared.
 */
export function receptionistInit(
  order: BookingOrder,
  ownAgent: boolean,
  setting: TalkSetting = {},
): Record<string, unknown> {
  const scripted = !ownAgent || Boolean(order.escalation.simulation.scenario?.trim());
  const override = configOverride({
    prompt: scripted ? `${receptionistPrompt(order)}\n${receptionistDays(order)}` : undefined,
    first_message: ownAgent ? undefined : receptionistGreeting(order),
    language: languageOverride(order.language, setting.agent),
  });
  return {
    type: 'conversation_initiation_client_data',
    ...(override ? { conversation_config_override: override } : {}),
    dynamic_variables: { ...dynamicVariables(order, '', setting), booking_id: '' },
  };
}
