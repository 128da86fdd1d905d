import { audioFormat, PHONE_AUDIO } from '../../domain/audio-format.ts';
import { WANTED_OVERRIDES } from '../../providers/index.ts';
import { type Check, callerOf, fail, inside, KEY, listIn, off, ok, PROVISION, warn } from './check.ts';

/** The agent's settings and permissions. */
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
      return fail(`not permitted: ${forbidden.join(', ')}; bookings cannot override them`, PROVISION);
    },
  },
  {
    name: 'languages',
    fix: KEY,
    async look(patient) {
      const agent = await callerOf(patient);
      const own = inside(agent, 'conversation_config.agent.language');
      if (typeof own !== 'string') return fail('the agent has no language', PROVISION);
      const presets = Object.keys(inside(agent, 'conversation_config.language_presets') ?? {});
      const all = [...new Set([own, ...presets])];
      const held = `bookings in another language are held in ${own}`;
      const permitted = 'platform_settings.overrides.conversation_config_override.agent.language';
      if (inside(agent, permitted) !== true && all.length > 1)
        return fail(`${all.join(', ')}, but no booking can choose: agent.language is not permitted`, PROVISION);
      const lacks = ['es', 'en'].filter((language) => !all.includes(language));
      if (lacks.length === 0) return ok(`${all.join(', ')}; ${held}`);
      return warn(`${all.join(', ')}, without ${lacks.join(' and ')}; ${held}`, PROVISION);
    },
  },
  {
    name: 'audio formats',
    fix: KEY,
    async look(patient) {
      const agent = await callerOf(patient);
      const input = inside(agent, 'conversation_config.asr.user_input_audio_format');
      const output = inside(agent, 'conversation_config.tts.agent_output_audio_format');
      if (input === PHONE_AUDIO.name && output === PHONE_AUDIO.name)
        return ok(`${PHONE_AUDIO.name} in and out, as on the phone`);
      const strange = [input, output].filter((name) => audioFormat(String(name)) === undefined);
      if (strange.length > 0) return fail(`the bridge cannot convert ${strange.join(' and ')}`, PROVISION);
      return warn(
        `${input} in, ${output} out: the bridge converts, at some cost in quality and time; a registered call needs ${PHONE_AUDIO.name}`,
        PROVISION,
      );
    },
  },
  {
    name: 'interruptions',
    fix: KEY,
    async look(patient) {
      const events = listIn(await callerOf(patient), 'conversation_config.conversation.client_events');
      // Without a list the agent sends the provider's default events, which include it.
      if (events.length === 0 || events.includes('interruption')) return ok('the agent sends them to the bridge');
      return fail('the bridge does not learn when somebody interrupts', PROVISION);
    },
  },
  {
    name: 'receptionist',
    fix: KEY,
    async look(patient) {
      const id = patient.config.elevenlabs!.receptionistAgentId;
      if (!id) return off('none: the caller agent plays it');
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
      return fail(`not permitted: ${forbidden.join(', ')}; a prepared simulation fails`, PROVISION);
    },
  },
];
