import { CONTRADICTIONS, type Contradiction, type ContradictionKind } from './contradiction.ts';
import type { CallStatus, ConversationStatus, Evidence, TranscriptDigest } from './evidence.ts';
import { isTerminal } from './leg.ts';
import { type Outcome, type Report, sameReport } from './result.ts';
import type { AttemptStatus, AttemptView, BookingView } from './view.ts';

/**
 * A call to the booking's number in Twilio's list, some time after the outcome. Calls that are recorded for other bookings are left out.
 */
export interface ListedCall {
  call_sid: string;
  status: CallStatus;
  /** ISO 8601, UTC. */
  ended_at?: string | undefined;
  /** The attempt that it is recorded for, if any. */
  call_id?: string | undefined;
}

/** A conversation of the booking in ElevenLabs' list, some time after the outcome. */
export interface ListedConversation {
  conversation_id: string;
  status: ConversationStatus;
  call_sid?: string | undefined;
  call_id?: string | undefined;
  call_result?: 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed' | undefined;
  report?: Report | undefined;
  digest?: TranscriptDigest | undefined;
}

const UNANSWERED: readonly AttemptStatus[] = ['busy', 'no_answer', 'failed', 'canceled'];

/** Differences between the provider's clock and ours, and rounding to whole seconds. */
const CLOCKS_DIFFER_MS = 15_000;

/** The outcome was based on proof that no call was placed. */
const isUnplaced = (attempt: AttemptView): boolean => attempt.status === 'failed' && attempt.ended_at === null;

const isAnswered = (status: CallStatus): boolean => status === 'in-progress' || status === 'completed';

/** A person or a machine was heard. */
const spoke = ({ call_result, digest, report }: ListedConversation): boolean =>
  call_result === 'answered' ||
  call_result === 'voicemail' ||
  (digest?.business_turns ?? 0) > 0 ||
  report !== undefined;

/** A phone rang. A conversation that failed, or that never got beyond its beginning, may be the rest of a refused dial. */
const rang = (conversation: ListedConversation): boolean =>
  spoke(conversation) || conversation.call_result === 'busy' || conversation.call_result === 'no_answer';

const says = (outcome: Outcome, report: Report): boolean =>
  outcome.result === report.result &&
  (report.result !== 'confirmed' ||
    (outcome.confirmed_date === (report.confirmed_date ?? null) &&
      outcome.confirmed_time === (report.confirmed_time ?? null)));

const wasHeard = (report: Report, callId: string | undefined, heard: readonly Evidence[]): boolean =>
  heard.some(
    (item) =>
      (item.kind === 'report' || item.kind === 'conversation') &&
      item.call_id === callId &&
      item.report !== undefined &&
      sameReport(item.report, report),
  );

/** An outcome `needs_review` already said that the fate of this attempt is unknown. */
const isOpenQuestion = ({ outcome, attempts }: Audited): boolean =>
  outcome?.result === 'needs_review' &&
  attempts.some((attempt) => attempt.status === 'unknown' && attempt.call_sid === null);

type Audited = Pick<BookingView, 'attempts' | 'follow_ups' | 'outcome'>;

function ofCall(view: Audited, call: ListedCall): ContradictionKind | undefined {
  if (!isTerminal(call.status)) return 'still_alive';
  const attempt = view.attempts.find(({ call_sid }) => call_sid === call.call_sid);
  const named = attempt ?? view.attempts.find(({ call_id }) => call_id === call.call_id);
  if (named?.channel === 'simulation') return undefined;
  const known = named !== undefined && (named.call_sid === null || named.call_sid === call.call_sid);
  if (!known || isUnplaced(named)) return isOpenQuestion(view) ? undefined : 'unknown_call';
  if (view.outcome?.result === 'needs_review') return undefined;
  if (UNANSWERED.includes(named.status) && isAnswered(call.status)) return 'answered';
  const later = Date.parse(call.ended_at ?? '') - Date.parse(named.ended_at ?? '');
  return later > CLOCKS_DIFFER_MS ? 'ended_later' : undefined;
}

function ofConversation(
  view: Audited,
  conversation: ListedConversation,
  heard: readonly Evidence[],
): ContradictionKind | undefined {
  const { outcome } = view;
  const attempt = attemptOf(view, conversation);
  if (attempt?.channel === 'simulation') return undefined;
  // The receptionist of a simulation has no `call_id`, and every talk with a business has one.
  if (!attempt && conversation.call_id === undefined) return undefined;
  // The business called after the outcome.
  if (!attempt && view.follow_ups.some(({ call_id }) => call_id === conversation.call_id)) return undefined;
  if (!attempt || isUnplaced(attempt)) return rang(conversation) && !isOpenQuestion(view) ? 'unknown_call' : undefined;
  const { report } = conversation;
  const unheard = report !== undefined && !wasHeard(report, attempt.call_id, heard) && !says(outcome!, report);
  if (outcome?.result !== 'needs_review' && UNANSWERED.includes(attempt.status) && spoke(conversation)) {
    return 'answered';
  }
  return unheard ? 'result_unheard' : undefined;
}

const attemptOf = (view: Audited, { call_id, call_sid }: ListedConversation): AttemptView | undefined =>
  view.attempts.find((attempt) => attempt.call_id === call_id) ??
  view.attempts.find((attempt) => call_sid !== undefined && attempt.call_sid === call_sid);

/**
 * Contradictions that the providers' lists show some time after a booking's outcome: at most one for each call, the worst. A booking
 * without an outcome has none.
 * @param heard evidence that the booking used before its outcome
 */
export function contradictions(
  view: Audited,
  calls: readonly ListedCall[],
  conversations: readonly ListedConversation[],
  heard: readonly Evidence[],
): Contradiction[] {
  if (view.outcome === null) return [];
  const found: Contradiction[] = [];
  for (const call of calls) {
    const kind = ofCall(view, call);
    if (!kind) continue;
    const talk = conversations.find((one) => one.call_sid === call.call_sid);
    const attempt = view.attempts.find(({ call_sid }) => call_sid === call.call_sid);
    const call_id = attempt?.call_id ?? call.call_id ?? talk?.call_id;
    found.push({ kind, call_id, call_sid: call.call_sid, conversation_id: talk?.conversation_id });
  }
  for (const conversation of conversations) {
    const kind = ofConversation(view, conversation, heard);
    if (!kind) continue;
    const { conversation_id } = conversation;
    const attempt = attemptOf(view, conversation);
    const call_sid = conversation.call_sid ?? attempt?.call_sid ?? undefined;
    found.push({ kind, call_id: attempt?.call_id ?? conversation.call_id, call_sid, conversation_id });
  }
  return worstOfEach(found);
}

function worstOfEach(found: readonly Contradiction[]): Contradiction[] {
  const kept: Contradiction[] = [];
  for (const one of found.toSorted((a, b) => CONTRADICTIONS.indexOf(a.kind) - CONTRADICTIONS.indexOf(b.kind))) {
    const known = kept.some(
      (other) =>
        (one.call_sid !== undefined && other.call_sid === one.call_sid) ||
        (one.conversation_id !== undefined && other.conversation_id === one.conversation_id),
    );
    if (!known) kept.push(one);
  }
  return kept;
}
