import { isPhoneChannel, type PhonePolicy } from './channels.ts';
import type { CallStatus } from './evidence.ts';
import { mayFallBack, mediaOf } from './known-media.ts';
import { policyOf } from './policy.ts';
import type { Automaton } from './reached.ts';
import type { Report } from './result.ts';
import type { Attempt, BookingState, Call } from './state.ts';
import { isFromPerson, talkOf, whoAnswered } from './who-answered.ts';

const TERMINAL: readonly CallStatus[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];
const RANK: Record<CallStatus, number> = {
  queued: 0,
  initiated: 1,
  ringing: 2,
  'in-progress': 3,
  completed: 4,
  busy: 4,
  failed: 4,
  'no-answer': 4,
  canceled: 4,
};

export const isTerminal = (status: CallStatus): boolean => TERMINAL.includes(status);
export const rankOf = (status: CallStatus | undefined): number => (status === undefined ? -1 : RANK[status]);

/** SIP answers for a number that cannot ring. Sources: Twilio error pages 13224, 32xxx; RFC 3261 404, 484, 604. */
export const UNRINGABLE_SIP: readonly number[] = [404, 484, 604];

/** Longest duration of a request before it counts as lost (the SDKs' time-out and the activity's own). */
export const REQUEST_SECONDS = 60;
/** Twilio may add five seconds to the ring time-out. */
const RING_SLACK_SECONDS = 5;
/** Time after the provider's cap at which a leg counts as over without proof. */
const CAP_MARGIN_SECONDS = 60;

export const isPhone = (attempt: Attempt): attempt is Call => isPhoneChannel(attempt.channel);

export const callsOf = ({ attempts }: Pick<BookingState, 'attempts'>): Call[] => attempts.filter(isPhone);

/** True for a call of the business to us. It uses no budget and counts as no dial. */
export const isInbound = ({ direction }: Pick<Call, 'direction'>): boolean => direction === 'inbound';

/** The calls that we dialed. */
export const dialsOf = (state: Pick<BookingState, 'attempts'>): Call[] =>
  callsOf(state).filter((call) => !isInbound(call));

export const isSimulating = ({ attempts }: BookingState): boolean =>
  attempts.some((attempt) => !isPhone(attempt) && attempt.simulation === 'running');

const ownPolicy = (state: BookingState, { channel }: Call): PhonePolicy => policyOf(state.input.order, channel);

/** True when nobody can prove that the leg does not ring or talk. */
export const mayBeAlive = ({ leg }: Call): boolean => leg === 'dialing' || leg === 'unknown' || leg === 'live';

export const isOver = ({ leg }: Call): boolean => leg === 'ended' || leg === 'over';

/** The last report before the leg ended; without one, the last report after it. */
export function standingReport(attempt: Attempt): Report | undefined {
  const inCall = attempt.reports.filter((received) => received.in_call);
  const from = inCall.length > 0 ? inCall : attempt.reports;
  return from.at(-1)?.report;
}

export function personReport(attempt: Attempt): Report | undefined {
  const report = standingReport(attempt);
  return report && isFromPerson(report, talkOf(attempt)) ? report : undefined;
}

/** The report in the conversation's own record, if a person gave it. */
export function foundFromPerson(call: Call): Report | undefined {
  const report = call.found_report?.report;
  return report && isFromPerson(report, talkOf(call)) ? report : undefined;
}

/** The automaton that answered; undefined: a person did, or may have. */
export function automatonThatAnswered(attempt: Call): Automaton | undefined {
  const answerer = whoAnswered({ ...attempt, report: standingReport(attempt) });
  return answerer.is === 'automaton' ? answerer.kind : undefined;
}

/** True when an automaton answered and nothing shows that a person came to the phone. */
export const machineOnly = (attempt: Call): boolean => automatonThatAnswered(attempt) !== undefined;

/** The agent tells of a menu, a hold or a screener: beside one of them a person may have spoken. */
const tellsOfAWait = ({ reached = 'person' }: Report): boolean => reached !== 'person' && reached !== 'voicemail';

/**
 * True when a detector took the answer for a machine's, or the agent for a menu's, a hold's or a screener's, and the words of the talk, which
 * may be a person's, are still missing.
 */
export function wordsMayTell(attempt: Call): boolean {
  if (attempt.transcript !== undefined) return false;
  const report = standingReport(attempt);
  if (report && tellsOfAWait(report)) return attempt.answered_at !== undefined;
  const isCarried = attempt.stream_started || (mayFallBack(attempt) && mediaOf(attempt) === 'provider');
  return attempt.machine && isCarried && attempt.conversation_over_at === undefined && report?.result !== 'voicemail';
}

/** True when this attempt reached somebody, or may have: nobody may be called again for this booking. */
export const reachedSomebody = (call: Call): boolean => call.answered_at !== undefined && !machineOnly(call);

/**
 * A canceled leg was queued or ringing before, and nobody knows which. A failed one may have been declined while it rang: only the network's
 * answer tells, and a look-up does not have it.
 */
const mayHaveRung = ({ end_status, sip_code }: Call): boolean =>
  end_status === 'canceled' || (end_status === 'failed' && sip_code === undefined);

/** True when a phone rang for this booking, or may have: then a simulation can no longer give its result. */
export const phoneRang = (state: BookingState): boolean =>
  callsOf(state).some((call) => call.rang || mayHaveRung(call));

/** From this time on a phone may ring; a request in its queue rings no phone. */
const sentAt = (attempt: Call): number => attempt.sent_at ?? attempt.dialed_at;

/** Longest that a call may last, in seconds. */
export const longestCallOf = (state: BookingState, attempt: Call): number => ownPolicy(state, attempt).max_call_seconds;

/** Time at which the provider's caps have certainly ended the leg. */
export function capOf(state: BookingState, attempt: Call): number {
  const policy = ownPolicy(state, attempt);
  const ring = policy.ring_seconds + RING_SLACK_SECONDS;
  const answered = attempt.answered_at ?? sentAt(attempt) + (REQUEST_SECONDS + ring) * 1000;
  return answered + policy.max_call_seconds * 1000;
}

/** Time from which a leg without proof of its end counts as over. */
export const giveUpAt = (state: BookingState, attempt: Call): number =>
  capOf(state, attempt) + CAP_MARGIN_SECONDS * 1000;

/** Longest life of a leg in seconds, from its dial until it counts as over. Until then no other booking may call the number. */
export const mostSecondsOf = ({ ring_seconds, max_call_seconds }: PhonePolicy): number =>
  REQUEST_SECONDS + ring_seconds + RING_SLACK_SECONDS + max_call_seconds + CAP_MARGIN_SECONDS;

/** Time at which an unanswered leg should have stopped ringing by itself. */
export function ringEndsAt(state: BookingState, attempt: Call): number {
  const policy = ownPolicy(state, attempt);
  return sentAt(attempt) + (policy.ring_seconds + RING_SLACK_SECONDS + 10) * 1000;
}
