import type { World } from '../world.ts';

/** The sandbox's two agents, as `GET agents/{id}` shows them; undefined for any other id. */
export function agentView(world: World, id: string): Record<string, unknown> | undefined {
  const { agentId, receptionistAgentId } = world.account;
  if (id !== agentId && id !== receptionistAgentId) return undefined;
  const receptionist = id === receptionistAgentId && id !== agentId;
  const { overrides } = world;
  return {
    agent_id: id,
    name: receptionist ? 'Recepcionista' : 'Vocero',
    conversation_config: {
      asr: { quality: 'high', provider: 'elevenlabs', user_input_audio_format: 'ulaw_8000', keywords: [] },
      turn: { turn_timeout: 7, silence_end_call_timeout: -1, mode: 'turn' },
      tts: {
        model_id: 'eleven_flash_v2_5',
        voice_id: receptionist ? 'voice_sandbox_recepcionista' : 'voice_sandbox_vocero',
        agent_output_audio_format: 'ulaw_8000',
      },
      conversation: { text_only: false, max_duration_seconds: 600, client_events: CLIENT_EVENTS },
      language_presets: {},
      agent: {
        first_message: receptionist ? 'Consultorio dental, buenos días.' : 'Hola, soy Vocero, un asistente virtual.',
        language: 'es',
        dynamic_variables: { dynamic_variable_placeholders: {} },
        prompt: {
          prompt: receptionist ? 'Sos la recepcionista de un consultorio.' : 'Sos Vocero. Pedís turnos por teléfono.',
          llm: 'gemini-2.5-flash',
          temperature: 0,
          max_tokens: -1,
          tool_ids: receptionist ? [] : ['tool_sandbox_report_result'],
          mcp_server_ids: [],
          native_mcp_server_ids: [],
          knowledge_base: [],
        },
      },
    },
    metadata: { created_at_unix_secs: 1_760_000_000, updated_at_unix_secs: 1_760_000_000 },
    platform_settings: {
      auth: { enable_auth: true, allowlist: [] },
      overrides: {
        conversation_config_override: {
          agent: {
            first_message: overrides.first_message,
            language: overrides.language,
            prompt: { prompt: overrides.prompt },
          },
          conversation: { max_duration_seconds: overrides.max_duration_seconds },
        },
      },
    },
    phone_numbers: [],
    workflow: { edges: {}, nodes: {}, prevent_subagent_loops: false },
    access_info: null,
    tags: [],
  };
}

const CLIENT_EVENTS = [
  'audio',
  'interruption',
  'user_transcript',
  'agent_response',
  'agent_response_correction',
  'conversation_initiation_metadata',
  'ping',
];
