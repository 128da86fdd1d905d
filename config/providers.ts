import type { Config, ProvidersConfig } from './config.ts';
import type { Environment } from './environment.ts';
import { ConfigError } from './error.ts';
import { ELEVENLABS_NEEDS, TWILIO_NEEDS } from './mode.ts';
import { PROVIDER_FIELDS, type ProviderFields } from './schema.ts';

/** Settings of the provider clients, without providers that have no credentials. */
export function providersOf(fields: ProviderFields): ProvidersConfig {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_PHONE_NUMBER: phoneNumber } = fields;
  const { ELEVENLABS_API_KEY: apiKey, ELEVENLABS_AGENT_ID: agentId } = fields;
  return {
    twilio:
      accountSid && authToken && phoneNumber
        ? { accountSid, authToken, phoneNumber, apiBaseUrl: fields.TWILIO_API_BASE_URL }
        : undefined,
    elevenlabs:
      apiKey && agentId
        ? {
            apiKey,
            agentId,
            phoneNumberId: fields.ELEVENLABS_PHONE_NUMBER_ID,
            receptionistAgentId: fields.ELEVENLABS_RECEPTIONIST_AGENT_ID,
            webhookSecret: fields.ELEVENLABS_WEBHOOK_SECRET,
            toolSecret: fields.ELEVENLABS_TOOL_SECRET,
            apiBaseUrl: fields.ELEVENLABS_API_BASE_URL,
          }
        : undefined,
  };
}

/**
 * Adds the sandbox's provider variables to a sandbox configuration. Variables of the user play no part.
 * @throws ConfigError when one is missing or malformed
 */
export function withProviders(config: Config, env: Environment): Config {
  const missing = [...TWILIO_NEEDS, ...ELEVENLABS_NEEDS].filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new ConfigError(missing.map((variable) => ({ variable, message: 'was not made up by the sandbox.' })));
  }
  const parsed = PROVIDER_FIELDS.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      variable: String(path[0]),
      message: `of the sandbox ${message}.`,
    }));
    throw new ConfigError(problems);
  }
  return { ...config, ...providersOf(parsed.data) };
}
