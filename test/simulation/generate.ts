import type { PhonePolicy } from '../../domain/channels.ts';
import { addEnduranceTo } from './endurance.ts';
import { addCallbacksTo } from './generate-callbacks.ts';
import { addFencesTo } from './generate-fences.ts';
import { addRegisteredTo } from './generate-registered.ts';
import { addRejectionsTo } from './generate-rejections.ts';
import { addRingBackTo } from './generate-ring-back.ts';
import { addTimesTo } from './generate-times.ts';
import { addWordsTo } from './generate-words.ts';
import { Random } from './random.ts';
import { type Delivery, type DialPlan, NEVER, quietDial, quietSchedule, type Schedule, type Span } from './schedule.ts';

/** More dials than any policy below allows: the last plan holds for all that come after. */
const MAX_DIALS = 8;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function phonePolicy(random: Random): PhonePolicy {
  return {
    enabled: random.chance(0.85),
    budget_seconds: random.pick([10, 60, 300, 900, 7_200]),
    max_attempts: random.int(1, 3),
    redial_delay_seconds: random.pick([1, 5, 60, 600, 3_600]),
    ring_seconds: random.pick([5, 20, 45, 120]),
    max_call_seconds: random.pick([30, 60, 120, 600]),
  };
}

const delivery = (random: Random): Delivery => random.weighted({ on_time: 5, lost: 2, twice: 1, late: 2 });

/** `heat`: how likely each thing is to go wrong. */
function dialPlan(random: Random, heat: number): DialPlan {
  const wrong = (): boolean => random.chance(heat);
  const plan = quietDial();
  if (wrong()) plan.guard = random.weighted({ none: 2, line_lost: 1, database_down: 1, no_bridge: 1 });
  if (wrong()) plan.turn_ms = random.pick([2_000, 30_000, 120_000, 590_000]);
  if (wrong()) {
    plan.fault = random.weighted({
      none: 2,
      slow: 2,
      number_refused: 0.5,
      channel_refused: 2,
      rate_limited: 2,
      not_sent: 2,
      server_error_acted: 2,
      server_error_idle: 2,
      timeout_acted: 2,
      timeout_idle: 2,
      malformed_acted: 1,
      malformed_idle: 1,
      no_ids_acted: 1,
      no_ids_idle: 1,
      failed_with_id_acted: 1,
      failed_with_id_idle: 1,
      process_died_acted: 2,
      process_died_idle: 2,
    });
  }
  plan.answers_after_ms = plan.fault === 'slow' ? random.int(5_000, 29_000) : random.int(50, 2_000);
  if (plan.fault.startsWith('timeout')) plan.answers_after_ms = 30_000;
  if (plan.fault.startsWith('process_died')) plan.answers_after_ms = random.int(10_000, 12_000);
  plan.retry_after_ms = random.pick([500, 5_000, 60_000]);
  plan.queued_ms = wrong() ? random.int(0, 25_000) : random.int(0, 2_000);
  if (wrong()) plan.twilio_lag_ms = random.int(0, 60_000);
  if (wrong()) plan.elevenlabs_lag_ms = random.int(0, 60_000);
  plan.callee = random.weighted({
    talks: 5,
    busy: 2,
    no_answer: 2,
    declines_the_call: 1,
    number_refused_by_network: 0.4,
    network_failure: 1,
    voicemail: 2,
    fax: 0.7,
    hangs_up_at_once: 1,
    says_nothing: 1,
    talks_without_end: 1,
  });
  plan.picks_up_after_ms = random.pick([0, 1_000, 8_000, 30_000, 60_000]) + random.int(0, 5_000);
  plan.talks_ms = random.int(3_000, 90_000);
  plan.report = random.weighted({
    confirmed: 5,
    declined: 1,
    no_availability: 1,
    callback_requested: 1,
    voicemail: 0,
    wrong_number: 0.5,
    do_not_call: 0.5,
    none: 1.5,
  });
  if (wrong()) plan.report_fault = random.weighted({ none: 1, lost: 2, twice: 2, differs: 2, late: 2, very_late: 1 });
  if (wrong()) {
    plan.agent = random.weighted({
      none: 1,
      fails_while_ringing: 2,
      never_starts: 1,
      dies_in_silence: 1,
      stream_lost: 1,
      claims_without_a_talk: 1,
      confirms_without_a_time: 1,
      leaves_the_phone_off_the_hook: 1,
    });
  }
  plan.detects_machines = random.chance(0.5);
  if (wrong()) plan.callbacks = Array.from({ length: 10 }, () => delivery(random));
  plan.callback_late_ms = random.pick([1_000, 10_000, 60_000, 300_000]);
  plan.false_second_end = random.chance(heat / 4);
  if (wrong()) plan.post_call = random.weighted({ none: 1, lost: 3, twice: 1, late: 2, contradicts: 1 });
  plan.post_call_late_ms = random.pick([10_000, 100_000, 300_000]);
  if (wrong()) {
    plan.hang_up = Array.from({ length: random.int(1, 5) }, () =>
      random.weighted({ none: 1, fails: 2, answer_lost: 1, slow: 1, not_readable_yet: 1 }),
    );
  }
  return plan;
}

