import type { CallerTools } from '../talk/minds.ts';
import type { World } from '../world.ts';
import { type Conversation, record, type ToolUse } from './conversation.ts';

export const SKIP_TURN = 'skip_turn';
export const KEYPAD = 'play_keypad_touch_tone';
export const PRESS_KEYS = 'press_keys';

const builtIn = (world: World, agentId: string): Record<string, unknown> => {
  const { conversation_config } = world.workspace.agents.get(agentId) ?? {};
  return record(record(record(record(conversation_config).agent).prompt).built_in_tools);
};

/** The tools for the line in an agent's settings. A scenario that orders the length of a talk also decides how long the agent waits. */
export function lineTools(world: World, { agentId, number, via }: Conversation): CallerTools {
  const tools = builtIn(world, agentId);
  const { talk_ms, hold } = world.scenario(number);
  const wait = Number(record(record(tools[SKIP_TURN]).params).wait_timeout_secs);
  const holdMs = talk_ms === undefined && hold === undefined && wait > 0 ? wait * 1000 : Infinity;
  return {
    // The provider plays tones into audio that it carries itself.
    keys: via === 'socket' ? world.workspace.toolOf(agentId, PRESS_KEYS) !== undefined : Boolean(tools[KEYPAD]),
    ...(tools[SKIP_TURN] ? { holdMs } : {}),
  };
}

/** Natural time after which the provider ends a silent call, in ms. */
export function silenceMsOf(world: World, { agentId }: Conversation): number {
  const { conversation_config } = world.workspace.agents.get(agentId) ?? {};
  const seconds = Number(record(record(conversation_config).turn).silence_end_call_timeout);
  return seconds > 0 ? seconds * 1000 : Infinity;
}

export const skipped: ToolUse = {
  kind: 'system',
  name: SKIP_TURN,
  parameters: {},
  answer: '{"result_type":"skip_turn_success","status":"success"}',
  failed: false,
};

export const keyed = (keys: string): ToolUse => ({
  kind: 'system',
  name: KEYPAD,
  parameters: { dtmf_tones: keys },
  answer: JSON.stringify({ result_type: 'play_dtmf_success', status: 'success', dtmf_tones: keys }),
  failed: false,
});
