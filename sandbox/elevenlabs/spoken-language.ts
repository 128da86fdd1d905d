import type { Language } from '../talk/lines.ts';
import type { World } from '../world.ts';
import { type Conversation, record } from './conversation.ts';

/** Language of a conversation's agent: the requested one, else its own. The voices speak English and, for all others, Spanish. */
export function spokenLanguage(
  world: World,
  { agentId, initiation }: Pick<Conversation, 'agentId' | 'initiation'>,
): Language {
  const asked = record(initiation.override.agent).language;
  const own = record(record(world.workspace.agents.get(agentId)?.conversation_config).agent).language;
  return /^en\b/i.test(String(asked ?? own)) ? 'en' : 'es';
}
