import { afterOpenTime } from '../../domain/calling-window.ts';
import { isPhoneChannel, PHONE_CHANNELS } from '../../domain/channels.ts';
import type { ConversationEvidence, ReportEvidence } from '../../domain/evidence.ts';
import { policyOf } from '../../domain/policy.ts';
import type { EvidenceName, Report } from '../../domain/result.ts';
import { hoursOf } from '../../domain/weekly-hours.ts';
import { callbacksTake, isFollowedUp } from './check-callbacks.ts';
import { REJECTED } from './check-rejections.ts';
import { isCarried } from './check-words.ts';
import { isNobody } from './endurance.ts';
import { heardInTime, type Run } from './run.ts';
import { NEVER, resumesAt } from './schedule.ts';
import { isBridged } from './truth.ts';

const total = (spans: readonly { for_ms: number }[]): number => spans.reduce((sum, span) => sum + span.for_ms, 0);
const MINUTE = 60_000;

/**
 * When a booking must have ended: each channel’s budget in open time, then one leg that outlasts it; what stands still or is
 * out of reach meanwhile on top.
 */
export function latestEnd(run: Run): number {
  const { input, start, schedule, world, resets } = run;
  const { order, settings } = input;
  const { circumstances } = world;
  const lost =
    total(schedule.standstills) +
    total(schedule.other_booking) +
    // Where the word that the line is free was lost, the booking looks by itself.
    (schedule.other_booking.length > 0 ? 30 * MINUTE : 0) +
    total(schedule.database_outages) +
    schedule.clock_leap.by_ms;
  // Hours that change may be those of the next day.
  const changed = schedule.hours_change.at_ms < NEVER;
  const { opening_hours } = order.business;
  const windows = (
    changed
      ? [circumstances.windowAt(start), circumstances.windowAt(start + schedule.hours_change.at_ms)]
      : [settings.calling_window]
  ).map((window) => hoursOf(window, opening_hours));
  const { not_before_ms } = schedule.times;
  let at = start + (not_before_ms < NEVER ? not_before_ms : 0);
  for (const channel of PHONE_CHANNELS) {
    const policy = policyOf(order, channel);
    if (!policy.enabled) continue;
    const budget = policy.budget_seconds * 1000 + 2 * MINUTE + lost;
    const from = at;
    at = Math.max(...windows.map((window) => afterOpenTime(window, order.zones, from, budget) ?? Infinity));
    if (changed) at += 48 * 60 * MINUTE;
    const leg = 60 + policy.ring_seconds + 5 + policy.max_call_seconds + 60;
    const onceMore = (leg + settings.reconcile_seconds + settings.settle_seconds) * 1000 + 3 * MINUTE + lost;
    // A dial waits at most ten minutes for its turn; reconciliation that found nothing takes its time as well.
    at += 10 * MINUTE + onceMore;
    // What was known before a reset is found out about again.
    at += resets.length * onceMore;
  }
  const legs = PHONE_CHANNELS.map((channel) => policyOf(order, channel)).map(
    ({ ring_seconds, max_call_seconds, redial_delay_seconds, max_attempts }) =>
      max_attempts * (redial_delay_seconds + ring_seconds + max_call_seconds + 300) * 1000,
  );
  at += callbacksTake(run, Math.max(...legs) + 60 * MINUTE + 30 * MINUTE + settings.settle_seconds * 1000 + lost);
  // After a rejected call nobody dials until the next day, and then the hours must open: of some businesses once a week.
  const rejected = world.legs.filter(({ sip_code = 0 }) => REJECTED.includes(sip_code)).length;
  const byWeekday = opening_hours !== undefined && opening_hours.length > 0;
  at += rejected * (byWeekday || schedule.times.weekdays.length > 0 ? 8 * 24 : 48) * 60 * MINUTE;
  // The run may have been set back to its very beginning.
  return at + 5 * MINUTE + lost + resets.reduce((sum, { at: when, to }) => sum + when - to, 0);
}

export function everyBookingEnds(run: Run): string | undefined {
  if (run.broke !== undefined) return run.broke;
  // One that was terminated is ended by the hourly look.
  if (run.gone_at !== undefined) return undefined;
  if (run.outcome === null || run.ended_at === undefined) return 'it never ends';
  const latest = latestEnd(run);
  return run.ended_at > latest ? `it ends ${Math.round((run.ended_at - latest) / 1000)} s too late` : undefined;
}

const same = (a: Report, b: Report): boolean =>
  a.result === b.result && a.confirmed_date === b.confirmed_date && a.confirmed_time === b.confirmed_time;

const isComplete = (report: Report): boolean =>
  report.result !== 'confirmed' || (report.confirmed_date !== undefined && report.confirmed_time !== undefined);

