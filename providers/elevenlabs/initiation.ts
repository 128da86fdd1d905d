import type { BookingOrder } from '../../domain/order.ts';
import {
  firstMessage,
  receptionistDays,
  receptionistGreeting,
  receptionistPrompt,
  spoken,
} from '../../domain/prompts.ts';
import { toldDays } from '../../domain/told-days.ts';
import type { AgentCheck } from './agent-check.ts';
import { languageOverride, talkLanguage } from './languages.ts';

/**
 * A person's words as a value: double braces would name a variable, should the provider ever fill in a text that it has
 * filled in already.
 */
const value = (words: string | undefined): string => (words ?? '').replace(/\{(?=\{)/g, '{ ');

/** What a talk depends on beside its order. */
interface TalkSetting {
  /** The agent as it was read; undefined: nothing is known of it. */
  agent?: AgentCheck | undefined;
  /** When it begins, in Unix ms; default: now. */
  at?: number | undefined;
}

/** All dynamic variables, always: a missing one keeps the conversation from starting. */
export function dynamicVariables(
  order: BookingOrder,
  callId: string,
  { agent, at = Date.now() }: TalkSetting = {},
): Record<string, string> {
  const { service_type, preferred_date, preferred_time, user_name, special_requests } = order.request;
  return {
    service_type: value(service_type),
    preferred_date: value(preferred_date),
    preferred_time: value(preferred_time),
    user_name: value(user_name),
    special_requests: value(special_requests),
    ...toldDays(order, at, spoken(talkLanguage(order.language, agent))),
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

/** What the order itself overrides at this agent. A first message is always preceded by the disclosure. */
export function overridesOf(order: BookingOrder, agent?: AgentCheck): Overrides {
  return {
    prompt: order.agent?.prompt || undefined,
    first_message: order.agent?.first_message?.trim() ? firstMessage(order) : undefined,
    language: languageOverride(order.language, agent),
  };
}

/** As it goes over the wire; undefined when nothing is overridden, because every override must be permitted by the agent. */
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
 * The first message of an agent socket (`conversation_initiation_client_data`). The leg's cap is Twilio's TimeLimit there,
 * so no maximum duration is sent.
 */
export function conversationInit(
  order: BookingOrder,
  callId: string,
  setting: TalkSetting = {},
): Record<string, unknown> {
  const override = configOverride(overridesOf(order, setting.agent));
  return {
    type: 'conversation_initiation_client_data',
    ...(override ? { conversation_config_override: override } : {}),
    dynamic_variables: dynamicVariables(order, callId, setting),
    user_id: order.id,
  };
}

/**
 * The same for the receptionist of a simulation. It has no `call_id` and no `user_id`, so that neither its reports nor its
 * conversation can be taken for the caller's. An agent of its own brings its own prompt unless a scenario is prepared.
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
