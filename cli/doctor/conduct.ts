import { type Check, callerOf, fail, inside, KEY, ok, type Patient, PROVISION, warn } from './check.ts';
import { discloses, JUDGED } from './discloses.ts';

const PRESETS = 'conversation_config.language_presets';
const TOOLS = 'conversation_config.agent.prompt.built_in_tools';

/** How the agent behaves towards the callee. */
export const CONDUCT: Check[] = [
  { name: 'disclosure', fix: KEY, look: disclosure },
  { name: 'voicemail', fix: KEY, look: voicemail },
  { name: 'end of a call', fix: KEY, look: endOfCall },
  { name: 'call limits', fix: KEY, look: callLimits },
];

/** The first message in each language; a preset without one uses the agent's. */
async function disclosure(patient: Patient) {
  const agent = await callerOf(patient);
  const presets = Object.entries((inside(agent, PRESETS) ?? {}) as Record<string, unknown>);
  const first = [
    {
      where: 'the first message',
      language: inside(agent, 'conversation_config.agent.language'),
      words: inside(agent, 'conversation_config.agent.first_message') ?? '',
    },
    ...presets.map(([language, preset]) => ({
      where: `the first message in ${language}`,
      language,
      words: inside(preset, 'overrides.agent.first_message'),
    })),
  ];
  const silent = first.filter(({ words }) => typeof words === 'string' && !discloses(words));
  if (silent.length > 0) {
    const where = silent.map((each) => each.where).join(' and ');
    const fix = `Change it in ElevenLabs’ dashboard or in provision/agent_configs; docs/agent.md has an example. ${PROVISION}`;
    return silent.some(({ language }) => JUDGED.test(String(language)))
      ? fail(`${where} does not say that an AI calls`, fix)
      : warn(`doctor cannot judge whether ${where} says that an AI calls`, fix);
  }
  if (inside(agent, 'conversation_config.agent.disable_first_message_interruptions') !== true)
    return warn('the first message says that an AI calls, but a person who interrupts does not hear it', PROVISION);
  return ok('the first message says that an AI calls, and cannot be interrupted');
}

/** Anybody may hear a message on a machine. */
async function voicemail(patient: Patient) {
  const tool = inside(await callerOf(patient), `${TOOLS}.voicemail_detection`);
  if (!tool) return fail('the agent does not recognise an answering machine: it would talk to it', PROVISION);
  if (inside(tool, 'params.voicemail_message'))
    return fail('the agent leaves a message, which may reveal for whom it calls', PROVISION);
  return ok('the agent hangs up on a machine and leaves no message');
}

async function endOfCall(patient: Patient) {
  const agent = await callerOf(patient);
  const lacks = [
    ...(inside(agent, `${TOOLS}.end_call`) ? [] : ['the tool end_call']),
    ...(Number(inside(agent, 'conversation_config.conversation.max_duration_seconds')) > 0
      ? []
      : ['a maximum duration']),
    ...(Number(inside(agent, 'conversation_config.turn.silence_end_call_timeout')) > 0 ? [] : ['a silence time-out']),
  ];
  if (lacks.length === 0) return ok('end_call, a maximum duration and a silence time-out');
  return fail(`it lacks ${lacks.join(', ')}: a call could go on with nobody on it`, PROVISION);
}

/** ElevenLabs' own limits. -1: no limit. */
async function callLimits(patient: Patient) {
  const limits = inside(await callerOf(patient), 'platform_settings.call_limits');
  const daily = inside(limits, 'daily_limit');
  const atOnce = inside(limits, 'agent_concurrency_limit');
  if (daily === 0 || atOnce === 0) return fail('ElevenLabs lets none of the agent’s calls through', PROVISION);
  if (inside(limits, 'bursting_enabled') !== false)
    return warn('calls beyond the plan’s limit are let through, at twice the price', PROVISION);
  return ok(typeof daily === 'number' && daily > 0 ? `${daily} calls a day, no bursting` : 'no bursting');
}
