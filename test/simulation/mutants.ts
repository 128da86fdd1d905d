import { type Decision, decide } from '../../domain/decide.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { isInboundCall, parseCallId } from '../../domain/ids.ts';
import { isPhone } from '../../domain/leg.ts';
import type { BookingOrder, CallingWindow } from '../../domain/order.ts';
import { policyOf } from '../../domain/policy.ts';
import type { Attempt, BookingState } from '../../domain/state.ts';
import type { Core } from './core.ts';
import type { GuaranteeId } from './guarantees.ts';

/** A bug planted into the core, and the guarantees of which at least one must be seen to fall. */
export interface Mutant {
  name: string;
  /** A seed at which it is caught, where that is far from the first: tried before them. */
  seen?: number;
  core: Core;
  falls: GuaranteeId[];
}

const eachAttempt = (state: BookingState, change: (attempt: Attempt) => Attempt): BookingState => ({
  ...state,
  attempts: state.attempts.map(change),
});

/** Decides on a state that is seen wrongly. */
const seeing =
  (wrongly: (attempt: Attempt, state: BookingState) => Attempt): Core['decide'] =>
  (state, now) =>
    decide(
      eachAttempt(state, (attempt) => wrongly(attempt, state)),
      now,
    );

const ordered = (state: BookingState, change: (order: BookingOrder) => BookingOrder): BookingState => ({
  ...state,
  input: { ...state.input, order: change(state.input.order) },
});

const withoutHolidays = ({ calling_window, input }: BookingState): CallingWindow => ({
  ...(calling_window ?? input.settings.calling_window),
  closed_days: [],
});

const withTasks = (
  step: Decision,
  change: (tasks: (Decision & { is: 'going_on' })['tasks']) => typeof tasks,
): Decision => (step.is === 'going_on' ? { ...step, tasks: change(step.tasks) } : step);

const without =
  (drop: (evidence: Evidence) => boolean): Core['fold'] =>
  (state, fact, now) => {
    if (fact.type === 'evidence' && drop(fact.evidence)) return state;
    // Also where the database would bring it back.
    const evidence = fact.type === 'recalled' ? fact.evidence.filter((one) => !drop(one)) : [];
    return fold(state, fact.type === 'recalled' ? { ...fact, evidence } : fact, now);
  };

/** Answers sound like rings, ends of talks like nobody being there. */
function deaf(fact: Fact): Fact {
  if (fact.type !== 'evidence') return fact;
  const { evidence } = fact;
  if (evidence.kind === 'call_status') {
    const { status } = evidence;
    const heard = status === 'in-progress' ? 'ringing' : status === 'completed' ? 'no-answer' : status;
    return { ...fact, evidence: { ...evidence, status: heard } };
  }
  if (evidence.kind === 'conversation') {
    return { ...fact, evidence: { ...evidence, transcript: undefined, call_result: undefined } };
  }
  return fact;
}

/** Automata are heard as people. */
function believingAutomata(fact: Fact): Fact {
  if (fact.type !== 'evidence') return fact;
  const { evidence } = fact;
  if (evidence.kind === 'report') {
    return { ...fact, evidence: { ...evidence, report: { ...evidence.report, reached: 'person' } } };
  }
  if (!('transcript' in evidence) || !evidence.transcript?.talk) return fact;
  const { voices: _, ...talk } = evidence.transcript.talk;
  return { ...fact, evidence: { ...evidence, transcript: { ...evidence.transcript, talk } } };
}

