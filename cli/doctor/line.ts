import { KEYS_TOOLS, WAIT_TOOL } from '../../domain/line-tools.ts';
import { type Check, callerOf, fail, inside, KEY, listIn, ok, type Patient, PROVISION, warn } from './check.ts';

const TOOLS = 'conversation_config.agent.prompt.built_in_tools';

/** How the agent fares on the line: on hold, in menus, with machines. */
export const LINE: Check[] = [
  { name: 'hold', fix: KEY, look: hold },
  { name: 'keys', fix: KEY, look: keys },
  { name: 'machine detection', fix: KEY, look: machineDetection },
  { name: 'queue', fix: KEY, look: queue },
];

/** A silent call is ended sooner than the agent may wait: the person who comes back finds nobody. */
async function hold(patient: Patient) {
  const agent = await callerOf(patient);
  const { holdSeconds } = patient.config;
  const tool = inside(agent, `${TOOLS}.${WAIT_TOOL}`);
  if (!tool) return fail(`the agent has no tool ${WAIT_TOOL}: it would talk to music`, PROVISION);
  const silence = Number(inside(agent, 'conversation_config.turn.silence_end_call_timeout'));
  if (silence > 0 && silence < holdSeconds)
    return fail(`a quiet hold is hung up on after ${silence} s, before HOLD_SECONDS (${holdSeconds})`, PROVISION);
  const wait = Number(inside(tool, 'params.wait_timeout_secs'));
  if (wait !== holdSeconds)
    return warn(
      `the agent waits ${wait > 0 ? `${wait} s` : 'without a limit'}, and HOLD_SECONDS is ${holdSeconds}`,
      PROVISION,
    );
  return ok(`the agent waits ${wait} s`);
}

async function keys(patient: Patient) {
  const agent = await callerOf(patient);
  const ids = listIn(agent, 'conversation_config.agent.prompt.tool_ids').map(String);
  const tools = await Promise.all(ids.map((id) => patient.workspace.tool(id)));
  const lacks = [
    ...(inside(agent, `${TOOLS}.${KEYS_TOOLS.provider}`) ? [] : [KEYS_TOOLS.provider]),
    ...(tools.some((tool) => tool?.name === KEYS_TOOLS.bridge) ? [] : [KEYS_TOOLS.bridge]),
  ];
  if (lacks.length > 0) return fail(`the agent lacks ${lacks.join(' and ')}: a menu is a dead end`, PROVISION);
  return ok('the agent presses keys on every channel');
}

/** The verdict is a separate event, and is sent only to a webhook that asks for it. */
async function machineDetection(patient: Patient) {
  const events = listIn(await callerOf(patient), 'platform_settings.workspace_overrides.webhooks.events');
  if (events.length === 0 || events.includes('answering_machine_detection')) return ok('its verdict is sent here');
  return fail('the verdict on native calls is sent nowhere, and is paid for all the same', PROVISION);
}

/** New agents have it on. */
async function queue(patient: Patient) {
  if (inside(await callerOf(patient), 'platform_settings.queueing_config.enabled') !== true)
    return ok('off: nobody who answers hears a hold tone');
  return fail('ElevenLabs’ queue is on: a business that answers may hear a hold tone', PROVISION);
}
