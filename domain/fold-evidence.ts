import { isFinalRecord } from './conversation.ts';
import type {
  BridgeEvidence,
  CallStatusEvidence,
  ConversationEvidence,
  Evidence,
  MediaEvidence,
  ReportEvidence,
  TranscriptDigest,
} from './evidence.ts';
import { mayFallBack, mediaOf } from './known-media.ts';
import { isInbound, isOver, isPhone, isTerminal, rankOf, UNRINGABLE_SIP } from './leg.ts';
import { problemOfRejection } from './rejecting-sip.ts';
import { rejectionIn } from './rejection.ts';
import { asJoined, foldInbound } from './ring-back.ts';
import type { Attempt, Call } from './state.ts';

/** `machine_end_other` says that a machine stopped, not which kind: often a menu with people behind it. */
const MACHINE = /^(machine_start|machine_end_(beep|silence)|fax)$/;

/** Evidence for a leg that counted as absent or over makes it live (again). Ended legs stay ended. */
function adopt(attempt: Call, now: number): Call {
  if (attempt.leg !== 'unknown' && attempt.leg !== 'none' && attempt.leg !== 'dialing') return attempt;
  return {
    ...attempt,
    sent_at: attempt.sent_at ?? now,
    leg: 'live',
    no_ring: undefined,
    problem: undefined,
    unreachable_provider: undefined,
  };
}

const endLeg = (attempt: Call, evidence: CallStatusEvidence, now: number): Call => ({
  ...attempt,
  leg: 'ended',
  ended_at: now,
  end_status: evidence.status,
  duration_seconds: evidence.duration_seconds ?? attempt.duration_seconds,
});

/** Adds what the network's answer says of an ended call. It may come after the end: polls do not have it. */
function withSip(before: Call, evidence: CallStatusEvidence): Call {
  const { status, sip_code } = evidence;
  const ended = sip_code === undefined ? before : { ...before, sip_code: before.sip_code ?? sip_code };
  if (status === 'failed' && sip_code !== undefined && UNRINGABLE_SIP.includes(sip_code)) {
    const problem = { code: `sip_${sip_code}`, message: 'The network says that this number cannot ring.' };
    return { ...ended, no_ring: 'number_refused', problem };
  }
  const rejected = rejectionIn(evidence);
  if (rejected === undefined || ended.answered_at !== undefined) return ended;
  return { ...ended, rejected, rang: true, problem: problemOfRejection(rejected) };
}

function foldCallStatus(attempt: Call, evidence: CallStatusEvidence, now: number): Call {
  // A webhook contains our call_id, so it identifies the leg. A poll only repeats the sid of its query.
  if (evidence.source === 'poll' && attempt.call_sid !== undefined && attempt.call_sid !== evidence.call_sid) {
    return attempt;
  }
  let next: Call = { ...adopt(attempt, now), call_sid: evidence.call_sid };
  if (evidence.answered_by !== undefined && MACHINE.test(evidence.answered_by)) next.machine = true;
  // Twilio answers a call to our number before anybody talks to the caller.
  const answered = !isInbound(attempt) && (evidence.status === 'in-progress' || evidence.status === 'completed');
  if (answered && next.answered_at === undefined) next.answered_at = now;
  if (answered || evidence.status === 'ringing' || evidence.status === 'busy' || evidence.status === 'no-answer') {
    next.rang = true;
  }
  if (rankOf(evidence.status) > rankOf(next.call_status)) next.call_status = evidence.status;
  if (isTerminal(evidence.status)) {
    if (next.leg !== 'ended') next = endLeg(next, evidence, now);
    else next.duration_seconds ??= evidence.duration_seconds;
    next = withSip(next, evidence);
  }
  return next;
}

function foldReport<Tried extends Attempt>(attempt: Tried, evidence: ReportEvidence, now: number): Tried {
  const last = attempt.reports.at(-1);
  const same = last !== undefined && JSON.stringify(last.report) === JSON.stringify(evidence.report);
  const next = { ...attempt, conversation_id: attempt.conversation_id ?? evidence.conversation_id };
  if (same) return next;
  const inCall = !isPhone(attempt) || !isOver(attempt);
  const made = evidence.report.callback_time === undefined ? {} : { made_at: Math.min(Date.parse(evidence.at), now) };
  return { ...next, reports: [...attempt.reports, { report: evidence.report, at: now, in_call: inCall, ...made }] };
}

