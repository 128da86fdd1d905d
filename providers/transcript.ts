import type { TranscriptDigest } from '../domain/evidence.ts';
import { readTalk } from '../domain/talk/read-talk.ts';
import type { TalkContext } from '../domain/talk/types.ts';
import type { Turn } from './interface.ts';

/** ElevenLabs writes "..." for a turn in which nothing was heard: without a letter or a digit nobody spoke. */
export const hasWords = (message: string): boolean => /[\p{L}\p{N}]/u.test(message);

/**
 * What a transcript shows. The agent's first turn is its greeting. `context`: what the talk is read against; without it the words stay
 * unread.
 */
export function digestOf(turns: readonly Turn[], context?: TalkContext): TranscriptDigest {
  let agent = 0;
  let business = 0;
  let after = 0;
  for (const turn of turns) {
    if (!hasWords(turn.message)) continue;
    if (turn.role === 'agent') agent++;
    else {
      business++;
      if (agent > 0) after++;
    }
  }
  const counted = { agent_turns: agent, business_turns: business, business_turns_after_greeting: after };
  return context ? { ...counted, talk: readTalk(turns, context) } : counted;
}
