import { assumptionOf } from './assumptions.ts';
import { callersFindTheirBooking } from './check-callers.ts';
import { wordIsHeeded } from './check-contained.ts';
import { automataAreNoPeople, automataDecideNothing } from './check-endurance.ts';
import {
  forbiddenIsHeeded,
  noDialTwice,
  nothingUnderOtherAccounts,
  onlyWhatIsOnRecord,
  presentLimitsHold,
} from './check-fences.ts';
import { legsEndInTime, nobodyRungAfterAPerson, noLegOutlivesTheBooking, oneLegAlive } from './check-legs.ts';
import {
  confirmedIsSupported,
  everyBookingEnds,
  noReportIsLost,
  oneOutcome,
  silenceIsAskedAbout,
  simulationsAreFlagged,
  wordsAreAskedFor,
} from './check-outcome.ts';
import { rejectedRestsForTheDay } from './check-rejections.ts';
import { attemptsAreBounded, cancelIsObeyed, onlyInBudget } from './check-rules.ts';
import { soundIsToldTruly } from './check-sound.ts';
import { expiredIsTrue, onlyAtItsTimes } from './check-times.ts';
import { confirmedIsTrue } from './check-words.ts';
import type { Run } from './run.ts';

export type GuaranteeId =
  | 'one_leg_alive'
  | 'sound_is_told_truly'
  | 'nobody_rung_after_a_person'
  | 'word_is_heeded'
  | 'every_booking_ends'
  | 'no_report_is_lost'
  | 'silence_is_asked_about'
  | 'one_outcome_with_its_evidence'
  | 'confirmed_is_supported'
  | 'confirmed_is_true'
  | 'automata_are_no_people'
  | 'simulations_are_flagged'
  | 'legs_end_in_time'
  | 'no_leg_outlives_the_booking'
  | 'only_in_budget'
  | 'attempts_are_bounded'
  | 'cancel_is_obeyed'
  | 'rejected_rests_for_the_day'
  | 'no_dial_twice'
  | 'nothing_under_other_accounts'
  | 'forbidden_is_heeded'
  | 'present_limits_hold'
  | 'only_at_its_times'
  | 'expired_is_true'
  | 'callers_find_their_booking'
  | 'only_what_is_on_record';

