import type { PhonePolicy } from '../../domain/channels.ts';
import type { CallbackPolicy, OpeningHours } from '../../domain/order.ts';
import type { ReportResult } from '../../domain/result.ts';
import type { Weekday } from '../../domain/weekday.ts';
import type { AssumptionId } from './assumptions.ts';
import type { AutomatonReport, Meeting } from './endurance.ts';
import type { AnalysisPlan, Words } from './words.ts';

/** What the callee's phone, and whoever picks it up, does. */
export type Callee =
  | 'talks'
  | 'busy'
  | 'no_answer'
  | 'declines_the_call'
  | 'number_refused_by_network'
  | 'network_failure'
  | 'voicemail'
  | 'fax'
  | 'hangs_up_at_once'
  | 'says_nothing'
  | 'talks_without_end';

/** How a dial's request fares. `acted`: the provider placed the call all the same; `idle`: it did not. */
export type DialFault =
  | 'none'
  | 'slow'
  | 'number_refused'
  | 'channel_refused'
  | 'rate_limited'
  | 'not_sent'
  | 'server_error_acted'
  | 'server_error_idle'
  | 'timeout_acted'
  | 'timeout_idle'
  | 'malformed_acted'
  | 'malformed_idle'
  | 'no_ids_acted'
  | 'no_ids_idle'
  | 'failed_with_id_acted'
  | 'failed_with_id_idle'
  | 'process_died_acted'
  | 'process_died_idle';

/**
 * What our own last look before a dial finds. `forbidden_meanwhile`: another booking's call brings a prohibition between the look and
 * the dial; `reset_meanwhile`: the run is set back once it has said that the dial may leave, which then leaves for nobody.
 */
export type GuardFault =
  | 'none'
  | 'line_lost'
  | 'database_down'
  | 'no_bridge'
  | 'forbidden_meanwhile'
  | 'reset_meanwhile';

/** How one webhook fares on its way to us. */
export type Delivery = 'on_time' | 'lost' | 'twice' | 'late';

/** How a hang-up request fares. */
export type HangUpFault = 'none' | 'fails' | 'answer_lost' | 'slow' | 'not_readable_yet';

/** What happens to the agent of a call. */
export type AgentFault =
  | 'none'
  | 'fails_while_ringing'
  | 'never_starts'
  | 'dies_in_silence'
  | 'stream_lost'
  | 'claims_without_a_talk'
  | 'confirms_without_a_time'
  | 'leaves_the_phone_off_the_hook';

/** How the agent's report reaches us. */
export type ReportFault = 'none' | 'lost' | 'twice' | 'differs' | 'late' | 'very_late';

/**
 * What ElevenLabs does with a call of ours that it is to carry. `late`: when our bridge has it already; `stream_refused`: it takes the
 * call and not its stream; `asked_twice`: Twilio has lost the first answer.
 */
export type RegisterFault = 'none' | 'refuses' | 'late' | 'stream_refused' | 'asked_twice';

/** What becomes of the record of the conversation. */
export type PostCallFault = 'none' | 'lost' | 'twice' | 'late' | 'contradicts';

