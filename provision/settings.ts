import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { InboundCalls, TwilioConfig } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { ConfigError, type ConfigProblem } from '../config/error.ts';
import { fieldProblems } from '../config/field-problem.ts';
import { isLoopbackUrl } from '../config/loopback.ts';
import { FIELDS } from '../config/schema.ts';

/** The settings for the set-up. It needs fewer than running does: the ids and one secret are its results. */
export interface ProvisionSettings {
  /** Base URL at which the providers reach the API, without a slash at the end. */
  publicUrl: string;
  elevenlabs: {
    apiKey: string;
    apiBaseUrl?: string | undefined;
    agentId?: string | undefined;
    receptionistAgentId?: string | undefined;
    phoneNumberId?: string | undefined;
    webhookSecret?: string | undefined;
    toolSecret?: string | undefined;
  };
  /** Time that the agent waits on hold. */
  holdSeconds: number;
  /** undefined: no telephony, so there is no number to import. */
  twilio?: TwilioConfig | undefined;
  /** The side that answers calls to our number; default: ElevenLabs. */
  inboundCalls?: InboundCalls | undefined;
  /** Holds the lock file and the settings that were sent, in the format of the provider's own command line. */
  folder: string;
}

const SCHEMA = FIELDS.pick({
  PUBLIC_URL: true,
  DATA_DIR: true,
  HOLD_SECONDS: true,
  TWILIO_ACCOUNT_SID: true,
  TWILIO_AUTH_TOKEN: true,
  TWILIO_PHONE_NUMBER: true,
  TWILIO_API_BASE_URL: true,
  ELEVENLABS_API_KEY: true,
  ELEVENLABS_API_BASE_URL: true,
  ELEVENLABS_AGENT_ID: true,
  ELEVENLABS_RECEPTIONIST_AGENT_ID: true,
  ELEVENLABS_PHONE_NUMBER_ID: true,
  ELEVENLABS_WEBHOOK_SECRET: true,
  ELEVENLABS_TOOL_SECRET: true,
  INBOUND_CALLS: true,
});
type Given = z.output<typeof SCHEMA>;

/**
 * The settings of `vocero provision`, from the same variables as the product's own. Relative paths are taken from `folder`.
 * @throws ConfigError with every problem, each with its variable and its remedy.
 */
export function provisionSettings(env: Environment, folder: string): ProvisionSettings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const parsed = SCHEMA.safeParse(set);
  if (!parsed.success) throw new ConfigError(fieldProblems(parsed.error, set));
  const given = parsed.data;
  const problems = missing(given);
  if (problems.length > 0) throw new ConfigError(problems);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_PHONE_NUMBER: phoneNumber } = given;
  return {
    publicUrl: given.PUBLIC_URL!,
    holdSeconds: given.HOLD_SECONDS,
    elevenlabs: {
      apiKey: given.ELEVENLABS_API_KEY!,
      apiBaseUrl: given.ELEVENLABS_API_BASE_URL,
      agentId: given.ELEVENLABS_AGENT_ID,
      receptionistAgentId: given.ELEVENLABS_RECEPTIONIST_AGENT_ID,
      phoneNumberId: given.ELEVENLABS_PHONE_NUMBER_ID,
      webhookSecret: given.ELEVENLABS_WEBHOOK_SECRET,
      toolSecret: given.ELEVENLABS_TOOL_SECRET,
    },
    twilio:
      accountSid && authToken && phoneNumber
        ? { accountSid, authToken, phoneNumber, apiBaseUrl: given.TWILIO_API_BASE_URL }
        : undefined,
    inboundCalls: given.INBOUND_CALLS,
    folder: join(resolve(folder, given.DATA_DIR), 'provision'),
  };
}

function missing(given: Given): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const { PUBLIC_URL: url, ELEVENLABS_API_BASE_URL: api } = given;
  if (!given.ELEVENLABS_API_KEY) {
    const message = 'is missing: create a key at ElevenLabs that may change agents, tools, secrets and webhooks.';
    problems.push({ variable: 'ELEVENLABS_API_KEY', message });
  }
  if (!url) {
    problems.push({
      variable: 'PUBLIC_URL',
      message: 'is missing: the agent’s tool and webhooks post to this URL.',
    });
  } else if (isLoopbackUrl(url) && !(api && isLoopbackUrl(api))) {
    const message = `is "${url}", an address of this machine: ElevenLabs cannot reach it. Give a public URL, for example that of a tunnel.`;
    problems.push({ variable: 'PUBLIC_URL', message });
  }
  const twilio = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER'] as const;
  if (twilio.some((name) => given[name])) {
    for (const variable of twilio.filter((name) => !given[name])) {
      problems.push({
        variable,
        message: 'is missing: set all three of Twilio’s variables, or none to set up the agents alone.',
      });
    }
  }
  return problems;
}