const spans = (random: Random, count: number, within: number, longest: number): Span[] =>
  Array.from({ length: count }, () => ({
    from_ms: Math.floor(random.next() * random.next() * within),
    for_ms: Math.floor(random.next() * random.next() * longest),
  }));

/**
 * What one seed brings. Pure: the same seed, the same disasters, whatever runs them. `start` seconds and minutes are not part
 * of it: the booking starts on a full hour at core level, and when the server says so at workflow level.
 */
export function generate(seed: number): Schedule {
  const random = new Random(seed);
  const heat = random.pick([0.05, 0.15, 0.35, 0.6]);
  const some = (): number => (random.chance(heat) ? random.int(1, 2) : 0);
  const schedule = quietSchedule();
  schedule.seed = seed;
  schedule.native = phonePolicy(random);
  schedule.bridge = phonePolicy(random);
  schedule.simulation = random.weighted({ off: 2, works: 5, fails: 1, without_report: 1, without_a_talk: 1 });
  schedule.starts_at_hour = random.int(0, 23);
  if (random.chance(0.3)) {
    const from_hour = random.int(0, 20);
    schedule.window = { from_hour, to_hour: random.int(from_hour + 1, 24) };
  }
  schedule.reconcile_seconds = 90;
  schedule.settle_seconds = random.pick([5, 30, 120]);
  schedule.sandbox = random.chance(0.05);
  schedule.foreign_account = random.chance(heat / 6);
  schedule.dials = Array.from({ length: MAX_DIALS }, () => dialPlan(random, heat));
  // The last plan holds for every dial after it: a look before the dial that fails for ever would be no disaster but a dead system.
  schedule.dials.at(-1)!.guard = 'none';
  schedule.twilio_outages = spans(random, some(), HOUR / 2, HOUR / 2);
  schedule.elevenlabs_outages = spans(random, some(), HOUR / 2, HOUR / 2);
  schedule.standstills = spans(random, some(), HOUR / 2, HOUR);
  schedule.other_booking = spans(random, some(), HOUR / 2, HOUR / 4);
  if (random.chance(heat / 2)) schedule.clock_leap = { at_ms: random.int(0, HOUR / 2), by_ms: random.int(1, 20_000) };
  if (random.chance(heat)) schedule.worker_skew_ms = random.int(-1_500, 1_500);
  if (random.chance(0.15)) schedule.cancel_at_ms = Math.floor(random.next() ** 3 * HOUR);
  if (random.chance(0.05)) schedule.do_not_call_at_ms = Math.floor(random.next() ** 3 * HOUR);
  addFencesTo(schedule, heat);
  addWordsTo(schedule, heat);
  addRegisteredTo(schedule, heat);
  addRejectionsTo(schedule);
  addTimesTo(schedule);
  addEnduranceTo(schedule);
  addCallbacksTo(schedule);
  addRingBackTo(schedule);
  // A call that its provider keeps for hours: cancelled in time only where the provider can be reached.
  if (random.chance(0.1)) {
    schedule.twilio_outages = [];
    schedule.standstills = [];
    schedule.other_accounts = [];
    schedule.gone_at_ms = NEVER;
    schedule.foreign_account = false;
    const plan = random.pick(schedule.dials.slice(0, 3));
    plan.queued_ms = random.pick([2 * MINUTE, 20 * MINUTE, 5 * HOUR]);
    plan.hang_up = [];
    plan.fault = 'none';
  }
  return schedule;
}

export const neverComes = (ms: number): boolean => ms >= NEVER;
