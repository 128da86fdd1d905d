import type { Wait, Waiting, WaitReason } from './view.ts';

/** The word that bookings show for each reason; null: they show none. */
const SHOWN: Record<WaitReason, Wait | null> = {
  not_before: 'not_before',
  calling_hours: 'hours',
  line_busy: 'number',
  place: 'place',
  rate_limit: 'place',
  callback: 'callback',
  dialing: 'dialing',
  redial_delay: null,
  other_accounts: null,
  no_worker: null,
};

const TURNS: ReadonlySet<WaitReason> = new Set(['line_busy', 'place', 'dialing']);

export const shownWait = (reason: WaitReason): Wait | null => SHOWN[reason];

/** A turn that comes when others make room, or an operator does: nobody knows when, and budgets stand still until then. */
export const isTurn = (reason: WaitReason): boolean => TURNS.has(reason);

/** The wait in the shape of the API; `waiting` undefined: nothing is waited for. */
export function waitView(waiting: Waiting | undefined): { waiting_for: Wait | null; waiting_until: string | null } {
  const waiting_for = waiting ? shownWait(waiting.waiting_for) : null;
  return { waiting_for, waiting_until: waiting_for === null ? null : (waiting?.until ?? null) };
}