/** What Vocero promises, as sentences, and the check of each: why a run breaks it, or nothing. */
export const GUARANTEES: Record<GuaranteeId, { sentence: string; check: (run: Run) => string | undefined }> = {
  one_leg_alive: {
    sentence: 'At most one leg to the business is alive at any moment for one booking.',
    check: (run) => oneLegAlive(run, 1),
  },
  nobody_rung_after_a_person: {
    sentence:
      'No dial leaves after a person picked up, whether or not anything was said or reported, but the one that this person asked for: not before its time, and on the channel on which they were reached.',
    check: nobodyRungAfterAPerson,
  },
  word_is_heeded: {
    sentence:
      'Once word has come that somebody picked up, on any leg, no other dial leaves but one that they asked for.',
    check: wordIsHeeded,
  },
  every_booking_ends: {
    sentence: 'Every booking ends, within a bound that its budgets, caps and hours give.',
    check: everyBookingEnds,
  },
  no_report_is_lost: {
    sentence:
      'A report that was acknowledged before the outcome is the outcome, or is visibly overruled by needs_review.',
    check: noReportIsLost,
  },
  silence_is_asked_about: {
    sentence:
      'No call is settled as “no result was reported” while a report was acknowledged, or a provider that can be reached has one in its record; nor for words that could not be read, where they could.',
    check: (run) => silenceIsAskedAbout(run) ?? wordsAreAskedFor(run),
  },
  one_outcome_with_its_evidence: {
    sentence: 'There is one outcome; the evidence that it names was really there.',
    check: oneOutcome,
  },
  confirmed_is_supported: {
    sentence:
      'confirmed rests on a report that was really made, with date and time, which no transcript at hand contradicts.',
    check: confirmedIsSupported,
  },
  confirmed_is_true: {
    sentence:
      'confirmed is said only on the reported day and hour, where no words at hand speak against it; its proof says no more than they do.',
    check: confirmedIsTrue,
  },
  automata_are_no_people: {
    sentence:
      'What only a menu, a recorded wait or a screener said is no answer of the business: it gives no result, and the number may be called again.',
    check: (run) => automataDecideNothing(run) ?? automataAreNoPeople(run),
  },
  sound_is_told_truly: {
    sentence: 'Who is shown to have carried the sound of a call did so, as far as anybody was told.',
    check: soundIsToldTruly,
  },
  simulations_are_flagged: {
    sentence: 'What a simulation made says so; none begins after a phone rang.',
    check: simulationsAreFlagged,
  },
  legs_end_in_time: { sentence: 'Every leg ends within its cap and a minute.', check: legsEndInTime },
  no_leg_outlives_the_booking: {
    sentence: 'No leg is queued, rings or talks once the booking is final.',
    check: noLegOutlivesTheBooking,
  },
  only_in_budget: { sentence: 'No dial leaves after its channel’s budget.', check: onlyInBudget },
  attempts_are_bounded: {
    sentence: 'A channel places no more calls than max_attempts, and no more for each call that was asked for.',
    check: attemptsAreBounded,
  },
  cancel_is_obeyed: { sentence: 'No dial leaves after the client’s cancel was taken in.', check: cancelIsObeyed },
  rejected_rests_for_the_day: {
    sentence:
      'Once word has come that a call was declined or blocked, no dial leaves on that day of the business, on any channel.',
    check: rejectedRestsForTheDay,
  },
  no_dial_twice: {
    sentence: 'A call leaves for its provider once, whatever is reset, restored or restarted.',
    check: noDialTwice,
  },
  nothing_under_other_accounts: {
    sentence:
      'Under another mode or other accounts than its own nothing of a booking is dialed, asked, hung up or simulated.',
    check: nothingUnderOtherAccounts,
  },
  forbidden_is_heeded: {
    sentence: 'No dial leaves from the moment on in which a prohibition of its number was accepted.',
    check: forbiddenIsHeeded,
  },
  present_limits_hold: {
    sentence: 'No dial leaves outside the calling hours and countries that hold when it leaves.',
    check: presentLimitsHold,
  },
  only_at_its_times: {
    sentence:
      'No dial leaves outside the hours of the business, on a holiday that is left out, before not_before, or after not_after.',
    check: onlyAtItsTimes,
  },
  expired_is_true: {
    sentence:
      'A booking expires only at its last moment, soon, and only where nobody was rung; none is simulated after that moment.',
    check: expiredIsTrue,
  },
  callers_find_their_booking: {
    sentence:
      'A call of the business after the outcome is followed beside it, with what its agent reported; a stranger’s call joins no booking.',
    check: callersFindTheirBooking,
  },
  only_what_is_on_record: {
    sentence: 'Nobody is rung for a run without an accepted, open booking on record, or for one that is gone.',
    check: onlyWhatIsOnRecord,
  },
};

export const GUARANTEE_IDS = Object.keys(GUARANTEES) as GuaranteeId[];

export interface Violation {
  guarantee: GuaranteeId;
  why: string;
}

/** Every guarantee that this run breaks. */
export function violations(run: Run): Violation[] {
  const found: Violation[] = [];
  for (const guarantee of GUARANTEE_IDS) {
    const why = GUARANTEES[guarantee].check(run);
    if (why !== undefined) found.push({ guarantee, why });
  }
  return found;
}

/** What a run breaks that even its broken assumption does not excuse. */
export function uncontained(run: Run): Violation[] {
  const assumption = assumptionOf(run.schedule.broken);
  if (!assumption) return violations(run);
  const found = violations(run).filter((one) => !assumption.mayFall.includes(one.guarantee));
  const crowd = oneLegAlive(run, assumption.mostAlive);
  if (crowd !== undefined) found.push({ guarantee: 'one_leg_alive', why: crowd });
  return found;
}
