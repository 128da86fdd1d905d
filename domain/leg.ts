import { isPhoneChannel, type PhonePolicy } from './channels.ts';
import type { CallStatus } from './evidence.ts';
import { mayFallBack, mediaOf } from './known-media.ts';
import { policyOf } from './policy.ts';
import type { Report } from './result.ts';
import type { Attempt, BookingState, Call } from './state.ts';
import type { DoubtCode } from './talk/types.ts';

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

/** SIP answers that say the number cannot ring. Twilio error pages 13224, 32xxx; RFC 3261 404, 484, 604. */
export const UNRINGABLE_SIP: readonly number[] = [404, 484, 604];

/** A request may take this long before it counts as lost (the SDKs' time-out and the activity's own). */
export const REQUEST_SECONDS = 60;
/** Twilio may add five seconds to the ring time-out. */
const RING_SLACK_SECONDS = 5;
/** How long after the provider's own cap a leg is believed to be gone even without proof. */
const CAP_MARGIN_SECONDS = 60;

export const isPhone = (attempt: Attempt): attempt is Call => isPhoneChannel(attempt.channel);

export const callsOf = ({ attempts }: Pick<BookingState, 'attempts'>): Call[] => attempts.filter(isPhone);

export const isSimulating = ({ attempts }: BookingState): boolean =>
  attempts.some((attempt) => !isPhone(attempt) && attempt.simulation === 'running');

const ownPolicy = (state: BookingState, { channel }: Call): PhonePolicy => policyOf(state.input.order, channel);

/** The leg may still ring or talk, as far as anybody can prove. */
export const mayBeAlive = ({ leg }: Call): boolean => leg === 'dialing' || leg === 'unknown' || leg === 'live';

export const isOver = ({ leg }: Call): boolean => leg === 'ended' || leg === 'over';

/** Results that only a person can give. */
export const isFromPerson = (report: Report): boolean => report.result !== 'voicemail';

/** The last report before the leg ended; without one, the last that came after. */
export function standingReport(attempt: Attempt): Report | undefined {
  const inCall = attempt.reports.filter((received) => received.in_call);
  const from = inCall.length > 0 ? inCall : attempt.reports;
  return from.at(-1)?.report;
}

export function personReport(attempt: Attempt): Report | undefined {
  const report = standingReport(attempt);
  return report && isFromPerson(report) ? report : undefined;
}

/** Of a business that said less than this a greeting is all that is known, unless its words are an answer. */
const PERSON_TURNS = 2;

/** What only somebody says who has heard what was asked. */
const ANSWERS: readonly DoubtCode[] = [
  'denied',
  'taken_back',
  'hedged',
  'tentative',
  'conditional',
  'waiting_list',
  'call_back',
  'elsewhere',
  'moved',
];

/**
 * The words say that a person spoke, or nobody has read yet or can read what they say: whatever a detector makes of the voice, what is not
 * known to be a machine is not rung again.
 */
function heardAPerson({ transcript }: Call): boolean {
  const { business_turns_after_greeting = 0, talk } = transcript?.digest ?? {};
  if (business_turns_after_greeting === 0) return false;
  if (!talk?.readable) return business_turns_after_greeting >= PERSON_TURNS;
  if (talk.doubts.some(({ code }) => code === 'no_person')) return false;
  const answered = talk.agreement !== undefined || talk.doubts.some(({ code }) => ANSWERS.includes(code));
  return answered || business_turns_after_greeting >= PERSON_TURNS;
}

/** A machine answered and nothing says that a person came to the phone. */
export function machineOnly(attempt: Call): boolean {
  if (personReport(attempt) || heardAPerson(attempt)) return false;
  if (attempt.found_report && isFromPerson(attempt.found_report.report)) return false;
  return (
    attempt.machine ||
    standingReport(attempt)?.result === 'voicemail' ||
    attempt.found_report?.report.result === 'voicemail'
  );
}

/** A detector took the answer for a machine's, and the words of the talk, which may be a person's, are still to come. */
export const wordsMayTell = (attempt: Call): boolean =>
  attempt.machine &&
  (attempt.stream_started || (mayFallBack(attempt) && mediaOf(attempt) === 'provider')) &&
  attempt.transcript === undefined &&
  attempt.conversation_over_at === undefined &&
  standingReport(attempt)?.result !== 'voicemail';

/** Somebody was, or may have been, reached by this attempt: nobody may be rung again for this booking. */
export const reachedSomebody = (call: Call): boolean => call.answered_at !== undefined && !machineOnly(call);

/**
 * A phone rang for this booking, or may have: whatever comes later, it will not be settled by a simulation. A leg that was
 * canceled was queued or ringing before, and nobody can tell which.
 */
export const phoneRang = (state: BookingState): boolean =>
  callsOf(state).some(({ rang, end_status }) => rang || end_status === 'canceled');

/** From here on a phone may ring; a request that is on its way in a queue rings none. */
const sentAt = (attempt: Call): number => attempt.sent_at ?? attempt.dialed_at;

/** When the provider's own caps have surely ended the leg. */
export function capOf(state: BookingState, attempt: Call): number {
  const policy = ownPolicy(state, attempt);
  const ring = policy.ring_seconds + RING_SLACK_SECONDS;
  const answered = attempt.answered_at ?? sentAt(attempt) + (REQUEST_SECONDS + ring) * 1000;
  return answered + policy.max_call_seconds * 1000;
}

/** The moment from which a leg without proof of its end counts as over. */
export const giveUpAt = (state: BookingState, attempt: Call): number =>
  capOf(state, attempt) + CAP_MARGIN_SECONDS * 1000;

/** How long from its dial on a leg may live before it counts as over, in seconds: until then nobody else may ring the number. */
export const mostSecondsOf = ({ ring_seconds, max_call_seconds }: PhonePolicy): number =>
  REQUEST_SECONDS + ring_seconds + RING_SLACK_SECONDS + max_call_seconds + CAP_MARGIN_SECONDS;

/** When a leg that nobody answered should have stopped ringing by itself. */
export function ringEndsAt(state: BookingState, attempt: Call): number {
  const policy = ownPolicy(state, attempt);
  return sentAt(attempt) + (policy.ring_seconds + RING_SLACK_SECONDS + 10) * 1000;
}
