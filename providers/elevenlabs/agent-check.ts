import { z } from 'zod';
import { ProviderUnreachable } from '../interface.ts';
import type { ElevenLabsConnection } from './client.ts';

/** All overrides that bookings can use, by the names in the agent's settings. */
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
      agent: z.looseObject({ language: text }).nullish().catch(undefined),
      language_presets: tree,
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
  /** Wanted overrides that the agent does not permit. A call that sends one of them fails. */
  forbidden_overrides: string[];
  /** Languages of the agent by ElevenLabs' codes, its own first; empty when its settings name none. */
  languages: string[];
  input_format?: string;
  output_format?: string;
  voice_id?: string;
}

/** Overrides are off unless the agent's settings enable them one by one. */
function permits(settings: unknown, path: string): boolean {
  let at = settings;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return at === true;
}

/**
 * Reads the agent.
 * @throws ProviderUnreachable, also when there is no such agent
 */
export async function readAgent(connection: ElevenLabsConnection, agentId: string): Promise<AgentCheck> {
  const raw = await connection.getJson(`v1/convai/agents/${encodeURIComponent(agentId)}`);
  const parsed = agentBody.safeParse(raw);
  if (raw === undefined || !parsed.success) {
    const message = raw === undefined ? `There is no agent ${agentId}.` : 'The agent could not be read.';
    throw new ProviderUnreachable({ code: 'elevenlabs_agent', message });
  }
  const { name, conversation_config: config, platform_settings: platform } = parsed.data;
  const own = config?.agent?.language;
  const overrides = platform?.overrides?.conversation_config_override;
  return {
    name,
    forbidden_overrides: WANTED_OVERRIDES.filter((path) => !permits(overrides, path)),
    languages: own ? [...new Set([own, ...Object.keys(config?.language_presets ?? {})])] : [],
    input_format: config?.asr?.user_input_audio_format,
    output_format: config?.tts?.agent_output_audio_format,
    voice_id: config?.tts?.voice_id,
  };
}
