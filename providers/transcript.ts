import type { TranscriptDigest } from '../domain/evidence.ts';
import { isSpoken } from '../domain/line-acts.ts';
import { readTalk } from '../domain/talk/read-talk.ts';
import type { TalkContext } from '../domain/talk/types.ts';
import type { Turn } from './interface.ts';

/** ElevenLabs writes "..." for a turn in which it heard nothing: text without a letter or a digit is not speech. */
export const hasWords = (message: string): boolean => /[\p{L}\p{N}]/u.test(message);

/** Reads a transcript. The agent's first turn is its greeting. Without `context` the words are not interpreted. */
export function digestOf(turns: readonly Turn[], context?: TalkContext): TranscriptDigest {
  let agent = 0;
  let business = 0;
  let after = 0;
  for (const turn of turns) {
    if (!hasWords(turn.message) || !isSpoken(turn)) continue;
    if (turn.role === 'agent') agent++;
    else {
      business++;
      if (agent > 0) after++;
    }
  }
  const counted = { agent_turns: agent, business_turns: business, business_turns_after_greeting: after };
  return context ? { ...counted, talk: readTalk(turns, context) } : counted;
}
