import type { Account, PermittedOverrides } from '../options.ts';
import type { Agent, Json } from './resources.ts';

/** Fields of the sandbox agent's data collection, the same as those of provisioned agents. */
const ASKED = {
  appointment_date: { type: 'string', description: 'The day on which both sides agreed, as YYYY-MM-DD' },
  appointment_time: { type: 'string', description: 'Its time, as HH:MM' },
  appointment_confirmed: { type: 'boolean', description: 'Whether the business gave the appointment' },
};

const CLIENT_EVENTS = [
  'audio',
  'interruption',
  'user_transcript',
  'agent_response',
  'agent_response_correction',
  'conversation_initiation_metadata',
  'ping',
  'agent_tool_response',
];

/** Tools of the sandbox agent for holds and menus, the same as those of provisioned agents. */
const LINE_TOOLS = {
  skip_turn: {
    name: 'skip_turn',
    description: '',
    params: { system_tool_type: 'skip_turn', wait_timeout_secs: 180 },
  },
  play_keypad_touch_tone: {
    name: 'play_keypad_touch_tone',
    description: '',
    params: { system_tool_type: 'play_keypad_touch_tone' },
  },
};

/** The provider's defaults for a new agent. */
export const agentDefaults = (): { conversation_config: Json; platform_settings: Json } => ({
  conversation_config: {
    asr: { quality: 'high', provider: 'elevenlabs', user_input_audio_format: 'pcm_16000', keywords: [] },
    turn: { turn_timeout: 7, silence_end_call_timeout: -1 },
    tts: { model_id: 'eleven_flash_v2', voice_id: 'voice_sandbox_default', agent_output_audio_format: 'pcm_16000' },
    conversation: { text_only: false, max_duration_seconds: 600, client_events: CLIENT_EVENTS },
    language_presets: {},
    agent: {
      first_message: '',
      language: 'en',
      disable_first_message_interruptions: false,
      dynamic_variables: { dynamic_variable_placeholders: {} },
      prompt: {
        prompt: '',
        llm: 'gemini-2.5-flash',
        temperature: 0,
        max_tokens: -1,
        tool_ids: [],
        mcp_server_ids: [],
        native_mcp_server_ids: [],
        knowledge_base: [],
      },
    },
  },
  platform_settings: {
    auth: { enable_auth: false, allowlist: [] },
    overrides: {
      conversation_config_override: {},
      enable_conversation_initiation_client_data_from_webhook: false,
    },
    call_limits: { agent_concurrency_limit: -1, daily_limit: 100_000, bursting_enabled: true },
    queueing_config: { enabled: true },
    workspace_overrides: {},
  },
});

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `change` over `base`: objects field by field, other values as a whole. */
export function merged(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const out: Json = { ...base };
  for (const [name, value] of Object.entries(change)) out[name] = name in base ? merged(base[name], value) : value;
  return out;
}

/** The sandbox's two agents, so that a demo needs no set-up. */
export function sandboxAgents(account: Account, overrides: PermittedOverrides, now: number): Agent[] {
  const { agentId, receptionistAgentId } = account;
  const made = (id: string, receptionist: boolean): Agent => {
    const defaults = agentDefaults();
    const config = {
      asr: { user_input_audio_format: 'ulaw_8000' },
      tts: {
        model_id: 'eleven_flash_v2_5',
        voice_id: receptionist ? 'voice_sandbox_recepcionista' : 'voice_sandbox_vocero',
        agent_output_audio_format: 'ulaw_8000',
      },
      language_presets: { en: { overrides: { agent: { language: 'en' } } } },
      agent: {
        first_message: receptionist ? 'Consultorio dental, buenos días.' : 'Hola, soy Vocero, un asistente virtual.',
        language: 'es',
        prompt: {
          prompt: receptionist ? 'Sos la recepcionista de un consultorio.' : 'Sos Vocero. Pedís turnos por teléfono.',
          tool_ids: receptionist ? [] : ['tool_sandbox_report_result', 'tool_sandbox_press_keys'],
          ...(receptionist ? {} : { built_in_tools: LINE_TOOLS }),
        },
      },
    };
    const platform = {
      auth: { enable_auth: true },
      ...(receptionist ? {} : { data_collection: ASKED }),
      overrides: {
        enable_conversation_initiation_client_data_from_webhook: !receptionist,
        conversation_config_override: {
          agent: {
            first_message: overrides.first_message,
            language: overrides.language,
            prompt: { prompt: overrides.prompt },
          },
          conversation: { max_duration_seconds: overrides.max_duration_seconds },
        },
      },
    };
    return {
      id,
      name: receptionist ? 'Recepcionista' : 'Vocero',
      tags: [],
      conversation_config: merged(defaults.conversation_config, config) as Json,
      platform_settings: merged(defaults.platform_settings, platform) as Json,
      created: now,
      updated: now,
    };
  };
  const caller = made(agentId, false);
  return receptionistAgentId === agentId ? [caller] : [caller, made(receptionistAgentId, true)];
}
