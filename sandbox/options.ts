import { randomBytes } from 'node:crypto';

/** The account that both providers and the product share. */
export interface Account {
  twilioSid: string;
  twilioToken: string;
  twilioNumber: string;
  apiKey: string;
  agentId: string;
  receptionistAgentId: string;
  phoneNumberId: string;
  webhookSecret: string;
  toolSecret: string;
}

/** Overrides that the agents permit at the start of a conversation; all by default. */
export interface PermittedOverrides {
  first_message: boolean;
  language: boolean;
  prompt: boolean;
  max_duration_seconds: boolean;
}

export interface SandboxOptions extends Partial<Account> {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Loopback by default, and nothing else is wise: the sandbox trusts whoever reaches it. */
  host?: string;
  /** The product's `PUBLIC_URL`: where report_result and the post-call webhooks go. */
  publicUrl: string | (() => string);
  /** Where that URL's host is reached, as a tunnel does it: `http://127.0.0.1:3000`. Signatures stay those of `publicUrl`. */
  reach?: string | (() => string);
  /** 1 talks as people do (a booking takes some 15 seconds); 6 is over in about 3. At most 6: faster is not understood. */
  pace?: number;
  /** How long a phone rings before it is answered, at natural pace; 1500 ms. */
  ringMs?: number;
  overrides?: Partial<PermittedOverrides>;
  /** An ElevenLabs account with nothing in it yet: no agents, tools, webhooks, numbers. By default it is set up. */
  bare?: boolean;
  /** One short line for each thing that happens; no numbers, no secrets. */
  log?: (line: string) => void;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** The account values given, the others made up for this run. */
export function accountOf(given: Partial<Account>): Account {
  return {
    twilioSid: given.twilioSid ?? `AC${hex(16)}`,
    twilioToken: given.twilioToken ?? hex(16),
    twilioNumber: given.twilioNumber ?? '+15005550006',
    apiKey: given.apiKey ?? `sk_sandbox_${hex(12)}`,
    agentId: given.agentId ?? 'agent_sandbox_vocero',
    receptionistAgentId: given.receptionistAgentId ?? 'agent_sandbox_recepcionista',
    phoneNumberId: given.phoneNumberId ?? 'phnum_sandbox',
    webhookSecret: given.webhookSecret ?? `wsec_${hex(16)}`,
    toolSecret: given.toolSecret ?? hex(16),
  };
}

/** The product's provider variables that point at the sandbox. */
export function environment(account: Account, url: string): Record<string, string> {
  return {
    TWILIO_ACCOUNT_SID: account.twilioSid,
    TWILIO_AUTH_TOKEN: account.twilioToken,
    TWILIO_PHONE_NUMBER: account.twilioNumber,
    TWILIO_API_BASE_URL: url,
    ELEVENLABS_API_KEY: account.apiKey,
    ELEVENLABS_AGENT_ID: account.agentId,
    ELEVENLABS_RECEPTIONIST_AGENT_ID: account.receptionistAgentId,
    ELEVENLABS_PHONE_NUMBER_ID: account.phoneNumberId,
    ELEVENLABS_WEBHOOK_SECRET: account.webhookSecret,
    ELEVENLABS_TOOL_SECRET: account.toolSecret,
    ELEVENLABS_API_BASE_URL: url,
  };
}