/** Everything that is to happen to one dial and its call. Times in ms. */
export interface DialPlan {
  guard: GuardFault;
  /** How long it takes from the first look to the question whether it is still wanted, and from its answer to the claim. */
  looks_ms: number;
  claims_ms: number;
  /** How long the dial waits for its provider's turn before it leaves. */
  turn_ms: number;
  fault: DialFault;
  answers_after_ms: number;
  retry_after_ms: number;
  /** How long the provider keeps the call in its own queue before it rings. */
  queued_ms: number;
  /** How far behind the providers' lists are with this call. */
  twilio_lag_ms: number;
  elevenlabs_lag_ms: number;
  callee: Callee;
  /** SIP answer of a callee that declines, or of a carrier that blocks the call, and Twilio's status of it; 0: none of these. */
  rejects: number;
  rejected_as: 'busy' | 'failed';
  /** What a callee that talks lets the call meet first, or instead of a person. */
  meeting: Meeting;
  held_ms: number;
  automaton_report: AutomatonReport;
  picks_up_after_ms: number;
  talks_ms: number;
  report: ReportResult | 'none';
  /** What the business says of the appointment, whatever the agent reports. */
  words: Words;
  /** How the provider's transcript has it, of a bridged talk that the bridge has written down as it was. */
  provider_words: Words | 'the_same';
  /** The provider withholds the words of its record. */
  withheld: boolean;
  analysis: AnalysisPlan;
  /** With `callback_requested`: so long after the talk's beginning the business wants to be called; NEVER: it names no time. */
  call_me_in_ms: number;
  /** The agent reports the day of it as well. */
  call_me_dated: boolean;
  report_fault: ReportFault;
  register: RegisterFault;
  register_ms: number;
  /** Its instructions name the conversation. */
  register_names: boolean;
  agent: AgentFault;
  /** The carrier's answering-machine detection speaks. */
  detects_machines: boolean;
  callbacks: Delivery[];
  callback_late_ms: number;
  /** After its end Twilio sends another, false end. */
  false_second_end: boolean;
  post_call: PostCallFault;
  post_call_late_ms: number;
  hang_up: HangUpFault[];
}

/** A time, in ms after the booking's start, during which something is out of reach. */
export interface Span {
  from_ms: number;
  for_ms: number;
}

/** A moment: so many ms after the request of the `after_dial`-th dial, or after the booking's start where that is 0. */
export interface Anchor {
  after_dial: number;
  at_ms: number;
}

/** The workflow's run is set back to what it was `back_ms` before. */
export interface Reset extends Anchor {
  back_ms: number;
  /** Temporal tells it again what was signaled since (a reset); else that is gone (an older store). */
  retold: boolean;
  /** What becomes of an activity that was under way at that point. */
  in_flight: 'repeated' | 'lost';
  /** The client cancels, or the number is forbidden, right after it: then no dial comes that would find the forgotten ones. */
  afterwards: 'nothing' | 'cancel' | 'forbid';
}

/** The database is an older one: what was written in the last `back_ms` is gone. */
export interface Restore extends Anchor {
  back_ms: number;
}

/** When the business may be rung, beside the hours of the installation. Times in ms after the booking's start. */
export interface Times {
  zone: string;
  /** Days of the calling window; empty: every day. */
  weekdays: Weekday[];
  /** Public holidays, in days after the day of the booking. */
  holidays: number[];
  /** Of the business; empty: not known. */
  opening_hours: OpeningHours[];
  not_before_ms: number;
  not_after_ms: number;
}

/** A time during which something is otherwise. */
export interface Stretch extends Anchor {
  for_ms: number;
}

export interface Schedule {
  seed: number;
  native: PhonePolicy;
  registered: PhonePolicy;
  bridge: PhonePolicy;
  callback: CallbackPolicy;
  simulation: 'off' | 'works' | 'fails' | 'without_report' | 'without_a_talk' | 'hedges';
  /** Local hour at which the booking comes in, and the hours in which the business may be rung. */
  starts_at_hour: number;
  window: { from_hour: number; to_hour: number };
  times: Times;
  reconcile_seconds: number;
  settle_seconds: number;
  sandbox: boolean;
  /** The number was imported at ElevenLabs from a Twilio account that is not ours: Twilio knows none of its calls. */
  foreign_account: boolean;
  dials: DialPlan[];
  twilio_outages: Span[];
  elevenlabs_outages: Span[];
  /** No process of ours runs: nothing is decided, done or asked; Temporal keeps what comes in. */
  standstills: Span[];
  /** Another booking holds the number. */
  other_booking: Span[];
  /** Temporal's clock leaps ahead. */
  clock_leap: { at_ms: number; by_ms: number };
  /** How far the worker's clock is from Temporal's. */
  worker_skew_ms: number;
  cancel_at_ms: number;
  /** Another booking's call, or an operator, brings the prohibition. */
  do_not_call_at_ms: number;
  resets: Reset[];
  older_databases: Restore[];
  /** Our processes work with another mode or other accounts. */
  other_accounts: Stretch[];
  /** Our own database is out of reach; the engine is not. */
  database_outages: Stretch[];
  /** Our processes start again with other calling hours. */
  hours_change: { at_ms: number; window: { from_hour: number; to_hour: number } };
  /** The number's country is taken from the list of those that may be rung. */
  barred_at_ms: number;
  /** The run is terminated. */
  gone_at_ms: number;
  /** The business calls our number, so long after its phone first rang; or somebody whom no booking rang does. */
  ring_back?: { after_ms: number; plan: DialPlan; stranger?: true } | undefined;
  /** The one provider assumption that does not hold in this run. */
  broken: AssumptionId | 'none';
}

