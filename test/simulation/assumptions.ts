import { isInbound } from '../../domain/leg.ts';
import { tellsOfAnAnswer } from './check-contained.ts';
import { forbiddenIsHeeded, noDialTwice } from './check-fences.ts';
import { nobodyRungAfterAPerson, noLegOutlivesTheBooking, oneLegAlive } from './check-legs.ts';
import { cancelIsObeyed } from './check-rules.ts';
import type { GuaranteeId } from './guarantees.ts';
import { callsIn, type Run } from './run.ts';
import { type DialPlan, NEVER, quietDial, type Schedule } from './schedule.ts';

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
  | 'clocks_agree'
  | 'one_store_remembers'
  | 'a_caller_finds_our_dial_on_record'
  | 'the_engine_keeps_a_cancel'
  | 'the_list_is_not_set_back';

/** What the guarantees rest on, and what is left of them where it does not hold. */
export interface Assumption {
  id: AssumptionId;
  sentence: string;
  /** Makes a schedule in which it is likely to be broken. */
  breakIt(schedule: Schedule): void;
  /** It was broken in this run, and that mattered. */
  breached(run: Run): boolean;
  /** The booking took notice before its end. */
  noticed(run: Run): boolean;
  /** Guarantees that may fall when it is broken; all others must hold all the same. */
  mayFall: readonly GuaranteeId[];
  /** Legs that may be alive at once, at most. */
  mostAlive: number;
  /** What "contained" means, for people. */
  contained: string;
}

/** One thing is broken at a time: our own stores, accounts and rules stay as they are, and no call is queued for hours. */
function eachDial(schedule: Schedule, change: (dial: DialPlan, index: number) => void): void {
  schedule.resets = [];
  schedule.older_databases = [];
  schedule.other_accounts = [];
  schedule.database_outages = [];
  schedule.barred_at_ms = NEVER;
  schedule.gone_at_ms = NEVER;
  schedule.dials.forEach((dial, index) => {
    dial.guard = 'none';
    dial.looks_ms = 0;
    dial.claims_ms = 0;
    dial.queued_ms = Math.min(dial.queued_ms, 25_000);
    change(dial, index);
  });
}

const nothingMore = (): void => undefined;
const lied = (run: Run): boolean => run.world.breaches > 0;
const did = (run: Run, word: string): boolean => run.acts.some((act) => act.word.includes(word));
/** A lie of which something came: a leg that lived on unseen, or that the booking noticed. */
const lieMattered =
  (noticed: (run: Run) => boolean) =>
  (run: Run): boolean =>
    lied(run) &&
    (noticed(run) ||
      oneLegAlive(run, 1) !== undefined ||
      nobodyRungAfterAPerson(run) !== undefined ||
      noLegOutlivesTheBooking(run) !== undefined);
const inDoubt = (run: Run): boolean => run.outcome?.result === 'needs_review';
const heardOrInDoubt = (run: Run): boolean => answerHeard(run) || inDoubt(run);
/** A leg that was believed not to be, or not to be any more, and that was heard of before the outcome. */
const cameToLight = (run: Run, believedGone: (n: number) => boolean): boolean =>
  inDoubt(run) ||
  run.world.legs.some(
    (leg) =>
      believedGone(leg.n) &&
      run.world.delivered.slice(0, run.heard).some((one) => one.evidence.call_id === leg.call_id),
  );
/** Of a leg that was said to have ended came word that somebody picked it up. */
const answerHeard = (run: Run): boolean =>
  run.world.delivered.slice(0, run.heard).some((one) => tellsOfAnAnswer(one.evidence));
const askedAgain = (run: Run): boolean =>
  run.acts.filter((act) => act.word.startsWith('hang up')).length > 1 || inDoubt(run);
const personAfterAll = (run: Run): boolean =>
  callsIn(run).some((one) => one.machine && one.reports.length > 0) || inDoubt(run);
const proved = (run: Run, n: number, proves: string): boolean =>
  run.dials.some((dial) => dial.n === n && dial.result?.proves === proves);

/** Where a leg lives of which we know nothing, these cannot be kept until it is heard of. */
const GHOST: readonly GuaranteeId[] = [
  'one_leg_alive',
  'nobody_rung_after_a_person',
  'no_leg_outlives_the_booking',
  'simulations_are_flagged',
  'expired_is_true',
  'attempts_are_bounded',
];
const GHOST_CONTAINED =
  'The first evidence of the unknown call makes it a leg again: from then on nobody else is called, and of two legs the one that is not in conversation is hung up. Never more than two at once.';
const LIES_CONTAINED =
  'The first evidence that somebody answered stops every further dial and hangs up a leg that rings beside it; the outcome is that talk’s or needs_review. Attempts stay limited.';

