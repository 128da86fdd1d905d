import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isFinalRecord } from '../domain/conversation.ts';
import type { CallStatusEvidence, ConversationEvidence, ConversationStatus, Evidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { mediaOf } from '../domain/known-media.ts';
import { isTerminal, rankOf } from '../domain/leg.ts';
import { WATCH_PACE_MS } from '../domain/pace.ts';
import type { TalkFinding } from '../domain/talk/types.ts';
import { type ConversationSnapshot, ProviderUnreachable } from '../providers/interface.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { callEvidence } from '../providers/twilio/call-evidence.ts';
import { isCallStatus } from '../providers/twilio/call-snapshot.ts';
import { conversationEvidence } from '../providers/webhooks/post-call.ts';
import { keepTalk } from '../records/keep-talk.ts';
import { actsFor, OTHER_ACCOUNTS } from './belonging.ts';
import { type ActivityDependencies, clockOf, unlessCancelled } from './dependencies.ts';
import type { BookingActivities, WatchInput } from './interface.ts';
import { limitInbound } from './limit-inbound.ts';
import { talkOf } from './talk-of-call.ts';

const CONVERSATION_RANK: Record<ConversationStatus, number> = {
  initiated: 0,
  'in-progress': 1,
  processing: 2,
  done: 3,
  failed: 3,
};

const rankOfConversation = (status: string | undefined): number =>
  status !== undefined && status in CONVERSATION_RANK ? CONVERSATION_RANK[status as ConversationStatus] : -1;

const paceOf = ({ known }: WatchInput): number =>
  known.leg_ended ? WATCH_PACE_MS.ended : known.answered ? WATCH_PACE_MS.talking : WATCH_PACE_MS.ringing;

/**
 * Twilio's state of the leg, when it goes further than the known one. An unknown call is not evidence: a fresh call may not be readable
 * yet, and the calls of a number imported from another account are never readable with our credentials. It proves neither that the leg
 * lives nor that it ended; the conversation or the cap decides.
 */
async function askTwilio(deps: ActivityDependencies, input: WatchInput): Promise<CallStatusEvidence | undefined> {
  const { known, call_sid } = input;
  if (!deps.twilio || !call_sid || known.leg_ended) return undefined;
  const call = await deps.twilio.call(call_sid);
  if (!call) return undefined;
  const knownStatus = isCallStatus(known.call_status) ? known.call_status : undefined;
  // Reads may lag behind webhooks: only a later state counts, and an end always does while it is not proved.
  if (!isTerminal(call.status) && rankOf(call.status) <= rankOf(knownStatus)) return undefined;
  return callEvidence(call, input.call_id, iso(clockOf(deps).now()));
}

async function findConversation(
  deps: ActivityDependencies,
  input: WatchInput,
): Promise<ConversationSnapshot | undefined> {
  // Our bridge names the conversation itself when it carries the audio.
  if (!deps.elevenlabs || (!input.conversation_id && mediaOf(input) === 'bridge')) return undefined;
  return talkOf(deps.elevenlabs, input, clockOf(deps).now());
}

/**
 * Stores a talk's transcript and reads it. The workflow waits for the result: without the database it continues with an unread one, and
 * asks for it again.
 */
async function keptTalk(
  { records, log, clock }: ActivityDependencies,
  callId: string,
  { turns, started_at }: ConversationSnapshot,
): Promise<TalkFinding | undefined> {
  try {
    const booking = await records.booking(parseCallId(callId)?.bookingId ?? '');
    return booking && (await keepTalk(records, booking, { call_id: callId, turns, started_at }, (clock ?? Date).now()));
  } catch (error) {
    log.warn({ call_id: callId, err: error }, 'could not store and read a transcript yet');
    return undefined;
  }
}

/**
 * Where the provider carries the audio, the conversation matters until it has ended. Where the bridge does, it reports by itself, so only
 * the time after the leg matters.
 */
async function askElevenLabs(deps: ActivityDependencies, input: WatchInput): Promise<ConversationEvidence | undefined> {
  const { known } = input;
  if (isFinalRecord(known.conversation_status) && !known.unread) return undefined;
  if (mediaOf(input) === 'bridge' && !known.leg_ended && !input.once_more) return undefined;
  const conversation = await findConversation(deps, input);
  // Where the provider carries the audio there is a conversation, whether or not its list shows it yet.
  const awaited = conversation
    ? !isFinalRecord(conversation.status)
    : mediaOf(input) === 'provider' && !input.conversation_id;
  if (input.once_more && awaited) throw nothingNew(input);
  if (!conversation) return undefined;
  const isKnown = rankOfConversation(conversation.status) <= rankOfConversation(known.conversation_status);
  if (isKnown && !known.unread) {
    const isSame = Boolean(conversation.on_hold) === Boolean(known.on_hold);
    return isSame || conversation.status !== 'in-progress' ? undefined : holdOf(deps, input, conversation);
  }
  const talk = isFinalRecord(conversation.status) ? await keptTalk(deps, input.call_id, conversation) : undefined;
  if (known.unread && !talk) {
    if (input.once_more) throw nothingNew(input);
    return undefined;
  }
  return { ...evidenceOf(deps, conversation, talk, known.unread), call_id: input.call_id };
}

/** Only whether the agent waits on hold. Its turns make each change another fact. */
function holdOf(
  deps: ActivityDependencies,
  input: WatchInput,
  conversation: ConversationSnapshot,
): ConversationEvidence {
  const { conversation_id, on_hold = false, turns, status } = conversation;
  const id = `poll:${conversation_id}:${on_hold ? 'on_hold' : 'off_hold'}:${turns.length}`;
  const at = iso(clockOf(deps).now());
  return { kind: 'conversation', source: 'poll', id, at, call_id: input.call_id, conversation_id, status, on_hold };
}

function evidenceOf(
  deps: ActivityDependencies,
  conversation: ConversationSnapshot,
  talk: TalkFinding | undefined,
  readAnew: true | undefined,
): Omit<ConversationEvidence, 'call_id'> {
  const { conversation_id, status, digest } = conversation;
  const id = `poll:${conversation_id}:${status}${readAnew ? ':read' : ''}`;
  const evidence = conversationEvidence(conversation, 'poll', id, iso(clockOf(deps).now()));
  // A talk in progress has no final result: its report and transcript count once it has ended.
  if (!isFinalRecord(status)) return { ...evidence, report: undefined, transcript: undefined };
  return { ...evidence, transcript: digest && { ...digest, talk } };
}

const nothingNew = (input: WatchInput): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'NothingNew',
    message: 'Nothing new.',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: paceOf(input),
  });

