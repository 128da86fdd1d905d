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

/** Overrides that the agents permit at the start of a conversation; default: all. */
export interface PermittedOverrides {
  first_message: boolean;
  language: boolean;
  prompt: boolean;
  max_duration_seconds: boolean;
}

export interface SandboxOptions extends Partial<Account> {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Default: loopback. Use no other: the sandbox trusts everybody who can reach it. */
  host?: string;
  /** The product's `PUBLIC_URL`, for report_result and the post-call webhooks. */
  publicUrl: string | (() => string);
  /** Reachable address of that URL's host, as behind a tunnel: `http://127.0.0.1:3000`. Signatures are computed over `publicUrl`. */
  reach?: string | (() => string);
  /** 1: people's natural pace (a booking takes about 15 seconds); 6: about 3 seconds. At most 6: faster speech is not understood. */
  pace?: number;
  /** Ringing time before the answer, at natural pace; 1500 ms. */
  ringMs?: number;
  overrides?: Partial<PermittedOverrides>;
  /** An empty ElevenLabs account: no agents, tools, webhooks, numbers. By default it is set up. */
  bare?: boolean;
  /** Called with a short line for each event; no numbers, no secrets. */
  log?: (line: string) => void;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** The given account values; the others are invented for this run. */
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

/** The product's provider variables, which point at the sandbox. */
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
