import type { Channel } from './channels.ts';
import { isPhone, standingReport } from './leg.ts';
import type { Offer, Report } from './result.ts';
import type { Attempt, BookingState } from './state.ts';

/** More tell nobody anything. */
export const MAX_OFFERS = 20;

function reportsOf(attempt: Attempt): Report[] {
  const found = isPhone(attempt) ? attempt.found_report?.report : undefined;
  return [standingReport(attempt), found].filter((report) => report !== undefined);
}

const sameSlot = (a: Offer, b: Offer): boolean => a.date === b.date && a.time === b.time;

/**
 * All different slots that were offered in the booking's talks, in their order, without the one that was taken. Offers of a simulation count only
 * for its own outcome.
 */
export function offersIn(
  { attempts }: Pick<BookingState, 'attempts'>,
  taken: Report | undefined,
  channel: Channel | undefined,
): Offer[] {
  const all = attempts
    .filter((attempt) => isPhone(attempt) !== (channel === 'simulation'))
    .flatMap(reportsOf)
    .flatMap(({ offers = [] }) => offers);
  const left = all.filter(({ date, time }) => date !== taken?.confirmed_date || time !== taken?.confirmed_time);
  return left.filter((offer, at) => left.findIndex((other) => sameSlot(other, offer)) === at).slice(0, MAX_OFFERS);
}