/** What an agent took for an answer, though only an automaton spoke: whether it counts is checked elsewhere. */
const isOfNobody = ({ world }: Run, { call_id }: { call_id: string }): boolean =>
  world.legs.some((leg) => leg.call_id === call_id && !leg.person && isNobody(leg.plan));

/** What agents said of people. One that took it back (it was a machine after all) said nothing of a person. */
function reportsHeard(run: Run): ReportEvidence[] {
  const all = heardInTime(run).filter((one) => one.kind === 'report') as ReportEvidence[];
  const machines = all.filter((one) => one.report.result === 'voicemail').map((one) => one.call_id);
  return all.filter(
    (one) => !machines.includes(one.call_id) && !isOfNobody(run, one) && !isFollowedUp(run, one.call_id),
  );
}

const talksHeard = (run: Run): ConversationEvidence[] =>
  heardInTime(run).filter(
    (one) => one.kind === 'conversation' && !isFollowedUp(run, one.call_id),
  ) as ConversationEvidence[];

export function noReportIsLost(run: Run): string | undefined {
  const { outcome, world } = run;
  if (!outcome) return undefined;
  const heard = reportsHeard(run);
  const found = talksHeard(run).filter(
    (one) => one.report && one.report.result !== 'voicemail' && !isOfNobody(run, one),
  );
  const claims = heard.length > 0 ? heard.map((one) => one.report) : found.map((one) => one.report!);
  if (claims.length === 0) return undefined;
  const said = `${claims.map((one) => one.result).join(', ')} was acknowledged, the outcome is ${outcome.result}`;
  // What came with a record only after the client had cancelled was no result that was accepted before.
  const beforeCancel =
    heard.length > 0 ||
    run.cancel_at === undefined ||
    world.delivered.some((one) => found.includes(one.evidence as ConversationEvidence) && one.at < run.cancel_at!);
  if (outcome.result === 'canceled' && !beforeCancel) return undefined;
  // A booking that only waits to call again as it was asked to is canceled, and ends where its number is forbidden meanwhile.
  if (['canceled', 'do_not_call'].includes(outcome.result) && world.legs.some(({ asks_at }) => asks_at !== undefined))
    return undefined;
  if (outcome.result !== 'needs_review' && !claims.some((one) => one.result === outcome.result)) return said;
  // Nothing contradicts it: then it is the outcome, not a question.
  if (run.schedule.broken !== 'none') return undefined;
  // Where the engine's store and the database disagree, a person decides.
  if (run.resets.length > 0) return undefined;
  const report = claims[0]!;
  const callIds = new Set([...heard, ...found].map((one) => one.call_id));
  const leg = world.legs.find((one) => one.call_id === heard[0]?.call_id);
  if (!leg || callIds.size !== 1 || !claims.every((one) => same(one, report)) || !isComplete(report)) return undefined;
  const truthful = leg.plan.post_call !== 'contradicts' && leg.reported.every((one) => same(one, report));
  const spoken = leg.conversations.every((one) => one.digest.business_turns_after_greeting > 0);
  if (report.result === 'confirmed' && !isCarried(run, leg)) return undefined;
  if (truthful && spoken && leg.person && outcome.result !== report.result) return said;
  return undefined;
}

/** A record that has been there for so long was found by whoever asked last. */
const IN_HAND_MS = 1_000;
const LAST_TRIES_MS = 5_000;

/** It asks again every other second: ElevenLabs could have been asked at its end. */
function couldBeAsked({ world, schedule, start, ended_at = 0 }: Run): boolean {
  const { circumstances } = world;
  for (let at = ended_at - LAST_TRIES_MS; at <= ended_at; at += 1_000) {
    if (circumstances.isElsewhere(at) || resumesAt(schedule.standstills, start, at) > at) return false;
    if (resumesAt(schedule.elevenlabs_outages, start, at) > at) return false;
  }
  return true;
}

/** Nor are words believed to be unreadable that whoever asked last could have read. */
export function wordsAreAskedFor(run: Run): string | undefined {
  const { outcome, world, schedule, ended_at = 0 } = run;
  if (outcome?.notes?.includes('could not be read') !== true || schedule.broken !== 'none') return undefined;
  if (!world.database.accepted || run.resets.length > 0) return undefined;
  for (let at = ended_at - LAST_TRIES_MS; at <= ended_at; at += 1_000) {
    if (world.circumstances.isDatabaseAway(at)) return undefined;
  }
  return couldBeAsked(run) ? 'its words could not be read, it says, though they could' : undefined;
}

