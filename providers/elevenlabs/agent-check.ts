import { z } from 'zod';
import { ProviderUnreachable } from '../interface.ts';
import type { ElevenLabsConnection } from './client.ts';

/** Every override that a booking can make use of, as the agent's settings name it. */
export const WANTED_OVERRIDES = [
  'agent.prompt.prompt',
  'agent.first_message',
  'agent.language',
  'conversation.max_duration_seconds',
] as const;

const tree = z.record(z.string(), z.unknown()).nullish().catch(undefined);
const text = z.string().optional().catch(undefined);

const agentBody = z.looseObject({
  name: z.string().catch('').default(''),
  conversation_config: z
    .looseObject({
      asr: z.looseObject({ user_input_audio_format: text }).nullish().catch(undefined),
      tts: z.looseObject({ agent_output_audio_format: text, voice_id: text }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  platform_settings: z
    .looseObject({ overrides: z.looseObject({ conversation_config_override: tree }).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

export interface AgentCheck {
  name: string;
  /** Wanted overrides that the agent does not permit: a call that sends one of them fails. */
  forbidden_overrides: string[];
  input_format?: string;
  output_format?: string;
  voice_id?: string;
}

/** Overrides are off unless the agent's settings switch each of them on. */
function permits(settings: unknown, path: string): boolean {
  let at = settings;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return at === true;
}

/** Reads the agent. Throws ProviderUnreachable, also when there is no such agent. */
export async function readAgent(connection: ElevenLabsConnection, agentId: string): Promise<AgentCheck> {
  const raw = await connection.getJson(`v1/convai/agents/${encodeURIComponent(agentId)}`);
  const parsed = agentBody.safeParse(raw);
  if (raw === undefined || !parsed.success) {
    const message = raw === undefined ? `There is no agent ${agentId}.` : 'The agent could not be read.';
    throw new ProviderUnreachable({ code: 'elevenlabs_agent', message });
  }
  const { name, conversation_config: config, platform_settings: platform } = parsed.data;
  const overrides = platform?.overrides?.conversation_config_override;
  return {
    name,
    forbidden_overrides: WANTED_OVERRIDES.filter((path) => !permits(overrides, path)),
    input_format: config?.asr?.user_input_audio_format,
    output_format: config?.tts?.agent_output_audio_format,
    voice_id: config?.tts?.voice_id,
  };
}

/** How long an agent's settings are taken as read, and how soon after a failure they are read again. */
const FRESH_MS = 600_000;
const AGAIN_MS = 30_000;
/** A dial waits no longer than this for an agent that was not read yet. */
const PATIENCE_MS = 2_000;

/**
 * Remembers whether the agent permits the cap of a call to be overridden. A call that sends an override which is not
 * permitted fails, so the cap is sent only when the agent's settings are known to allow it; otherwise the agent's own
 * `max_duration_seconds` is the provider's cap, beside the workflow's timer.
 */
export function rememberCapPermission(read: () => Promise<AgentCheck>): () => Promise<boolean> {
  let known: { permitted: boolean; until: number } | undefined;
  let reading: Promise<boolean> | undefined;

  const refresh = (): Promise<boolean> => {
    reading ??= read()
      .then((agent) => {
        const permitted = !agent.forbidden_overrides.includes('conversation.max_duration_seconds');
        known = { permitted, until: Date.now() + FRESH_MS };
        return permitted;
      })
      .catch(() => {
        known = { permitted: false, until: Date.now() + AGAIN_MS };
        return false;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  return async () => {
    if (known && Date.now() < known.until) return known.permitted;
    let timer: NodeJS.Timeout | undefined;
    const impatient = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(known?.permitted ?? false), PATIENCE_MS);
    });
    return Promise.race([refresh(), impatient]).finally(() => clearTimeout(timer));
  };
}
