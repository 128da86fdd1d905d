import { addDays, dayOf, weekdayOf } from './calendar.ts';
import { callbackPolicyOf } from './callback-policy.ts';
import { afterOpenTime, nextOpening } from './calling-window.ts';
import { notAfter } from './dial-times.ts';
import {
  callsOf,
  foundFromPerson,
  isInbound,
  isPhone,
  machineOnly,
  mayBeAlive,
  personReport,
  reachedSomebody,
  wordsMayTell,
} from './leg.ts';
import { isoIn, localInstant } from './local-instant.ts';
import { localMoment } from './local-moment.ts';
import type { BookingOrder } from './order.ts';
import { policyOf } from './policy.ts';
import type { NamedDay, Report } from './result.ts';
import { type Attempt, type BookingState, type Call, windowOf } from './state.ts';

const HOUR_MS = 3_600_000;
/** A call that was asked for may start this much later: another call may hold the line, or a provider may be out of reach. */
const LATE_MS = 1_800_000;
/** Days in which a day of the month alone is searched. */
const DAYS_AHEAD = 62;

/** A call that a business asked for. Times in milliseconds since 1970. */
export interface Callback {
  /** The call in which it asked. */
  asked: Call;
  /** Not before this time. */
  at: number;
  /** No dial starts after this time. */
  until: number;
}

/** The ISO date of a named day, counted from the day of the talk; undefined: there is no such day soon. */
function dateOf(day: NamedDay, talkedOn: string): string | undefined {
  if ('ahead' in day) return addDays(talkedOn, day.ahead);
  // On a Tuesday "on Tuesday" means next week's: today would be earlier than asked.
  if (!('day' in day)) return addDays(talkedOn, (day.weekday - weekdayOf(dayOf(talkedOn)) + 7) % 7 || 7);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const date = addDays(talkedOn, ahead);
    if (Number(date.slice(8)) !== day.day) continue;
    if (day.month !== undefined && Number(date.slice(5, 7)) !== day.month) continue;
    return day.weekday === undefined || day.weekday === weekdayOf(dayOf(date)) ? date : undefined;
  }
  return undefined;
}

type Zoned = Pick<BookingOrder, 'zones'>;

/** In one of the business's possible zones. Without a day: the next such time after the talk. */
function inZone(zone: string, report: Report & { callback_time: string }, talk: number): number | undefined {
  const { callback_date, callback_day, callback_time } = report;
  const today = localMoment(zone, talk).date;
  if (callback_date === undefined && callback_day === undefined) {
    const at = localInstant(zone, today, callback_time);
    return at > talk ? at : localInstant(zone, addDays(today, 1), callback_time);
  }
  const date = callback_date ?? dateOf(callback_day!, today);
  return date === undefined ? undefined : localInstant(zone, date, callback_time);
}

/** Of several possible zones the one in which it is latest counts: nobody is called earlier than asked. */
function momentOf({ zones }: Zoned, report: Report | undefined, talk: number): number | undefined {
  if (report?.callback_time === undefined || report.callback_unclear) return undefined;
  const { callback_time } = report;
  const moments = zones.map((zone) => inZone(zone, { ...report, callback_time }, talk));
  if (moments.length === 0 || moments.includes(undefined)) return undefined;
  return Math.max(...(moments as number[]));
}

/** A moment of the talk, as far as one is known. Word of the answer may come long after it, and after the report that was made then. */
function talkAt(attempt: Attempt): number {
  const { answered_at, sent_at }: Partial<Call> = isPhone(attempt) ? attempt : {};
  const known = [answered_at, ...attempt.reports.map(({ made_at }) => made_at)].filter((at) => at !== undefined);
  // No talk begins before its dial, whatever another machine's clock says.
  return Math.max(attempt.dialed_at, known.length > 0 ? Math.min(...known) : (sent_at ?? 0));
}

/**
 * The moment (ms since 1970) at which the business asked to be called; undefined: it did not ask, or its time was not understood. A time in
 * the past was not understood, nor were two different ones of the report and the conversation's own record.
 */
