import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { tellParent } from '../delivery/tell-parent.ts';
import { contradictions, type ListedConversation } from '../domain/audit.ts';
import { isPhoneChannel } from '../domain/channels.ts';
import type { Contradiction } from '../domain/contradiction.ts';
import { isFinalRecord } from '../domain/conversation.ts';
import type { Evidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import type { ConversationSnapshot } from '../providers/interface.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { callEvidence } from '../providers/twilio/call-evidence.ts';
import { conversationEvidence } from '../providers/webhooks/post-call.ts';
import type { AuditedBooking } from '../records/ports/look.ts';
import { type CallOfBooking, callsSince } from './audit-calls.ts';
import { actsFor } from './belonging.ts';
import { type ActivityDependencies, clockOf, unlessCancelled } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import type { LookActivities } from './interface.ts';

/** Bookings for one activity. It audits them in sequence, to leave the providers' rate limits to live bookings. */
const BATCH = 20;
const DAY_MS = 86_400_000;
/** Pause before the next audit when a provider is unreachable, or when a call outlived its booking. */
const AGAIN_MS = 60_000;
/** Pause for bookings of other accounts, which a later start may configure again. */
const ELSEWHERE_MS = 3_600_000;
/** Age at which unaudited outcomes are given up. */
const GIVEN_UP_MS = 30 * DAY_MS;
const MAX_PAUSE_MS = 60_000;
const MIN_PAUSE_MS = 1_000;

type Next = { audits: number; in_ms: number } | 'never';

/** Without dials there is nothing to ask for. But an outcome without any recorded call may have lost the record of it. */
const mayHaveDialed = ({ view }: AuditedBooking, dials: number): boolean =>
  dials > 0 || view.outcome?.result === 'needs_review' || view.attempts.some(({ channel }) => isPhoneChannel(channel));

/** Evidence that the booking used. Evidence that came after its outcome is in no event. */
async function heardBy({ records }: ActivityDependencies, bookingId: string): Promise<Evidence[]> {
  const heard: Evidence[] = [];
  for (let seq = 0; ; ) {
    const page = await records.eventsAfter(bookingId, seq, 500);
    for (const { event } of page) if (event.type === 'evidence') heard.push(event.evidence);
    if (page.length < 500) return heard;
    seq = page.at(-1)!.seq;
  }
}

/** Recorded conversations, and reports without a conversation, in the shape of the providers' lists. */
function recorded(evidence: readonly Evidence[]): ListedConversation[] {
  return evidence.flatMap((item): ListedConversation[] => {
    if (item.kind === 'report') {
      const { call_id, report, conversation_id = item.id } = item;
      return [{ conversation_id, call_id, report, status: 'done' }];
    }
    return item.kind === 'conversation' ? [{ ...item, digest: item.transcript }] : [];
  });
}

/** The conversations of a booking. Those with a recorded result are not fetched again. */
async function conversationsOf(
  deps: ActivityDependencies,
  { order }: AuditedBooking,
  evidence: readonly Evidence[],
): Promise<{ listed: ListedConversation[]; fetched: ConversationSnapshot[] }> {
  const known = recorded(evidence);
  const { elevenlabs } = deps;
  if (!elevenlabs) return { listed: known, fetched: [] };
  const fetched: ConversationSnapshot[] = [];
  for (const id of await unlessCancelled(elevenlabs.conversationIdsOf(order.id, order.created_at))) {
    const ended = evidence.some(
      (item) => item.kind === 'conversation' && item.conversation_id === id && isFinalRecord(item.status),
    );
    if (ended) continue;
    const conversation = await unlessCancelled(elevenlabs.conversation(id));
    if (conversation) fetched.push(conversation);
  }
  return { listed: [...known, ...fetched], fetched };
}

/** Stores the findings as ordinary evidence, and links the ids, so that an erasure finds them. */
async function keep(
  deps: ActivityDependencies,
  bookingId: string,
  calls: readonly CallOfBooking[],
  fetched: readonly ConversationSnapshot[],
): Promise<void> {
  const { records } = deps;
  const at = iso(clockOf(deps).now());
  const isOurs = (callId: string | undefined): callId is string => parseCallId(callId)?.bookingId === bookingId;
  for (const conversation of fetched) {
    const { call_id, call_sid, conversation_id, status } = conversation;
    if (!isOurs(call_id)) continue;
    await records.linkAttempt(call_id, { call_sid, conversation_id });
    const found = conversationEvidence(conversation, 'poll', `poll:${conversation_id}:${status}`, at);
    await records.addEvidence({ ...found, call_id });
    if (isFinalRecord(status) && conversation.turns.length > 0)
      await records.putTranscript(call_id, conversation.turns, 'conversation');
  }
  for (const { call, call_id, guessed } of calls) {
    const callId = call_id ?? fetched.find(({ call_sid }) => call_sid === call.call_sid)?.call_id ?? guessed;
    if (!isOurs(callId)) continue;
    if (!call_id) await records.linkAttempt(callId, { call_sid: call.call_sid });
    await records.addEvidence(callEvidence(call, callId, at));
  }
}

/** Ends a call that outlived its booking, unless it may belong to another system. */
async function hangUp(
  deps: ActivityDependencies,
  found: Contradiction,
  calls: readonly CallOfBooking[],
): Promise<void> {
  const one = calls.find(({ call }) => call.call_sid === found.call_sid);
  if (!one || !deps.twilio || (one.call_id ?? one.guessed) === undefined) return;
  const { done } = await unlessCancelled(deps.twilio.hangUp(one.call.call_sid, 'complete'));
  deps.log.warn(
    { call_sid: one.call.call_sid, call_id: found.call_id, done },
    'requested the end of a call that outlived its booking',
  );
}

/**
 * Audits one booking and says when it is due again.
 * @throws when a provider does not answer
 */
async function auditOne(deps: ActivityDependencies, booking: AuditedBooking): Promise<Next> {
  const { records } = deps;
  const { order, view, audits, accounts, sandbox } = booking;
  const now = clockOf(deps).now();
  if (!actsFor(deps, { accounts, sandbox })) {
    // Calls of the sandbox ended with its process.
    const gone = sandbox || now > Date.parse(booking.final_at) + GIVEN_UP_MS;
    return gone ? 'never' : { audits, in_ms: ELSEWHERE_MS };
  }
  const dials = await records.dialsOf(order.id);
  if (!mayHaveDialed(booking, dials.length)) return 'never';
  const evidence = await records.evidence(order.id);
  const calls = await callsSince(deps, booking, dials);
  const { listed, fetched } = await conversationsOf(deps, booking, evidence);
  await keep(deps, order.id, calls, fetched);
  const known = calls.map(({ call, call_id }) => ({ ...call, call_id }));
  const found = contradictions(view, known, listed, await heardBy(deps, order.id));
  const alive = found.filter(({ kind }) => kind === 'still_alive');
  for (const one of alive) await hangUp(deps, one, calls);
  const named = found.map((one) => ({ ...one, call_id: one.call_id ?? guessOf(calls, one) }));
  const news = await records.addContradictions(order.id, named, iso(now));
  for (const { kind, call_id } of news) {
    const message = `the providers contradict the outcome of ${order.id}: ${kind}`;
    const fields = { booking_id: order.id, call_id, contradiction: kind, by: 'audit' };
    deps.alarms.raise('outcome_contradicted', message, fields);
  }
  // A shortlist asks nobody else before a person has looked.
  if (news.length > 0 && order.shortlist) await tellParent(order, deps);
  if (alive.length > 0) return { audits, in_ms: AGAIN_MS };
  return audits === 0 ? { audits: 1, in_ms: Date.parse(booking.final_at) + DAY_MS - now } : 'never';
}

const guessOf = (calls: readonly CallOfBooking[], { call_sid }: Contradiction): string | undefined =>
  calls.find(({ call }) => call.call_sid === call_sid)?.guessed;

async function auditBatch(deps: ActivityDependencies, first_ms: number): Promise<number> {
  const { records, log } = deps;
  const clock = clockOf(deps);
  const due = await records.dueForAudit({
    final_before: iso(clock.now() - first_ms),
    now: iso(clock.now()),
    limit: BATCH,
  });
  for (const booking of due) {
    cancellationSignal().throwIfAborted();
    const { audits, order, final_at } = booking;
    let next: Next;
    try {
      next = await auditOne(deps, booking);
    } catch (error) {
      cancellationSignal().throwIfAborted();
      log.warn({ booking_id: order.id, reason: safeMessage(messageOf(error)) }, 'could not audit an outcome');
      next = clock.now() > Date.parse(final_at) + GIVEN_UP_MS ? 'never' : { audits, in_ms: AGAIN_MS };
    }
    if (next === 'never') await records.setAudit({ booking_id: order.id, audits: 2, next: undefined });
    else {
      // For the first audit, `in_ms` counts from the time of the outcome.
      const at = clock.now() + next.in_ms - (next.audits === 0 ? first_ms : 0);
      await records.setAudit({ booking_id: order.id, audits: next.audits, next: iso(at) });
    }
  }
  return due.length;
}

/** No booking is due. Fails with a retry delay until one is, or until a longest pause: waiting in Temporal costs no history. */
async function notYet({ records, clock }: ActivityDependencies, first_ms: number): Promise<never> {
  const now = (clock ?? Date).now();
  const at = await records.nextAuditAt(first_ms);
  // An outcome that comes in the next moment is due after `first_ms`.
  const most = Math.min(MAX_PAUSE_MS, Math.max(first_ms, MIN_PAUSE_MS));
  const nextRetryDelay = Math.min(Math.max((at ?? Infinity) - now, MIN_PAUSE_MS), most);
  throw ApplicationFailure.create({
    type: 'NothingDue',
    message: 'No outcome is due for an audit.',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay,
  });
}

export const audit = (deps: ActivityDependencies): Pick<LookActivities, 'auditDue'> => ({
  auditDue: ({ first_ms }) =>
    heartbeating(async () => {
      const { attempt } = activityInfo();
      if ((await auditBatch(deps, first_ms)) === 0) return notYet(deps, first_ms);
      deps.log.info({ attempt }, 'outcomes audited');
    }),
});
