import type { Evidence } from '../../domain/evidence.ts';
import { isNobody, meets } from './endurance.ts';
import { isAnswered, providerWords } from './lookups.ts';
import { heardInTime, type Run } from './run.ts';
import type { TrueConversation, TrueLeg } from './truth.ts';
import { dayOf, stand, type Words } from './words.ts';

/** A transcript of a talk that had been handed over before the outcome stood: what it says, and whether somebody could read it. */
interface Heard {
  words: Words;
  read: boolean;
  /** It is one of several sessions' and speaks for itself alone. */
  part: boolean;
}

/** The session in which the bridge's own transcript came to its end: the last one. */
const talkOf = (leg: TrueLeg): TrueConversation | undefined => leg.conversations.at(-1);

/** Word that the call is on hold; of a call that nobody came back to it stays true. */
const tellsOfAHold = (one: Evidence): boolean =>
  (one.kind === 'bridge' && one.event === 'on_hold') || (one.kind === 'conversation' && one.on_hold === true);

/** What the business really said of the appointment, where the words of a talk would be these. */
function said(run: Run, { plan, call_id }: TrueLeg, words: Words): Words {
  if (isNobody(plan)) return 'denies';
  if (meets(plan) !== 'left_on_hold') return words;
  // Whoever did not hear of the hold has only a request to wait.
  return heardInTime(run).some((one) => one.call_id === call_id && tellsOfAHold(one)) ? 'denies' : 'leaves_open';
}

function heardOf(run: Run, leg: TrueLeg, evidence: Evidence): Heard | undefined {
  if (evidence.call_id !== leg.call_id || !('transcript' in evidence) || !evidence.transcript) return undefined;
  const { talk, business_turns_after_greeting } = evidence.transcript;
  if (business_turns_after_greeting === 0) return undefined;
  const read = talk !== undefined;
  if (evidence.kind === 'bridge') {
    const whole = evidence.event === 'talk_ended' && talkOf(leg) !== undefined;
    return whole ? { words: said(run, leg, leg.plan.words), read, part: false } : undefined;
  }
  const conversation = leg.conversations.find((one) => one.conversation_id === evidence.conversation_id);
  if (!conversation || !isAnswered(conversation)) return undefined;
  return { words: said(run, leg, providerWords(leg)), read, part: leg.conversations.length > 1 };
}

/** What the booking had heard of a call's words. */
export const wordsHeard = (run: Run, leg: TrueLeg): Heard[] =>
  heardInTime(run).flatMap((evidence) => heardOf(run, leg, evidence) ?? []);

const analysisHeard = (run: Run, leg: TrueLeg) =>
  heardInTime(run).flatMap((one) =>
    one.kind === 'conversation' && one.call_id === leg.call_id && one.analysis ? [one.analysis] : [],
  );

/** What every transcript at hand says of the appointment that was reported in this call. */
function carries(run: Run, leg: TrueLeg): string | undefined {
  const { proof, confirmed_time: time } = run.outcome!;
  const heard = wordsHeard(run, leg);
  // One session's record says nothing beside a transcript of the whole talk.
  const whole = heard.filter((one) => one.read && !one.part);
  const read = (whole.length > 0 ? whole : heard.filter((one) => one.read)).map(({ words }) => words);
  const against = read.find((words) => stand(words, time) === 'against');
  if (against) return `confirmed, though the business ${against}`;
  const readable = read.filter((words) => words !== 'not_read');
  const given = readable.some((words) => stand(words, time) === 'for');
  switch (proof!.level) {
    case 'stated':
    case 'agreed':
      return given ? undefined : `${proof!.level}, though no words that were read give it`;
    case 'analyzed':
      return analysisHeard(run, leg).some(({ confirmed }) => confirmed === true)
        ? undefined
        : 'analyzed, though no analysis says so';
    case 'claimed':
      if (readable.length > 0) return `claimed, though there are words: ${readable}`;
      return heard.some((one) => !one.read && !one.part) && read.length === 0
        ? 'confirmed on words that nobody has read'
        : undefined;
  }
}

/**
 * No false appointment: on the day and at the hour that was reported, and never where words at hand speak against it; the proof says
 * no more than the words do.
 */
export function confirmedIsTrue(run: Run): string | undefined {
  const { outcome, schedule, world, start } = run;
  if (!outcome) return undefined;
  if (outcome.result !== 'confirmed') return outcome.proof === null ? undefined : `${outcome.result} has a proof`;
  if (!outcome.proof) return 'confirmed without saying what it rests on';
  if (outcome.confirmed_date !== dayOf(start)) return 'confirmed for another day';
  if (outcome.channel === 'simulation') {
    return schedule.simulation === 'works' ? undefined : `confirmed by a simulation that ${schedule.simulation}`;
  }
  const made = world.legs.filter((leg) => leg.reported.some(({ result }) => result === 'confirmed'));
  // Of two calls that reported it one is enough.
  const wrong = made.map((leg) => carries(run, leg));
  return wrong.includes(undefined) ? undefined : wrong[0];
}

/** All that is at hand carries the appointment: a careful reviewer would say so too. */
export function isCarried(run: Run, leg: TrueLeg): boolean {
  if (analysisHeard(run, leg).some(({ confirmed }) => confirmed === false)) return false;
  return wordsHeard(run, leg).every(
    ({ words, read, part }) => read && !part && (words === 'gives' || words === 'not_read'),
  );
}
