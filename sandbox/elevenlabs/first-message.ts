import type { Utterance } from '../talk/utterances.ts';
import { type Conversation, record } from './conversation.ts';

/** True for the words with which a caller introduces itself. */
export const isOpening = ({ gist }: Utterance): boolean => gist === 'intro' || gist === 'as-asked';

/** The agent's first message: the overridden one with its `{{variables}}` expanded, or its own introduction. Its sound is the same clip. */
export function firstMessage(conversation: Conversation, own: Utterance): string {
  const { first_message: given } = record(conversation.initiation.override.agent);
  if (typeof given !== 'string' || !given) return own.text;
  return given.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => conversation.text(name));
}
