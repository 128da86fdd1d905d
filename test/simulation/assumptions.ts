import type { GuaranteeId } from './guarantees.ts';
import { quietDial, type Schedule } from './schedule.ts';

export type AssumptionId =
  | 'absent_is_absent'
  | 'hang_up_is_honoured'
  | 'providers_cap_ends_a_leg'
  | 'polls_tell_the_truth'
  | 'an_end_is_an_end'
  | 'refused_is_refused'
  | 'put_off_is_put_off'
  | 'machines_are_told_from_people'
  | 'queued_calls_ring_soon'
  | 'the_list_shows_only_our_calls'
  | 'clocks_agree';

const guardless = (dial: Schedule['dials'][number]): void => {
  dial.guard = 'none';
};

/** What the guarantees rest on, and what is left of them where it does not hold. */
export interface Assumption {
  id: AssumptionId;
  sentence: string;
  /** Makes a schedule in which it is likely to be broken. */
  breakIt(schedule: Schedule): void;
  /** Guarantees that may fall when it is broken; all others must hold all the same. */
  mayFall: GuaranteeId[];
  /** Legs that may be alive at once, at most, and dials after a person was reached. */
  most: { alive: number; dialsAfterPerson: number };
  /** What "contained" means here, for people. */
  contained: string;
}

const eachDial = (schedule: Schedule, change: (dial: Schedule['dials'][number], index: number) => void): void =>
  schedule.dials.forEach(change);