/** The first moment from `at` on that lies in none of the spans; Unix ms. */
export function resumesAt(spans: readonly Span[], start: number, at: number): number {
  let t = at;
  for (let before = Number.NaN; before !== t; ) {
    before = t;
    for (const { from_ms, for_ms } of spans) {
      if (t >= start + from_ms && t < start + from_ms + for_ms) t = start + from_ms + for_ms;
    }
  }
  return t;
}

/** A time that never comes. */
export const NEVER = 1e12;

export const quietDial = (): DialPlan => ({
  guard: 'none',
  looks_ms: 0,
  claims_ms: 0,
  turn_ms: 0,
  fault: 'none',
  answers_after_ms: 500,
  retry_after_ms: 5_000,
  queued_ms: 500,
  twilio_lag_ms: 0,
  elevenlabs_lag_ms: 0,
  callee: 'talks',
  rejects: 0,
  rejected_as: 'failed',
  meeting: 'nothing',
  held_ms: 20_000,
  automaton_report: 'named',
  picks_up_after_ms: 5_000,
  talks_ms: 30_000,
  report: 'confirmed',
  words: 'gives',
  provider_words: 'the_same',
  withheld: false,
  analysis: 'none',
  call_me_in_ms: NEVER,
  call_me_dated: true,
  report_fault: 'none',
  register: 'none',
  register_ms: 300,
  register_names: false,
  agent: 'none',
  detects_machines: true,
  callbacks: [],
  callback_late_ms: 20_000,
  false_second_end: false,
  post_call: 'none',
  post_call_late_ms: 200_000,
  hang_up: [],
});

const policy = {
  enabled: true,
  budget_seconds: 900,
  redial_delay_seconds: 120,
  ring_seconds: 45,
  max_call_seconds: 600,
};

/** The schedule in which nothing goes wrong: what a failing one is shrunk towards. */
export const quietSchedule = (): Schedule => ({
  seed: 0,
  native: { ...policy, max_attempts: 2 },
  registered: { ...policy, enabled: false, max_attempts: 2 },
  callback: { enabled: true, max_callbacks: 1, within_hours: 72 },
  bridge: { ...policy, max_attempts: 2 },
  simulation: 'works',
  starts_at_hour: 12,
  window: { from_hour: 0, to_hour: 24 },
  times: {
    zone: 'Etc/UTC',
    weekdays: [],
    holidays: [],
    opening_hours: [],
    not_before_ms: NEVER,
    not_after_ms: NEVER,
  },
  reconcile_seconds: 90,
  settle_seconds: 120,
  sandbox: false,
  foreign_account: false,
  dials: [],
  twilio_outages: [],
  elevenlabs_outages: [],
  standstills: [],
  other_booking: [],
  clock_leap: { at_ms: NEVER, by_ms: 0 },
  worker_skew_ms: 0,
  cancel_at_ms: NEVER,
  do_not_call_at_ms: NEVER,
  resets: [],
  older_databases: [],
  other_accounts: [],
  database_outages: [],
  hours_change: { at_ms: NEVER, window: { from_hour: 0, to_hour: 24 } },
  barred_at_ms: NEVER,
  gone_at_ms: NEVER,
  broken: 'none',
});
