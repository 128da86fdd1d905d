import { isPhone } from './leg.ts';
import type { BookingOrder } from './order.ts';
import { isUndecided, type Weighed, weigh } from './proof.ts';
import type { Report } from './result.ts';
import type { Attempt, Call } from './state.ts';
import type { Doubt, TalkFinding } from './talk/types.ts';
import { dayOfCall } from './talk-context.ts';

/** True when the business answered in words and nobody has read them against the order yet. */
export const isUnread = ({ transcript }: Attempt): boolean =>
  transcript !== undefined &&
  transcript.digest.business_turns_after_greeting > 0 &&
  transcript.digest.talk === undefined;

/**
 * True while the provider's record of the talk, with its analysis, is missing. A call of several sessions has only records of parts, which
 * are not awaited.
 */
export const isRecordPending = (attempt: Call): boolean =>
  attempt.conversation_id !== undefined &&
  attempt.sessions.length <= 1 &&
  attempt.conversation_status !== 'done' &&
  attempt.conversation_status !== 'failed';

const NOBODY: Weighed = { carried: false, doubts: [{ code: 'no_person', cites: [] }] };

/** The call ended on hold, and no words give the appointment: nobody was there who could have given it, whatever the analysis says. */
const wasLeftOnHold = ({ on_hold_since, transcript }: Partial<Call>): boolean =>
  on_hold_since !== undefined && transcript?.digest.talk?.asked_to_wait === true;

type Witness = (report: Report) => Weighed;

/** The same report with the day and hour that were found for it, so that nobody finds others. */
const asFound = ({ time_half_unknown: _, ...report }: Report, found: Weighed & { carried: true }): Report => ({
  ...report,
  confirmed_date: found.confirmed_date,
  confirmed_time: found.confirmed_time,
});

const hardIn = (weighed: Weighed): Doubt[] =>
  weighed.carried ? [] : weighed.doubts.filter((one) => !isUndecided(one));

/** Weighs two transcripts of one talk: doubts of either count. */
function both(report: Report, richer: Witness, other: Witness): Weighed {
  const found = richer(report);
  if (!found.carried) return found;
  const doubts = hardIn(other(asFound(report, found)));
  return doubts.length > 0 ? { carried: false, doubts } : found;
}

/** Weighs the parts of a talk: one part must give the appointment, and doubts of any part count. */
function ofParts(report: Report, parts: readonly Witness[]): Weighed {
  const found = parts.map((part) => part(report)).find((weighed) => weighed.carried);
  const all = parts.map((part) => part(found ? asFound(report, found) : report));
  const hard = all.flatMap(hardIn);
  if (hard.length > 0) return { carried: false, doubts: hard };
  return found ?? { carried: false, doubts: all.flatMap((weighed) => (weighed.carried ? [] : weighed.doubts)) };
}

/** Decides whether the evidence of an attempt supports its report `confirmed`. Its transcript must have been read, if there is one. */
export function weighAttempt(
  order: Pick<BookingOrder, 'business' | 'zones' | 'request'>,
  attempt: Attempt,
  report: Report,
): Weighed {
  const { transcript, dialed_at } = attempt;
  const call: Partial<Call> = isPhone(attempt) ? attempt : {};
  const { other_talk, part_talks = {}, quiet_parts = [], sessions = [], machine, sent_at } = call;
  const analysis = call.analysis?.confirmed !== false && wasLeftOnHold(call) ? undefined : call.analysis;
  if (transcript && transcript.digest.business_turns_after_greeting === 0) return NOBODY;
  const called_on = dayOfCall(order, sent_at ?? dialed_at);
  const on =
    (finding?: TalkFinding): Witness =>
    (one) =>
      weigh(one, { finding, analysis, called_on, acceptable: order.request.acceptable });
  const readable = (talks: (TalkFinding | undefined)[]): Witness[] => talks.filter((talk) => talk?.readable).map(on);

  const [richer, other] = readable([transcript?.digest.talk, other_talk]);
  if (richer) return other ? both(report, richer, other) : richer(report);
  const parts = readable(Object.values(part_talks));
  if (parts.length > 0) return ofParts(report, parts);
  if (!transcript && sessions.length > 0 && sessions.every((id) => quiet_parts.includes(id))) return NOBODY;
  const claimed = on()(report);
  // A machine was heard to answer, and no words show that somebody came to the phone.
  return claimed.carried && claimed.proof.level === 'claimed' && machine ? NOBODY : claimed;
}

/** True when the words alone leave it open, so that the provider's analysis may decide. */
export const leavesItOpen = (doubts: readonly Doubt[]): boolean => doubts.every(isUndecided);
