import { isPhone } from './leg.ts';
import type { BookingOrder } from './order.ts';
import { isUndecided, type Weighed, weigh } from './proof.ts';
import type { Report } from './result.ts';
import type { Attempt } from './state.ts';
import type { Doubt, TalkFinding } from './talk/types.ts';
import { dayOfCall } from './talk-context.ts';

/** The business answered in words, and nobody who knows the order has read them yet. */
export const isUnread = ({ transcript }: Attempt): boolean =>
  transcript !== undefined &&
  transcript.digest.business_turns_after_greeting > 0 &&
  transcript.digest.talk === undefined;

/**
 * The provider's record of the talk is still to come, and with it its analysis. Of a call of several sessions it has only parts, which
 * are not waited for.
 */
export const isRecordPending = (attempt: Attempt): boolean =>
  isPhone(attempt) &&
  attempt.conversation_id !== undefined &&
  attempt.sessions.length <= 1 &&
  attempt.conversation_status !== 'done' &&
  attempt.conversation_status !== 'failed';

const NOBODY: Weighed = { carried: false, doubts: [{ code: 'no_person', cites: [] }] };

/** What two transcripts of one talk say, where both can be read: a doubt of either counts. */
function both(first: Weighed, second: Weighed): Weighed {
  if (!first.carried || second.carried) return first;
  const hard = second.doubts.filter((doubt) => !isUndecided(doubt));
  return hard.length > 0 ? { carried: false, doubts: hard } : first;
}

/** Words of which only parts are at hand: all that speaks against the appointment counts, and one part must give it. */
function ofParts(parts: readonly Weighed[]): Weighed | undefined {
  const doubts = parts.flatMap((part) => (part.carried ? [] : part.doubts));
  const hard = doubts.filter((doubt) => !isUndecided(doubt));
  if (hard.length > 0) return { carried: false, doubts: hard };
  return parts.find(({ carried }) => carried) ?? (parts.length > 0 ? { carried: false, doubts } : undefined);
}

/** Whether what is known of an attempt carries its report `confirmed`. Its words must have been read, where there are any. */
export function weighAttempt(
  order: Pick<BookingOrder, 'business' | 'zones'>,
  attempt: Attempt,
  report: Report,
): Weighed {
  const { transcript, other_talk, part_talks = {}, analysis, machine, sent_at, dialed_at } = attempt;
  if (transcript && transcript.digest.business_turns_after_greeting === 0) return NOBODY;
  const called_on = dayOfCall(order, sent_at ?? dialed_at);
  const on = (finding: TalkFinding | undefined): Weighed => weigh(report, { finding, analysis, called_on });
  const readable = [transcript?.digest.talk, other_talk].filter((talk) => talk?.readable);
  const [first, second] = readable.map(on);
  if (first) return second ? both(first, second) : first;
  const parts = ofParts(
    Object.values(part_talks)
      .filter(({ readable: is }) => is)
      .map(on),
  );
  if (parts) return parts;
  const claimed = on(undefined);
  // A machine was heard to answer, and no words say that somebody came to the phone.
  return claimed.carried && claimed.proof.level === 'claimed' && machine ? NOBODY : claimed;
}

/** The words alone leave it open, so that the provider's analysis may decide. */
export const leavesItOpen = (doubts: readonly Doubt[]): boolean => doubts.every(isUndecided);
