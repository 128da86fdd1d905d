import type { FollowUp } from '../domain/follow-up.ts';
import type { Offer, Report } from '../domain/result.ts';
import type { BookingView, Wait } from '../domain/view.ts';
import { plain, wordFor } from './foreign.ts';

const WAITS: Record<Wait, string> = {
  not_before: 'for not_before',
  hours: 'for the hours in which it may be called',
  number: 'for another booking’s call to this number',
  place: 'for its turn at the provider',
  frequency: 'because the number was called as often as it may be',
  callback: 'for the time at which the business asked to be called',
  dialing: 'until an operator resumes dialing (vocero resume-dialing)',
};

/** `14:05:10` today, `2026-12-01 09:00` on another day, on this machine's clock. */
export function whenText(at: string, now = Date.now()): string {
  const [day, clock] = new Date(at).toLocaleString('sv').split(' ');
  const [today] = new Date(now).toLocaleString('sv').split(' ');
  return day === today ? clock! : `${day} ${clock!.slice(0, 5)}`;
}

/** `2026-12-02 10:00 with the other doctor; 2026-12-03`. */
export const offersText = (offers: readonly Offer[]): string =>
  offers.map(({ date, time, note }) => [date, time, note].filter(Boolean).join(' ')).join('; ');

/** The wait of an open booking; undefined: it has none. */
export function waitText({ outcome, waiting_for, waiting_until }: BookingView): string | undefined {
  if (outcome || !waiting_for) return undefined;
  const until = waiting_until ? `, until ${whenText(waiting_until)}` : '';
  return `waiting ${wordFor(WAITS, waiting_for)}${until}`;
}

/** The notes of a list beside a result: the wait, calls of the business, its offers, and the call that it asked for. */
export function moreText(view: BookingView): string[] {
  const { outcome, attempts = [], follow_ups = [] } = view;
  const { callback_at, offers = [] } = outcome ?? {};
  const after = follow_ups.length;
  return [
    waitText(view),
    callback_at && `call at ${callback_at}`,
    offers.length > 0 && `offered ${offersText(offers)}`,
    attempts.some(({ direction }) => direction === 'inbound') && 'they called us',
    after > 0 && `${after} ${after === 1 ? 'call' : 'calls'} after the outcome`,
  ].filter((text) => typeof text === 'string' && text !== '') as string[];
}

function reportText({ result, confirmed_date, confirmed_time, ...report }: Report): string {
  const { callback_date, callback_time, offers = [], notes } = report;
  const call = callback_time && `call at ${[callback_date, callback_time].filter(Boolean).join(' ')}`;
  const offered = offers.length > 0 && `offered ${offersText(offers)}`;
  const words = [result, confirmed_date, confirmed_time, call, offered, notes && `“${notes.trim()}”`];
  return words.filter(Boolean).join(' ');
}

/** The calls of the business after the outcome, a line each. */
export const followUpLines = (followUps: readonly FollowUp[]): string[] =>
  plain([...followUps]).map(({ at, report, proof }) => {
    const said = report ? reportText(report) : 'no report';
    const proved = report?.result === 'confirmed' ? ` (proof: ${proof?.level ?? 'none'})` : '';
    return `  they called us after the outcome, ${whenText(at)}: ${said}${proved}`;
  });