export function askedFor(order: Zoned, attempt: Attempt): number | undefined {
  const found = isPhone(attempt) ? foundFromPerson(attempt) : undefined;
  const report = personReport(attempt) ?? found;
  if (report?.result !== 'callback_requested') return undefined;
  const talk = talkAt(attempt);
  const [told, recorded] = [report, found].map((one) => momentOf(order, one, talk));
  if (told !== undefined && recorded !== undefined && told !== recorded) return undefined;
  if (told === undefined && report.callback_unclear && recorded === undefined) return undefined;
  const at = told ?? recorded;
  return at !== undefined && at > talk ? at : undefined;
}

/** The same as the API shows it, by the business's clock. */
export function askedForIso(order: Zoned, attempt: Attempt | undefined): string | null {
  const at = attempt && askedFor(order, attempt);
  return at === undefined ? null : isoIn(order.zones[0]!, at);
}

/** Calls before this one that the business asked for and got. One that it made itself counts for nothing. */
const callbacksBefore = (state: BookingState, call: Call): number =>
  isInbound(call) ? 0 : callsOf(state).filter((earlier) => isAskedForBy(state, call, earlier)).length;

/** True when somebody asked in this call to be called later. */
function wantsCall(call: Call): boolean {
  const report = personReport(call) ?? foundFromPerson(call);
  return report?.result === 'callback_requested';
}

/**
 * The call that a business asked for in this call, if the order permits it; undefined: nobody is called again. The end of the call is
 * proved, and the time lies within the order's hours.
 */
export function callbackOf(state: BookingState, asked: Call): Callback | undefined {
  const { order } = state.input;
  const { enabled, max_callbacks, within_hours } = callbackPolicyOf(order);
  if (!enabled || asked.leg !== 'ended') return undefined;
  const at = askedFor(order, asked);
  const latest = talkAt(asked) + within_hours * HOUR_MS;
  if (at === undefined || at > latest || callbacksBefore(state, asked) >= max_callbacks) return undefined;
  const { redial_delay_seconds, max_attempts, ring_seconds } = policyOf(order, asked.channel);
  const retries = (max_attempts - 1) * (redial_delay_seconds + ring_seconds) * 1000;
  const opening = nextOpening(windowOf(state), order.zones, at);
  const last = Math.min(latest, notAfter(state));
  if (opening === undefined || opening > last) return undefined;
  const end = afterOpenTime(windowOf(state), order.zones, opening, LATE_MS + retries) ?? opening;
  return { asked, at, until: Math.min(last, end) };
}

/** True when the business asked for this call in the earlier one, or called by itself instead of waiting for us, at whatever time. */
export function isAskedForBy(state: BookingState, call: Call, earlier: Call): boolean {
  if (earlier.dialed_at >= call.dialed_at) return false;
  if (isInbound(call)) return wantsCall(earlier);
  const callback = callbackOf(state, earlier);
  return callback !== undefined && callback.at <= call.dialed_at;
}

/** The request that a call of ours answers, if the business asked for it. Of several the newest. */
export function callbackOfCall(state: BookingState, call: Call): Callback | undefined {
  if (isInbound(call)) return undefined;
  const asked = callsOf(state).findLast((earlier) => isAskedForBy(state, call, earlier));
  return asked && callbackOf(state, asked);
}

/** All other attempts except those in which the business asked for this call. */
export const othersOf = (state: BookingState, call: Call): Attempt[] =>
  state.attempts.filter((other) => other.n !== call.n && !(isPhone(other) && isAskedForBy(state, call, other)));

/**
 * The attempts that may decide the result. A call that was asked for decides in place of the call in which it was, once it reached somebody,
 * or may have.
 * @param settled time (ms since 1970) until which evidence of a call is awaited
 */
export function decisiveAttempts(state: BookingState, now: number, settled: (call: Call) => number): Attempt[] {
  const decides = (call: Call): boolean =>
    mayBeAlive(call) ||
    personReport(call) !== undefined ||
    // A call of the business that brought nothing leaves its request as it was.
    (isInbound(call)
      ? foundFromPerson(call) !== undefined || (reachedSomebody(call) && now < settled(call))
      : decidesUnsaid(call));
  const decidesUnsaid = (call: Call): boolean =>
    reachedSomebody(call) || (call.leg === 'over' && !machineOnly(call)) || (wordsMayTell(call) && now < settled(call));
  const deciding = callsOf(state).filter(decides);
  return state.attempts.filter(
    (attempt) => !isPhone(attempt) || !deciding.some((call) => isAskedForBy(state, call, attempt)),
  );
}
