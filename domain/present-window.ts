import { iso } from './iso.ts';
import type { BookingOrder, CallingWindow } from './order.ts';

const DAY_MS = 86_400_000;
/** A booking may wait for a year. */
const STEP_MS = 365 * DAY_MS;
/** The list of a year's holidays reaches into the next one, as a budget does. */
const REACH_MS = STEP_MS + 35 * DAY_MS;

/** Public holidays at a number, as ISO dates, from one ISO date to another, both inclusive. */
export type PublicHolidays = (phone: string, from: string, to: string) => string[];

export interface CallingRules {
  callingWindow: CallingWindow;
  /** Absent: businesses are called on public holidays too. */
  holidays?: PublicHolidays | undefined;
}

const dateOf = (ms: number): string => iso(ms).slice(0, 10);

/**
 * The installation's calling window for one business: with its public holidays as closed days, where they are kept. The list is the same on
 * every day of a year after the acceptance, so that a booking is signaled only when the settings change.
 * @param now milliseconds since 1970
 */
export function presentWindow(
  { callingWindow, holidays }: CallingRules,
  { business, created_at }: Pick<BookingOrder, 'business' | 'created_at'>,
  now: number,
): CallingWindow {
  if (!holidays) return callingWindow;
  const created = Date.parse(created_at);
  const from = created + Math.max(0, Math.floor((now - created) / STEP_MS)) * STEP_MS;
  // A day more on both sides: the business may be in any time zone.
  const closed_days = holidays(business.phone, dateOf(from - DAY_MS), dateOf(from + REACH_MS));
  return closed_days.length > 0 ? { ...callingWindow, closed_days } : callingWindow;
}