/** Whatever was away meanwhile: nobody's silence is believed whom nobody asked. */
export function silenceIsAskedAbout(run: Run): string | undefined {
  const { outcome, world, schedule, state, ended_at = 0 } = run;
  if (outcome?.notes?.includes('no result was reported') !== true || schedule.broken !== 'none') return undefined;
  const heard = reportsHeard(run)[0];
  if (heard) return `no result was reported, it says, though ${heard.report.result} was acknowledged`;
  const recorded = world.legs
    .flatMap((leg) => leg.conversations)
    .find(
      ({ report, done_at = Infinity, leg, conversation_id }) =>
        report !== undefined &&
        report.result !== 'voicemail' &&
        !isNobody(leg.plan) &&
        !isFollowedUp(run, leg.call_id) &&
        done_at < ended_at - IN_HAND_MS &&
        state?.attempts.some(
          (attempt) =>
            attempt.call_id === leg.call_id && (!isBridged(leg) || attempt.conversation_id === conversation_id),
        ),
    );
  if (!recorded || !couldBeAsked(run)) return undefined;
  return `no result was reported, it says, though ${recorded.conversation_id} has ${recorded.report!.result} in its record`;
}

const CLAIMS = ['confirmed', 'declined', 'no_availability', 'callback_requested', 'wrong_number'];

export function oneOutcome(run: Run): string | undefined {
  const { outcome } = run;
  if (!outcome) return undefined;
  if (run.outcomes !== 1) return `${run.outcomes} outcomes`;
  const heard = heardInTime(run);
  const simulated = outcome.channel === 'simulation';
  const there: Record<EvidenceName, () => boolean> = {
    report_result: () => simulated || heard.some((one) => one.kind === 'report'),
    post_call: () => heard.some((one) => one.kind === 'conversation' && one.source === 'post_call'),
    conversation: () => heard.some((one) => one.kind === 'conversation' && one.source === 'poll'),
    call_status: () => heard.some((one) => one.kind === 'call_status'),
    transcript: () =>
      simulated || heard.some((one) => 'transcript' in one && (one.transcript?.business_turns_after_greeting ?? 0) > 0),
  };
  const invented = outcome.evidence.find((name) => !there[name]());
  if (invented) return `${outcome.result} names ${invented}, which was never heard`;
  const reported = outcome.evidence.some((name) => ['report_result', 'post_call', 'conversation'].includes(name));
  if (CLAIMS.includes(outcome.result) && !reported) return `${outcome.result} names no report: ${outcome.evidence}`;
  const called = outcome.channel !== null && isPhoneChannel(outcome.channel);
  const proved = ['unreachable', 'voicemail'].includes(outcome.result);
  if (proved && called && outcome.evidence.length === 0) return `${outcome.result} names no evidence`;
  return undefined;
}

export function confirmedIsSupported(run: Run): string | undefined {
  const { outcome } = run;
  if (outcome?.result !== 'confirmed' || outcome.channel === 'simulation') return undefined;
  const { confirmed_date, confirmed_time } = outcome;
  if (!confirmed_date || !confirmed_time) return 'confirmed without date and time';
  // What the report leaves out, the words may say.
  const made = run.world.legs.filter((leg) =>
    leg.reported.some(
      (one) =>
        one.result === 'confirmed' &&
        (one.confirmed_date ?? confirmed_date) === confirmed_date &&
        (one.confirmed_time ?? confirmed_time) === confirmed_time,
    ),
  );
  if (made.length === 0) return 'confirmed, which no agent ever reported';
  const talks = talksHeard(run).filter((one) => made.some((leg) => leg.call_id === one.call_id));
  const other = talks.find((one) => one.report && one.report.result !== 'confirmed');
  if (other) return `confirmed, though the record says ${other.report!.result}`;
  // The record of one of several sessions is a part: only the bridge’s own word speaks for the whole talk.
  const inParts = (id: string): boolean => made.some((leg) => leg.call_id === id && leg.conversations.length > 1);
  const transcripts = talks.filter((one) => one.transcript && one.status === 'done' && !inParts(one.call_id));
  const spoken = made.some((leg) => leg.conversations.some((one) => one.digest.business_turns_after_greeting > 0));
  if (transcripts.length > 0 && !spoken) return 'confirmed, though the transcript shows that nobody answered the agent';
  return undefined;
}

export function simulationsAreFlagged(run: Run): string | undefined {
  const { outcome, world } = run;
  if (outcome && outcome.simulated !== (run.input.settings.sandbox || outcome.channel === 'simulation')) {
    return `simulated is ${outcome.simulated} for an outcome by ${outcome.channel}`;
  }
  const rang = Math.min(...world.legs.map((leg) => leg.rang_at ?? Infinity));
  if (run.simulations.some((at) => at > rang)) return 'a simulation begins after a phone rang';
  return undefined;
}