export const ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'absent_is_absent',
    sentence:
      'A dial that is absent from both providers’ lists for RECONCILE_SECONDS after our request ended never happened.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        if (index > 0) return;
        dial.fault = 'timeout_acted';
        dial.queued_ms = 100_000;
        dial.twilio_lag_ms = 400_000;
        dial.elevenlabs_lag_ms = 400_000;
        dial.guard = 'none';
      }),
    mayFall: ['one_leg_alive', 'nobody_rung_after_a_person'],
    most: { alive: 2, dialsAfterPerson: 1 },
    contained:
      'The late leg is adopted as soon as anything is heard of it; the one of the two that is not in conversation is hung up.',
  },
  {
    id: 'hang_up_is_honoured',
    sentence: 'Twilio ends a call that it was asked to cancel or complete.',
    breakIt: (schedule) => eachDial(schedule, guardless),
    mayFall: [],
    most: { alive: 1, dialsAfterPerson: 0 },
    contained: 'Nothing is dialed until the leg’s end is proved; its own cap ends it.',
  },
  {
    id: 'providers_cap_ends_a_leg',
    sentence: 'Twilio’s TimeLimit and ElevenLabs’ max_duration_seconds end every call.',
    breakIt: (schedule) => {
      schedule.foreign_account = false;
      schedule.twilio_outages = [];
      schedule.standstills = [];
      schedule.clock_leap.by_ms = 0;
      eachDial(schedule, (dial) => {
        dial.callee = 'talks_without_end';
        dial.hang_up = [];
        dial.guard = 'none';
        if (dial.fault.endsWith('acted') || dial.fault === 'slow') dial.fault = 'none';
      });
    },
    mayFall: [],
    most: { alive: 1, dialsAfterPerson: 0 },
    contained: 'The booking’s own timer hangs the call up at its cap.',
  },
  {
    id: 'polls_tell_the_truth',
    sentence: 'What Twilio answers about one CallSid was true a few seconds ago; an end that it tells is an end.',
    breakIt: (schedule) => eachDial(schedule, guardless),
    mayFall: ['one_leg_alive', 'nobody_rung_after_a_person', 'no_leg_outlives_the_booking', 'simulations_are_flagged'],
    most: { alive: 2, dialsAfterPerson: 1 },
    contained: 'At the first word of the leg that was believed ended nobody else is rung; never more than two legs.',
  },
  {
    id: 'an_end_is_an_end',
    sentence: 'The first end that a signed callback tells is true.',
    breakIt: (schedule) => {
      schedule.native.enabled = false;
      schedule.bridge.enabled = true;
      eachDial(schedule, (dial) => {
        dial.guard = 'none';
        dial.callbacks = [];
      });
    },
    mayFall: ['one_leg_alive', 'nobody_rung_after_a_person', 'no_leg_outlives_the_booking', 'simulations_are_flagged'],
    most: { alive: 2, dialsAfterPerson: 1 },
    contained: 'As above: the leg that is heard of again stops every further dial.',
  },
  {
    id: 'refused_is_refused',
    sentence: 'A 4xx answer means that nothing was placed.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        dial.guard = 'none';
        if (index === 0) dial.fault = 'channel_refused';
      }),
    mayFall: ['one_leg_alive', 'nobody_rung_after_a_person', 'no_leg_outlives_the_booking', 'simulations_are_flagged'],
    most: { alive: 2, dialsAfterPerson: 1 },
    contained: 'The leg is adopted at its first callback or report; one of two is hung up.',
  },
  {
    id: 'put_off_is_put_off',
    sentence: 'A request that was answered 429 was not processed.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        dial.guard = 'none';
        if (index === 0) dial.fault = 'rate_limited';
      }),
    mayFall: ['one_leg_alive', 'nobody_rung_after_a_person', 'no_leg_outlives_the_booking', 'simulations_are_flagged'],
    most: { alive: 2, dialsAfterPerson: 1 },
    contained: 'As for a refusal that was none.',
  },
  {
    id: 'machines_are_told_from_people',
    sentence: 'Carrier detection and the agent’s word “voicemail” are right: no person heard that call.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial) => {
        dial.guard = 'none';
        dial.detects_machines = true;
      }),
    mayFall: ['nobody_rung_after_a_person'],
    most: { alive: 1, dialsAfterPerson: 3 },
    contained:
      'Attempts stay bounded, never two at once; a person’s report stops the redials whatever the detection said.',
  },
  {
    id: 'queued_calls_ring_soon',
    sentence:
      'A provider does not keep a call in its queue for over a minute while it can neither be asked nor told to cancel it.',
    breakIt: (schedule) => {
      schedule.twilio_outages = [{ from_ms: 2_000, for_ms: 3 * 3_600_000 }];
      schedule.standstills = [];
      eachDial(schedule, (dial) => {
        dial.guard = 'none';
        dial.queued_ms = 2 * 3_600_000;
      });
    },
    mayFall: ['no_leg_outlives_the_booking'],
    most: { alive: 1, dialsAfterPerson: 0 },
    contained: 'No other dial; the booking ends as needs_review.',
  },
  {
    id: 'the_list_shows_only_our_calls',
    sentence: 'From our number to this one nobody but the booking that holds the line calls.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        dial.guard = 'none';
        if (index === 0) dial.fault = 'timeout_idle';
      }),
    mayFall: [],
    most: { alive: 1, dialsAfterPerson: 0 },
    contained: 'The stranger’s call is taken for ours: the booking waits for its end, and rings nobody meanwhile.',
  },
  {
    id: 'clocks_agree',
    sentence:
      'The clocks of our machines and Temporal’s differ by less than two seconds, and leap by less than half a minute.',
    breakIt: (schedule) => {
      schedule.worker_skew_ms = 600_000 * (schedule.seed % 2 === 0 ? 1 : -1);
      eachDial(schedule, guardless);
    },
    mayFall: ['only_in_hours_and_budget'],
    most: { alive: 1, dialsAfterPerson: 0 },
    contained: 'Only the hours and the budget of a dial can be missed; whether it rang is still proved.',
  },
];

export const assumptionOf = (id: string): Assumption | undefined => ASSUMPTIONS.find((one) => one.id === id);

/** The same seed’s schedule with one assumption that does not hold. */
export function broken(schedule: Schedule, assumption: Assumption): Schedule {
  const other = structuredClone(schedule);
  while (other.dials.length < 8) other.dials.push(quietDial());
  other.broken = assumption.id;
  assumption.breakIt(other);
  return other;
}
