import type { PhoneChannel } from '../domain/channels.ts';
import { isUnjoined } from '../domain/conversation.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { mayFallBack } from '../domain/known-media.ts';
import type { ConversationSnapshot, ElevenLabsAgents } from '../providers/interface.ts';

/** Without a conversation id, the search covers the booking's conversations of this period. */
const LOOK_BACK_MS = 6 * 3_600_000;

interface OfACall {
  call_id: string;
  channel: PhoneChannel;
  call_sid?: string | undefined;
}

/** True for a conversation that was registered for a call and never joined to it, or not yet: nobody talked in it. */
export const wasInVain = (
  conversation: Pick<ConversationSnapshot, 'status' | 'call_sid'>,
  call: Pick<OfACall, 'channel'>,
): boolean => mayFallBack(call) && isUnjoined(conversation);

/**
 * Of a booking's conversations, the one that took place in the call. Each carries our `call_id`. A registered call may have several
 * conversations, of which at most one was joined to it, and one of our bridge's as well.
 */
export function talkAmong(all: readonly ConversationSnapshot[], call: OfACall): ConversationSnapshot | undefined {
  const { call_id, call_sid } = call;
  const ours = all.filter((each) => each.call_id === call_id && !wasInVain(each, call));
  return (
    ours.find((each) => each.call_sid !== undefined && each.call_sid === call_sid) ??
    ours.find((each) => each.call_sid !== undefined) ??
    ours.find(({ turns }) => turns.length > 0) ??
    ours[0]
  );
}

/**
 * The conversation of a call, by its id where known, unless that was registered in vain.
 * @throws ProviderUnreachable
 */
export async function talkOf(
  elevenlabs: Pick<ElevenLabsAgents, 'conversation' | 'conversationsOf'>,
  call: OfACall & { conversation_id?: string | undefined },
  now: number,
): Promise<ConversationSnapshot | undefined> {
  const named = call.conversation_id ? await elevenlabs.conversation(call.conversation_id) : undefined;
  if (named && !wasInVain(named, call)) return named;
  // Elsewhere the id is ours, or the provider's own answer; in a registered call's instructions it is undocumented.
  if (call.conversation_id && !mayFallBack(call)) return undefined;
  const bookingId = parseCallId(call.call_id)?.bookingId;
  if (bookingId === undefined) return undefined;
  return talkAmong(await elevenlabs.conversationsOf(bookingId, iso(now - LOOK_BACK_MS)), call);
}