function failure(input: WatchInput, error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const nextRetryDelay = paceOf(input);
  if (error instanceof ProviderUnreachable) {
    return ApplicationFailure.create({
      type: 'ProviderUnreachable',
      // The SDK logs this at each attempt: the code, and not the provider's text, which may repeat a name.
      message: error.problem.code,
      nextRetryDelay,
      details: [error.problem],
    });
  }
  return ApplicationFailure.create({ type: 'WatchFailed', message: safeMessage(messageOf(error)), nextRetryDelay });
}

/**
 * One look at a leg. Nothing new is a benign failure that Temporal retries at the leg's pace: polling costs no history. Evidence of one
 * provider is returned even when the other is unreachable; the last look needs both answers.
 */
export const watchLeg = (deps: ActivityDependencies): Pick<BookingActivities, 'watchLeg'> => ({
  async watchLeg(input) {
    if (!actsFor(deps, input.belongs)) throw failure(input, new ProviderUnreachable(OTHER_ACCOUNTS));
    await unlessCancelled(limitInbound(deps, input));
    const looks = [askTwilio(deps, input), askElevenLabs(deps, input)];
    const settled = await unlessCancelled(
      Promise.allSettled<CallStatusEvidence | ConversationEvidence | undefined>(looks),
    );
    const news: Evidence[] = [];
    let trouble: unknown;
    for (const look of settled) {
      if (look.status === 'rejected') trouble = look.reason;
      else if (look.value) news.push(look.value);
    }
    // The last look waits for the talk's result: with it, Twilio's answer is not awaited.
    const enough = news.length > 0 && (!input.once_more || news.some(({ kind }) => kind === 'conversation'));
    if (trouble !== undefined && !enough) throw failure(input, trouble);
    if (news.length > 0 || input.once_more) return news;
    throw nothingNew(input);
  },
});