/** A bug in our own last look, the core as it is. */
const withFences = (fences: Core['fences']): Core => ({ decide, fold, fences });

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a lost answer counts as “nobody rang”: it is dialed again',
    core: {
      decide,
      fold: (state, fact, now) =>
        fact.type === 'dial_ended' && fact.result.proves === 'unknown'
          ? fold(state, { ...fact, result: { proves: 'not_sent', problem: fact.result.problem } }, now)
          : fold(state, fact, now),
    },
    falls: ['one_leg_alive', 'nobody_rung_after_a_person'],
  },
  {
    name: 'a lost dial that was found counts as absent',
    core: {
      decide,
      fold: (state, fact, now) =>
        fact.type === 'reconciled' && fact.result.verdict === 'found'
          ? fold(state, { ...fact, result: { verdict: 'absent' } }, now)
          : fold(state, fact, now),
    },
    falls: ['one_leg_alive', 'nobody_rung_after_a_person', 'simulations_are_flagged'],
  },
  {
    name: 'a ringing leg is not hung up when the budget ends, but believed gone',
    core: {
      decide: seeing((attempt, state) =>
        isPhone(attempt) &&
        attempt.leg === 'live' &&
        attempt.answered_at === undefined &&
        state.updated_at > attempt.dialed_at + 12_000
          ? { ...attempt, leg: 'ended', ended_at: state.updated_at }
          : attempt,
      ),
      fold,
    },
    falls: ['one_leg_alive', 'no_leg_outlives_the_booking'],
  },
  {
    name: 'that somebody picked up is not noticed',
    core: { decide, fold: (state, fact, now) => fold(state, deaf(fact), now) },
    falls: ['nobody_rung_after_a_person', 'word_is_heeded'],
  },
  {
    name: 'a simulation may follow a phone that rang',
    core: { decide: seeing((attempt) => ({ ...attempt, rang: false, end_status: undefined })), fold },
    falls: ['simulations_are_flagged'],
  },
  {
    name: 'a simulation is sold as a booking',
    core: {
      decide: (state, now) => {
        const step = decide(state, now);
        return step.is === 'final' ? { ...step, outcome: { ...step.outcome, simulated: false } } : step;
      },
      fold,
    },
    falls: ['simulations_are_flagged'],
  },
  {
    name: 'confirmed is believed whatever the transcript says',
    seen: 312,
    core: { decide: seeing((attempt) => ({ ...attempt, transcript: undefined, found_report: undefined })), fold },
    falls: ['confirmed_is_supported'],
  },
  {
    name: 'a report is thrown away',
    core: { decide, fold: without((evidence) => evidence.kind === 'report') },
    falls: ['no_report_is_lost'],
  },
  {
    name: 'a cancel wins over a result',
    seen: 858,
    core: {
      decide: (state, now) => {
        const step = decide(state, now);
        if (step.is !== 'final' || state.cancel_requested_at === undefined) return step;
        return { ...step, outcome: { ...step.outcome, result: 'canceled' } };
      },
      fold,
    },
    falls: ['no_report_is_lost'],
  },
  {
    name: 'a cancel is forgotten',
    core: {
      decide,
      fold: (state, fact, now) => (fact.type === 'cancel_requested' ? state : fold(state, fact, now)),
    },
    falls: ['cancel_is_obeyed'],
  },
  {
    name: 'nothing is hung up',
    core: {
      decide: (state, now) => withTasks(decide(state, now), (tasks) => tasks.filter((task) => task.do !== 'hang_up')),
      fold,
    },
    falls: ['every_booking_ends', 'no_leg_outlives_the_booking', 'one_leg_alive'],
  },
  {
    name: 'one attempt more than allowed',
    core: {
      decide: (state, now) => {
        const { escalation } = state.input.order;
        const native = policyOf(state.input.order, 'native');
        const more = { ...escalation, native: { ...native, max_attempts: native.max_attempts + 1 } };
        return decide({ ...state, input: { ...state.input, order: { ...state.input.order, escalation: more } } }, now);
      },
      fold,
    },
    falls: ['attempts_are_bounded'],
  },
  {
    name: 'the budget is not looked at',
    core: {
      decide: (state, now) => {
        const { escalation } = state.input.order;
        const rich = { ...escalation, native: { ...policyOf(state.input.order, 'native'), budget_seconds: 86_400 } };
        return decide({ ...state, input: { ...state.input, order: { ...state.input.order, escalation: rich } } }, now);
      },
      fold,
    },
    falls: ['only_in_budget'],
  },
  {
    name: 'a rejected call counts as busy',
    core: {
      decide,
      fold: (state, fact, now) =>
        fact.type === 'evidence' &&
        fact.evidence.kind === 'call_status' &&
        [603, 607, 608].includes(fact.evidence.sip_code ?? 0)
          ? fold(state, { ...fact, evidence: { ...fact.evidence, sip_code: 486 } }, now)
          : fold(state, fact, now),
    },
    falls: ['rejected_rests_for_the_day'],
  },
  {
    name: 'evidence is invented',
    core: {
      decide: (state, now) => {
        const step = decide(state, now);
        return step.is === 'final'
          ? { ...step, outcome: { ...step.outcome, evidence: ['post_call', 'transcript'] } }
          : step;
      },
      fold,
    },
    falls: ['one_outcome_with_its_evidence'],
  },
  {
    name: 'a dial is not written down before it leaves',
    core: withFences({ claim: () => ({ how: 'claimed' }) }),
    falls: ['no_dial_twice'],
  },
  {
    name: 'a claim looks at its own call_id only',
    core: withFences({
      claim: (database, request, now) => {
        const known = database.dials().map(({ call_id }) => parseCallId(call_id)!.n);
        return database.claim({ ...request, known }, now);
      },
    }),
    falls: ['one_leg_alive', 'nobody_rung_after_a_person'],
  },
  {
    name: 'a claim does not look at its own call_id',
    core: withFences({
      claim: (database, request, now) => {
        const claimed = database.claim(request, now);
        const others = claimed.how === 'dialed' && claimed.dials.some(({ call_id }) => call_id !== request.call_id);
        return claimed.how === 'dialed' && !others ? { how: 'claimed' } : claimed;
      },
    }),
    falls: ['no_dial_twice'],
  },
  {
    name: 'dials on record that the workflow does not know of count as never sent',
    core: {
      decide,
      fold: (state, fact, now) =>
        fact.type === 'dial_ended' && fact.result.proves === 'unknown' && fact.result.dialed
          ? fold(state, { ...fact, result: { proves: 'not_sent', problem: fact.result.problem } }, now)
          : fold(state, fact, now),
      recalls: () => false,
    },
    falls: ['no_leg_outlives_the_booking', 'simulations_are_flagged'],
  },
  {
    name: 'a booking ends without a look at what is on record',
    core: { decide, fold, recalls: () => false },
    falls: ['no_leg_outlives_the_booking', 'simulations_are_flagged', 'no_report_is_lost'],
  },
  {
    name: 'a report is confirmed without a look at the words',
    core: {
      decide: (state, now) => {
        const step = decide(state, now);
        if (step.is !== 'final' || !step.outcome.doubts) return step;
        const { report } = state.attempts.flatMap(({ reports }) => reports).at(-1) ?? {};
        const { confirmed_date = null, confirmed_time = null } = report ?? {};
        const proof = { level: 'claimed' as const, date: null, time: null, agreement: null };
        return { ...step, outcome: { ...step.outcome, result: 'confirmed', confirmed_date, confirmed_time, proof } };
      },
      fold,
    },
    falls: ['confirmed_is_true'],
  },
  {
    name: 'the words of a talk that nobody could read count as none',
    core: {
      decide: seeing((attempt) => ({
        ...attempt,
        transcript: attempt.transcript?.digest.talk ? attempt.transcript : undefined,
      })),
      fold,
    },
    falls: ['confirmed_is_true'],
  },
  {
    name: 'the last look is left out',
    seen: 309,
    core: {
      decide: (state, now) => {
        const asked = state.attempts.map((attempt) => ({ ...attempt, asked_once_more_at: Infinity }));
        return decide({ ...state, records: {}, attempts: asked }, now);
      },
      fold,
    },
    falls: ['silence_is_asked_about'],
  },
  {
    name: 'the list of forbidden numbers is looked at in the first look only',
    seen: 211,
    core: withFences({
      claim: (database, request, now) => database.claim(request, now, { whateverIsForbidden: true }),
    }),
    falls: ['forbidden_is_heeded'],
  },
  {
    name: 'a dial leaves although the business calls us',
    seen: 156,
    core: {
      fold: without(({ call_id }) => isInboundCall(call_id)),
      decide,
      fences: { claim: (database, request, now) => database.claim(request, now, { whoeverRingsBack: true }) },
    },
    falls: ['one_leg_alive', 'nobody_rung_after_a_person'],
  },
  {
    name: 'a registered call that ElevenLabs does not take counts as one that nobody answered',
    core: {
      fold,
      decide: seeing((attempt) =>
        isPhone(attempt) && attempt.media === 'bridge' && attempt.channel === 'registered' && attempt.leg === 'live'
          ? { ...attempt, leg: 'ended', end_status: 'no-answer', answered_at: undefined, ended_at: attempt.heard_at }
          : attempt,
      ),
    },
    falls: ['one_leg_alive', 'nobody_rung_after_a_person', 'no_leg_outlives_the_booking'],
  },
  {
    name: 'a registered call that our bridge has taken over is shown as ElevenLabs’',
    core: {
      decide,
      fold: (state, fact, now) =>
        eachAttempt(fold(state, fact, now), (attempt) =>
          isPhone(attempt) && attempt.media === 'bridge' ? { ...attempt, media: 'provider' } : attempt,
        ),
    },
    falls: ['sound_is_told_truly'],
  },
  {
    name: 'what a menu or a screener says counts as the business’s answer',
    core: { decide, fold: (state, fact, now) => fold(state, believingAutomata(fact), now) },
    falls: ['automata_are_no_people'],
  },
  {
    name: 'a business that asked to be called is called two minutes early',
    core: {
      fold: (state, fact, now) => fold(state, fact, fact.type === 'dial_started' ? now + 120_000 : now),
      decide: (state, now) => {
        const next = decide(state, now);
        if (next.is !== 'going_on' || next.waiting_for !== 'callback' || next.wake_at === undefined) return next;
        const early = next.wake_at - 120_000;
        return early > now ? { ...next, wake_at: early } : decide(state, now + 120_000);
      },
    },
    falls: ['nobody_rung_after_a_person', 'word_is_heeded'],
  },
  {
    name: 'a business that asked for one call is called as often as it asks',
    core: {
      decide,
      fold: (state, fact, now) => {
        const { order } = state.input;
        const callback = { enabled: true, max_callbacks: 5, within_hours: 72 };
        const escalation = { ...order.escalation, callback };
        return fold({ ...state, input: { ...state.input, order: { ...order, escalation } } }, fact, now);
      },
    },
    falls: ['nobody_rung_after_a_person', 'word_is_heeded'],
  },
  {
    name: 'the calling hours are those of the acceptance',
    core: withFences({ window: (world) => world.circumstances.windowAt(world.start) }),
    falls: ['present_limits_hold'],
  },
  {
    name: 'the hours of the business are not looked at',
    core: {
      decide: (state, now) =>
        decide(
          ordered(state, ({ business, ...order }) => ({
            ...order,
            business: { ...business, opening_hours: undefined },
          })),
          now,
        ),
      fold,
      fences: { hours: (window) => window },
    },
    falls: ['only_at_its_times'],
  },
  {
    name: 'a public holiday is a day like any other',
    core: {
      decide: (state, now) => decide({ ...state, calling_window: withoutHolidays(state) }, now),
      fold,
      fences: { window: (world) => ({ ...world.circumstances.windowAt(world.now), closed_days: [] }) },
    },
    falls: ['only_at_its_times'],
  },
  {
    name: 'not_before and not_after are forgotten',
    core: {
      decide: (state, now) =>
        decide(
          ordered(state, (order) => ({ ...order, not_before: undefined, not_after: undefined })),
          now,
        ),
      fold,
      fences: { isInTime: () => true },
    },
    falls: ['only_at_its_times'],
  },
  {
    name: 'a booking that rang in vain expires',
    core: {
      decide: (state, now) => {
        const step = decide(state, now);
        const rang = step.is === 'final' && step.outcome.result === 'unreachable' && state.input.order.not_after;
        return rang ? { ...step, outcome: { ...step.outcome, result: 'expired' } } : step;
      },
      fold,
    },
    falls: ['expired_is_true'],
  },
  {
    name: 'the countries are those of the acceptance',
    core: withFences({ isBarred: () => false }),
    falls: ['present_limits_hold'],
  },
  {
    name: 'whoever runs acts for every booking',
    core: withFences({ mayAct: () => true }),
    falls: ['nothing_under_other_accounts'],
  },
  {
    name: 'a booking that is not on record is dialed',
    core: withFences({
      isOnRecord: () => true,
      claim: (database, request, now) => {
        const claimed = database.claim(request, now);
        return claimed.how === 'not_on_record' ? { how: 'claimed' } : claimed;
      },
    }),
    falls: ['only_what_is_on_record'],
  },
  {
    name: 'a run that is gone may still dial',
    seen: 224,
    core: withFences({ hasRun: () => true }),
    falls: ['only_what_is_on_record', 'cancel_is_obeyed'],
  },
];
