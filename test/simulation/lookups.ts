import type { TranscriptDigest } from '../../domain/evidence.ts';
import type { Report } from '../../domain/result.ts';
import type { CallSnapshot, ConversationSnapshot } from '../../providers/interface.ts';
import { isNobody, meets, metBefore } from './endurance.ts';
import { conversationStatusAt, isBridged, isOurs, type TrueConversation, type TrueLeg } from './truth.ts';
import { analysisOf, spokenWords, type Words } from './words.ts';
import type { World } from './world.ts';

/** What carrier detection says of a call, where it speaks at all. */
export function answeredBy(world: World, leg: TrueLeg): string | undefined {
  if (!isOurs(leg) || leg.answered_at === undefined || !leg.plan.detects_machines) return undefined;
  if (leg.person) {
    // A detector that hears a menu first says nothing that counts.
    if (!world.isBroken('machines_are_told_from_people')) return meets(leg.plan) === 'nothing' ? 'human' : 'unknown';
    world.breaches += 1;
    return 'machine_start';
  }
  return leg.plan.callee === 'fax' ? 'fax' : 'machine_start';
}

function callResult(world: World, leg: TrueLeg): ConversationSnapshot['call_result'] {
  // It is part of what is told at the end.
  if (isBridged(leg) || leg.ended_at === undefined) return undefined;
  if (leg.answered_at !== undefined) {
    if (leg.person && world.isBroken('machines_are_told_from_people')) {
      world.breaches += 1;
      return 'voicemail';
    }
    return !leg.person && leg.plan.detects_machines ? 'voicemail' : 'answered';
  }
  switch (leg.history.at(-1)?.status) {
    case 'busy':
      return 'busy';
    case 'no-answer':
      return 'no_answer';
    case 'failed':
      return 'failed';
    default:
      return undefined;
  }
}

/** The other report that a contradicting record names. */
const opposite = (report: Report | undefined): Report => ({
  result: report?.result === 'declined' ? 'no_availability' : 'declined',
});

/** Somebody answered the agent in words. */
export const isAnswered = ({ digest }: TrueConversation): boolean => digest.business_turns_after_greeting > 0;

/** What the provider's transcript says: of a bridged talk the bridge has one of its own. */
export const providerWords = (leg: TrueLeg): Words =>
  !isBridged(leg) || leg.plan.provider_words === 'the_same' ? leg.plan.words : leg.plan.provider_words;

/** The provider's own transcript; undefined where it withholds the words. */
function recordOf(world: World, conversation: TrueConversation): TranscriptDigest | undefined {
  const { leg, digest } = conversation;
  if (!isAnswered(conversation)) return digest;
  if (leg.plan.withheld) return undefined;
  // Nobody but one voice was there to write down.
  if (isNobody(leg.plan) || meets(leg.plan) === 'left_on_hold') return digest;
  return metBefore(leg.plan, spokenWords(providerWords(leg), world.start));
}

/** ElevenLabs’ view of a conversation, as webhook and GET show it. */
export function conversationSnapshot(world: World, conversation: TrueConversation): ConversationSnapshot {
  const { leg, conversation_id, report } = conversation;
  const { plan } = leg;
  const contradicts = plan.post_call === 'contradicts' && report !== undefined;
  const joined = !isBridged(leg) && !leg.left_over.includes(conversation);
  return {
    conversation_id,
    agent_id: 'agent',
    status: conversationStatusAt(conversation, world.now),
    call_sid: joined ? leg.call_sid : undefined,
    booking_id: world.bookingId,
    call_id: leg.call_id,
    call_result: leg.left_over.includes(conversation) ? undefined : callResult(world, leg),
    turns: [],
    ...(meets(plan) === 'left_on_hold' && isAnswered(conversation) ? { on_hold: true } : {}),
    digest: recordOf(world, conversation),
    analysis: isAnswered(conversation) ? analysisOf(plan.analysis, world.start) : undefined,
    report: contradicts ? opposite(report) : report,
  };
}

/** Somebody else’s call from our number to this one, where the world is that bad. */
export function stranger(world: World): CallSnapshot[] {
  if (!world.isBroken('the_list_shows_only_our_calls') || world.requests.length === 0) return [];
  const from = world.requests[0]!.at + 1_000;
  if (world.now < from) return [];
  world.breaches += 1;
  const ended = world.now > from + 60_000;
  return [
    {
      call_sid: 'CA-stranger',
      status: ended ? 'completed' : 'in-progress',
      to: 'callee',
      from: 'us',
      created_at: new Date(from).toISOString(),
    },
  ];
}
