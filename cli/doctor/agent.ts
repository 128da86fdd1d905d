import { WANTED_OVERRIDES } from '../../providers/index.ts';
import { type Check, fail, inside, off, ok, type Patient, PROVISION, warn } from './check.ts';

const KEY = 'Correct ELEVENLABS_API_KEY; it must be allowed to read agents, tools, webhooks and phone numbers.';
const PHONE_FORMAT = 'ulaw_8000';
/** Any of these in the first words says that no person calls. */
const SAYS_IT_IS_AI = /inteligencia artificial|asistente virtual|\bAI\b|artificial intelligence|virtual assistant/i;

const callerOf = (patient: Patient) => patient.agent(patient.config.elevenlabs!.agentId);

const listOf = (settings: unknown, path: string): unknown[] => {
  const value = inside(settings, path);
  return Array.isArray(value) ? value : [];
};

export const AGENT: Check[] = [
  {
    name: 'ElevenLabs key',
    fix: KEY,
    async look({ workspace }) {
      await workspace.webhooks();
      return ok('accepted');
    },
  },
  {
    name: 'agent',
    fix: KEY,
    async look(patient) {
      const agent = await callerOf(patient);
      if (!agent)
        return fail('ELEVENLABS_AGENT_ID names no agent of this account', `Correct or unset it. ${PROVISION}`);
      return ok(String(agent.name));
    },
  },
  {
    name: 'overrides',
    fix: KEY,
    async look(patient) {
      const base = 'platform_settings.overrides.conversation_config_override';
      const agent = await callerOf(patient);
      const forbidden = WANTED_OVERRIDES.filter((path) => inside(agent, `${base}.${path}`) !== true);
      if (forbidden.length === 0) return ok('every override that a booking can send is permitted');
      return fail(`not permitted: ${forbidden.join(', ')}; a call that sends one fails`, PROVISION);
    },
  },
  {
    name: 'audio formats',
    fix: KEY,
    async look(patient) {
      const agent = await callerOf(patient);
      const input = inside(agent, 'conversation_config.asr.user_input_audio_format');
      const output = inside(agent, 'conversation_config.tts.agent_output_audio_format');
      if (input === PHONE_FORMAT && output === PHONE_FORMAT) return ok(`${PHONE_FORMAT} in and out, as on the phone`);
      return warn(`${input} in, ${output} out: the bridge converts, at some cost in sound and time`, PROVISION);
    },
  },
  {
    name: 'disclosure',
    fix: KEY,
    async look(patient) {
      const first = inside(await callerOf(patient), 'conversation_config.agent.first_message');
      if (typeof first === 'string' && SAYS_IT_IS_AI.test(first)) return ok('the first message says that an AI calls');
      return fail('the first message does not say that an AI calls', `docs/agent.md has one that does. ${PROVISION}`);
    },
  },
  {
    name: 'end of a call',
    fix: KEY,
    async look(patient) {
      const agent = await callerOf(patient);
      const lacks = [
        ...(inside(agent, 'conversation_config.agent.prompt.built_in_tools.end_call') ? [] : ['the tool end_call']),
        ...(Number(inside(agent, 'conversation_config.conversation.max_duration_seconds')) > 0
          ? []
          : ['a maximum duration']),
        ...(Number(inside(agent, 'conversation_config.turn.silence_end_call_timeout')) > 0
          ? []
          : ['a silence time-out']),
      ];
      if (lacks.length === 0) return ok('end_call, a maximum duration and a silence time-out');
      return fail(`it lacks ${lacks.join(', ')}: a call could go on for nobody`, PROVISION);
    },
  },
  {
    name: 'interruptions',
    fix: KEY,
    async look(patient) {
      const events = listOf(await callerOf(patient), 'conversation_config.conversation.client_events');
      // Without a list of its own the agent sends the provider's default ones, which have it.
      if (events.length === 0 || events.includes('interruption')) return ok('the bridge is told of them');
      return fail('the bridge is not told when somebody cuts in', PROVISION);
    },
  },
  {
    name: 'report_result',
    fix: KEY,
    look: reportTool,
  },
  {
    name: 'receptionist',
    fix: KEY,
    async look(patient) {
      const id = patient.config.elevenlabs!.receptionistAgentId;
      if (!id) return off('no agent of its own: the caller agent plays it');
      const agent = await patient.agent(id);
      if (!agent)
        return fail(
          'ELEVENLABS_RECEPTIONIST_AGENT_ID names no agent of this account',
          `Correct or unset it. ${PROVISION}`,
        );
      const base = 'platform_settings.overrides.conversation_config_override';
      const forbidden = ['agent.prompt.prompt', 'agent.language'].filter(
        (path) => inside(agent, `${base}.${path}`) !== true,
      );
      if (forbidden.length === 0) return ok(String(agent.name));
      return fail(`not permitted: ${forbidden.join(', ')}; a rehearsed simulation fails`, PROVISION);
    },
  },
];

async function reportTool(patient: Patient) {
  const { publicUrl } = patient.config;
  const ids = listOf(await callerOf(patient), 'conversation_config.agent.prompt.tool_ids').map(String);
  const tools = await Promise.all(ids.map((id) => patient.workspace.tool(id)));
  const tool = tools.find((each) => each?.name === 'report_result');
  if (!tool) return fail('the agent has no tool report_result: no result would come back', PROVISION);
  const { config } = tool;
  if (config.type === 'client')
    return warn('a client tool: calls over ElevenLabs’ own line could not report', PROVISION);
  const url = inside(config, 'api_schema.url');
  const wanted = `${publicUrl}/api/elevenlabs/tools/report_result`;
  if (url !== wanted) return fail(`it posts to ${url}, not to ${wanted}`, PROVISION);
  if (inside(config, 'api_schema.method') !== 'POST') return fail('it does not POST', PROVISION);
  if (!inside(config, 'api_schema.request_headers.Authorization')) return fail('it sends no Authorization', PROVISION);
  for (const name of ['booking_id', 'call_id']) {
    if (inside(config, `api_schema.request_body_schema.properties.${name}.dynamic_variable`) !== name)
      return fail(`${name} is not filled in by the dynamic variable: a model would make it up`, PROVISION);
  }
  return ok('a server tool that posts here, with a secret');
}