/**
 * True when a session's end and transcript stand for the whole talk. A native call is one conversation. A bridged call may have several
 * sessions, one after a lost stream, and the provider's record of one of them is only a part.
 */
function isWholeTalk(attempt: Call, evidence: ConversationEvidence): boolean {
  if (mediaOf(attempt) === 'provider') return true;
  const only =
    attempt.sessions.length <= 1 && (attempt.conversation_id ?? evidence.conversation_id) === evidence.conversation_id;
  return only && (attempt.leg === 'ended' || attempt.conversation_over_at !== undefined);
}

type KeptTranscript = NonNullable<Call['transcript']>;

/**
 * Of the provider's records the first one with a reading counts. For what was heard, the bridge's own transcript is better; the provider's
 * replaces it when it is richer. The reading of the other transcript counts as well.
 */
function foldTranscript(next: Call, found: KeptTranscript): void {
  const kept = next.transcript;
  if (kept?.source !== 'bridge') {
    const read = kept !== undefined && !kept.digest.talk && found.digest.talk !== undefined;
    if (!kept || read) next.transcript = found;
    return;
  }
  const richer = found.digest.business_turns_after_greeting > kept.digest.business_turns_after_greeting;
  if (richer) next.transcript = found;
  next.other_talk = (richer ? kept : found).digest.talk ?? next.other_talk;
}

/**
 * True for a registration that was never joined to the call, because the provider did not take the call or took it by another registration.
 * It is no talk, however it ends. A bridge session of that name, or a transcript with words, shows otherwise.
 */
function isLeftOver(attempt: Call, { call_sid, conversation_id, transcript, status }: ConversationEvidence): boolean {
  if (!mayFallBack(attempt) || call_sid !== undefined) return false;
  if (attempt.sessions.includes(conversation_id) || (transcript?.agent_turns ?? 0) > 0) return false;
  if (status === 'initiated' || status === 'failed' || attempt.media === 'bridge') return true;
  const known = attempt.joined ?? attempt.conversation_id;
  return known !== undefined && known !== conversation_id;
}

/** Of a talk that our bridge carries, the bridge knows better. The final record says whether somebody came back. */
function foldHold(next: Call, { on_hold }: ConversationEvidence, isFinal: boolean, now: number): void {
  if (mediaOf(next) === 'bridge' || (on_hold === undefined && !isFinal)) return;
  next.on_hold_since = on_hold ? (next.on_hold_since ?? now) : undefined;
}

function foldConversation(attempt: Call, evidence: ConversationEvidence, now: number): Call {
  if (isLeftOver(attempt, evidence)) return attempt;
  const whole = isWholeTalk(attempt, evidence);
  const next: Call = adopt({ ...attempt }, now);
  // The conversation is joined to the call; the evidence of the registration was lost.
  if (mayFallBack(attempt) && evidence.call_sid !== undefined) {
    next.media ??= 'provider';
    if (next.media === 'provider') next.joined ??= evidence.conversation_id;
  }
  if (mediaOf(attempt) === 'provider') next.conversation_id = evidence.conversation_id;
  else next.conversation_id ??= evidence.conversation_id;
  next.call_sid ??= evidence.call_sid;
  const terminal = isFinalRecord(evidence.status);
  const over = terminal || evidence.status === 'processing';
  if (!isFinalRecord(next.conversation_status) && whole) next.conversation_status = evidence.status;
  if (over && whole) next.conversation_over_at ??= now;
  if (evidence.call_result === 'voicemail') next.machine = true;
  foldHold(next, evidence, terminal && whole, now);
  const spoke = (evidence.transcript?.business_turns ?? 0) > 0;
  const answered = spoke || evidence.call_result === 'answered' || evidence.call_result === 'voicemail';
  if (answered && next.answered_at === undefined) {
    next.answered_at = now;
    next.rang = true;
  }
  const source = evidence.source === 'post_call' ? 'post_call' : 'conversation';
  if (evidence.report) next.found_report ??= { report: evidence.report, source };
  if (terminal && whole) {
    next.record_source ??= source;
    if (evidence.transcript) foldTranscript(next, { digest: evidence.transcript, source });
    next.analysis = evidence.analysis ?? next.analysis;
  } else if (terminal && evidence.transcript?.talk) {
    next.part_talks = { ...next.part_talks, [evidence.conversation_id]: evidence.transcript.talk };
  } else if (terminal && evidence.transcript?.business_turns === 0) {
    next.quiet_parts = [...new Set([...(next.quiet_parts ?? []), evidence.conversation_id])];
  }
  if (evidence.duration_seconds !== undefined && next.leg === 'ended')
    next.duration_seconds ??= evidence.duration_seconds;
  return next;
}