export const ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'absent_is_absent',
    sentence: 'A dial that both providers’ lists lack for RECONCILE_SECONDS after our request ended did not happen.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        if (index > 0) return;
        dial.fault = 'timeout_acted';
        dial.queued_ms = 100_000;
        dial.twilio_lag_ms = 400_000;
        dial.elevenlabs_lag_ms = 400_000;
      }),
    breached: (run) => run.world.legs.some(({ n }) => did(run, `dial ${n} is absent`)),
    noticed: (run) => cameToLight(run, (n) => did(run, `dial ${n} is absent`)),
    mayFall: GHOST,
    mostAlive: 2,
    contained: GHOST_CONTAINED,
  },
  {
    id: 'hang_up_is_honoured',
    sentence: 'Twilio ends a call when we ask it to cancel or complete it.',
    breakIt: (schedule) => eachDial(schedule, nothingMore),
    breached: lieMattered(askedAgain),
    noticed: askedAgain,
    mayFall: [],
    mostAlive: 1,
    contained:
      'Vocero asks again and again, and dials nothing until the leg’s end is proved; the leg’s own cap ends it.',
  },
  {
    id: 'providers_cap_ends_a_leg',
    sentence: 'Twilio’s TimeLimit and ElevenLabs’ max_duration_seconds end every call.',
    breakIt: (schedule) => {
      schedule.foreign_account = false;
      schedule.twilio_outages = [];
      schedule.standstills = [];
      eachDial(schedule, (dial) => {
        dial.callee = 'talks_without_end';
        dial.hang_up = [];
        dial.agent = 'none';
      });
    },
    breached: (run) =>
      run.world.legs.some(
        ({ answered_at = Infinity, ended_at = Infinity, max_call_seconds }) =>
          ended_at - answered_at > max_call_seconds * 1000,
      ),
    noticed: (run) => did(run, 'call_cap') || did(run, 'cancel_requested'),
    mayFall: [],
    mostAlive: 1,
    contained: 'The booking’s own timer hangs the call up at its cap.',
  },
  {
    id: 'polls_tell_the_truth',
    sentence:
      'What Twilio answers about one CallSid was true a few seconds ago; a call that it reports as ended has ended.',
    breakIt: (schedule) => eachDial(schedule, nothingMore),
    breached: lieMattered(heardOrInDoubt),
    noticed: heardOrInDoubt,
    mayFall: GHOST,
    mostAlive: 6,
    contained: LIES_CONTAINED,
  },
  {
    id: 'an_end_is_an_end',
    sentence: 'The first end that a signed status callback reports is true.',
    breakIt: (schedule) => {
      schedule.native.enabled = false;
      schedule.bridge.enabled = true;
      eachDial(schedule, (dial) => {
        dial.callbacks = [];
      });
    },
    breached: lieMattered(heardOrInDoubt),
    noticed: heardOrInDoubt,
    mayFall: GHOST,
    mostAlive: 6,
    contained: LIES_CONTAINED,
  },
  {
    id: 'refused_is_refused',
    sentence: 'A 4xx answer means that no call was placed.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        if (index === 0) dial.fault = 'channel_refused';
        else if (dial.fault === 'channel_refused') dial.fault = 'none';
      }),
    breached: lied,
    noticed: (run) => cameToLight(run, (n) => proved(run, n, 'channel_refused')),
    mayFall: GHOST,
    mostAlive: 2,
    contained: GHOST_CONTAINED,
  },
  {
    id: 'put_off_is_put_off',
    sentence: 'A request that was answered 429 was not processed.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        if (index === 0) dial.fault = 'rate_limited';
        else if (dial.fault === 'rate_limited') dial.fault = 'none';
      }),
    breached: lied,
    noticed: (run) => cameToLight(run, (n) => proved(run, n, 'deferred')),
    mayFall: GHOST,
    mostAlive: 2,
    contained: GHOST_CONTAINED,
  },
  {
    id: 'machines_are_told_from_people',
    sentence: 'Machine detection and the agent’s report “voicemail” are right: no person heard that call.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial) => {
        dial.detects_machines = true;
      }),
    breached: lieMattered(personAfterAll),
    noticed: personAfterAll,
    mayFall: ['nobody_rung_after_a_person', 'word_is_heeded'],
    mostAlive: 1,
    contained:
      'Attempts stay limited, never two legs at once; a person’s report, or a person’s words in the talk, stop the redials whatever the detection said.',
  },
  {
    id: 'queued_calls_ring_soon',
    sentence:
      'A provider keeps a call in its queue for at most a minute while we can neither ask about it nor cancel it.',
    breakIt: (schedule) => {
      schedule.twilio_outages = [{ from_ms: 2_000, for_ms: 3 * 3_600_000 }];
      schedule.standstills = [];
      eachDial(schedule, (dial) => {
        dial.queued_ms = 2 * 3_600_000;
      });
    },
    breached: (run) => run.world.legs.some((leg) => leg.ended_at === undefined || leg.ended_at > (run.ended_at ?? 0)),
    noticed: inDoubt,
    mayFall: ['no_leg_outlives_the_booking'],
    mostAlive: 1,
    contained: 'No other dial; the booking ends as needs_review. (When the call rings after all, the API hangs it up.)',
  },
  {
    id: 'the_list_shows_only_our_calls',
    sentence: 'Only the booking that holds the line calls from our number to this one.',
    breakIt: (schedule) =>
      eachDial(schedule, (dial, index) => {
        if (index === 0) dial.fault = 'timeout_idle';
      }),
    breached: (run) => callsIn(run).some((one) => one.call_sid === 'CA-stranger'),
    noticed: (run) => inDoubt(run) || run.cancel_at !== undefined,
    mayFall: [],
    mostAlive: 1,
    contained:
      'The stranger’s call counts as ours: Vocero waits for its end and calls nobody, and the outcome is needs_review.',
  },
  {
    id: 'clocks_agree',
    sentence:
      'The clocks of our machines and Temporal’s differ by less than two seconds, and jump by less than half a minute.',
    breakIt: (schedule) => {
      schedule.worker_skew_ms = 600_000 * (schedule.seed % 2 === 0 ? 1 : -1);
      eachDial(schedule, nothingMore);
    },
    breached: (run) => run.dials.length > 0,
    noticed: (run) => run.dials.some((dial) => dial.result?.proves === 'skipped') || run.world.requests.length > 0,
    mayFall: ['only_in_budget', 'present_limits_hold', 'only_at_its_times', 'no_leg_outlives_the_booking'],
    mostAlive: 1,
    contained:
      'A dial may miss its calling window or budget by as much as the clocks differ; a lost dial that a provider neither confirms nor denies ends as needs_review that much earlier.',
  },
  {
    id: 'one_store_remembers',
    sentence: 'Temporal’s store and the database are not both set back to before the same dial, or before word of it.',
    breakIt: (schedule) => {
      eachDial(schedule, (dial) => {
        dial.turn_ms = 0;
      });
      const at_ms = 1_000 + (schedule.seed % 40) * 1_000;
      const anchor = { after_dial: 1, at_ms };
      schedule.older_databases = [{ ...anchor, back_ms: at_ms + 5_000 }];
      schedule.resets = [
        { ...anchor, back_ms: at_ms + 5_000, retold: false, in_flight: 'repeated', afterwards: 'nothing' },
      ];
    },
    breached: (run) => noDialTwice(run) !== undefined || noLegOutlivesTheBooking(run) !== undefined,
    noticed: inDoubt,
    mayFall: [...GHOST, 'no_dial_twice', 'word_is_heeded', 'only_what_is_on_record', 'no_report_is_lost'],
    mostAlive: 2,
    contained:
      'One dial leaves twice, never a third time; the audit finds two calls where the booking has one attempt.',
  },
  {
    id: 'a_caller_finds_our_dial_on_record',
    sentence:
      'The database is not set back to before a dial whose request has left and has not been answered, while the business calls us.',
    breakIt: (schedule) => {
      eachDial(schedule, (dial) => {
        dial.turn_ms = 0;
      });
      const [first] = schedule.dials;
      Object.assign(first!, { fault: 'slow', answers_after_ms: 28_000, callee: 'talks', queued_ms: 100 });
      Object.assign(first!, { picks_up_after_ms: 2_000, talks_ms: Math.max(first!.talks_ms, 30_000) });
      schedule.older_databases = [{ after_dial: 1, at_ms: 3_000, back_ms: 4_000 }];
      schedule.ring_back = {
        after_ms: 4_000 + (schedule.seed % 15) * 1_000,
        plan: schedule.ring_back?.plan ?? quietDial(),
      };
    },
    breached: (run) => oneLegAlive(run, 1) !== undefined,
    noticed: (run) => inDoubt(run) || callsIn(run).some(isInbound),
    mayFall: ['one_leg_alive', 'no_leg_outlives_the_booking'],
    mostAlive: 2,
    contained:
      'The caller talks to a second agent while the first talks to whoever answered our call: never a third, and nobody is called after it.',
  },
  {
    id: 'the_engine_keeps_a_cancel',
    sentence: 'Temporal’s store is not set back to before a client’s cancel.',
    breakIt: (schedule) => {
      eachDial(schedule, nothingMore);
      schedule.cancel_at_ms = (schedule.seed % 120) * 1_000;
      schedule.resets = [
        {
          after_dial: 0,
          at_ms: schedule.cancel_at_ms + 1_000,
          back_ms: 2_000,
          retold: false,
          in_flight: 'repeated',
          afterwards: 'nothing',
        },
      ];
    },
    breached: (run) => cancelIsObeyed(run) !== undefined,
    noticed: inDoubt,
    mayFall: ['cancel_is_obeyed'],
    mostAlive: 1,
    contained:
      'The booking goes on as if it had not been cancelled: never two legs, nobody called twice; a repeated cancel holds.',
  },
  {
    id: 'the_list_is_not_set_back',
    sentence: 'The database is not set back to before a number entered the do-not-call list.',
    breakIt: (schedule) => {
      eachDial(schedule, nothingMore);
      schedule.do_not_call_at_ms = (schedule.seed % 120) * 1_000;
      schedule.older_databases = [{ after_dial: 0, at_ms: schedule.do_not_call_at_ms + 1_000, back_ms: 2_000 }];
    },
    breached: (run) => forbiddenIsHeeded(run) !== undefined,
    noticed: inDoubt,
    mayFall: ['forbidden_is_heeded'],
    mostAlive: 1,
    contained: 'The number has to be entered again; everything else holds.',
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
