import type { SpokenTurn, TalkContext, TalkFinding } from './types.ts';

/** Reads what was agreed in a talk: the last state of it, the words that it rests on, and what speaks against it. */
export function readTalk(_turns: readonly SpokenTurn[], { called_on }: TalkContext): TalkFinding {
  return { called_on, readable: false, doubts: [] };
}