/** The provider's record may have arrived first. */
function foldBridgeTranscript(next: Call, digest: TranscriptDigest): void {
  const kept = next.transcript;
  if (!kept || (!kept.digest.talk && digest.talk)) next.transcript = { digest, source: 'bridge' };
  else if (kept.source !== 'bridge') next.other_talk ??= digest.talk;
}

function foldBridge(attempt: Call, evidence: BridgeEvidence, now: number): Call {
  const next: Call = { ...attempt, conversation_id: evidence.conversation_id ?? attempt.conversation_id };
  // Also when the evidence that our bridge has the call was lost.
  if (mayFallBack(attempt)) {
    next.media = 'bridge';
    next.bridged_at ??= now;
  }
  switch (evidence.event) {
    case 'stream_started':
      return {
        ...adopt(next, now),
        stream_started: true,
        sessions: [...new Set([...next.sessions, ...(evidence.conversation_id ? [evidence.conversation_id] : [])])],
        rang: true,
        answered_at: next.answered_at ?? now,
        on_hold_since: undefined,
      };
    case 'agent_failed':
      return { ...next, agent_failed: true, problem: evidence.problem };
    case 'silent':
      if (isInbound(attempt)) return { ...next, agent_failed: true };
      return { ...adopt(next, now), rang: true, answered_at: next.answered_at ?? now, agent_failed: true };
    case 'talk_ended': {
      next.conversation_over_at = now;
      if (evidence.transcript) foldBridgeTranscript(next, evidence.transcript);
      return next;
    }
    case 'stream_lost':
      return next;
    case 'on_hold':
      return { ...next, on_hold_since: next.on_hold_since ?? now };
    case 'off_hold':
      return { ...next, on_hold_since: undefined };
  }
}

/** Once the bridge has a call, the provider does not get it back, and its registration is not the talk. */
function foldMedia(attempt: Call, evidence: MediaEvidence, now: number): Call {
  const media = attempt.media === 'bridge' ? attempt.media : evidence.media;
  const kept = media === 'provider' || attempt.sessions.length > 0 ? attempt.conversation_id : undefined;
  return {
    ...adopt({ ...attempt, call_sid: attempt.call_sid ?? evidence.call_sid }, now),
    media,
    bridged_at: attempt.bridged_at ?? (media === 'bridge' ? now : undefined),
    conversation_id: (media === 'provider' ? evidence.conversation_id : undefined) ?? kept,
    rang: true,
    answered_at: attempt.answered_at ?? now,
  };
}

/** Applies one piece of evidence to its call. Evidence may come late, twice, in any order, or be contradictory. */
export function foldEvidenceOfCall(call: Call, evidence: Evidence, now: number): Call {
  const folded = foldEach(call, evidence, now);
  // The last look had no name to ask for the record by.
  const isNamed = folded.conversation_id !== call.conversation_id && call.asked_once_more_at !== undefined;
  const next = isNamed ? { ...folded, asked_once_more_at: undefined } : folded;
  return isInbound(next) ? asJoined(next, now) : next;
}

function foldEach(call: Call, evidence: Evidence, now: number): Call {
  const heard: Call = { ...call, heard_at: now };
  if ('source' in evidence && evidence.source === 'poll') heard.asked_at = now;
  switch (evidence.kind) {
    case 'call_status':
      return foldCallStatus(heard, evidence, now);
    case 'report':
      return foldReport(heard, evidence, now);
    case 'conversation':
      return foldConversation(heard, evidence, now);
    case 'bridge':
      return foldBridge(heard, evidence, now);
    case 'media':
      return foldMedia(heard, evidence, now);
    case 'inbound':
      return foldInbound(heard, evidence, now);
  }
}

/** The same of any attempt: of a simulation only what it reports. */
export function foldEvidence(attempt: Attempt, evidence: Evidence, now: number): Attempt {
  if (isPhone(attempt)) return foldEvidenceOfCall(attempt, evidence, now);
  return evidence.kind === 'report' ? foldReport({ ...attempt, heard_at: now }, evidence, now) : attempt;
}
