import { backoffMs, trailingCount } from './backoff.ts';
import type { Channel, PhoneChannel } from './channels.ts';
import type { DialResult, SkipReason } from './evidence.ts';
import { isInboundNumber } from './ids.ts';
import type { BookingState, Call, PutOff } from './state.ts';

type Dials = Pick<BookingState, 'attempts' | 'put_off'>;

/** No pause: the booking or its channel ends with it, or the call that the dial made way for decides what follows. */
const NO_PAUSE = { waits_for: 'calling_hours' } as const;

/** The wait of the next dial after one that did not leave. `pause`: at first, in ms. */
const AFTER_SKIP: Record<SkipReason, Pick<PutOff, 'waits_for'> & { pause?: number }> = {
  /** The clock of this worker differs: it finds the window closed while Temporal's clock says that it is open. */
  outside_window: { waits_for: 'calling_hours', pause: 1_000 },
  /** Another booking holds the line under a name that the workflow does not know, because an earlier version computed it differently. */
  line_lost: { waits_for: 'calling_hours', pause: 2_000 },
  /** Other accounts come with a restart, so there is no hurry. */
  other_accounts: { waits_for: 'other_accounts', pause: 30_000 },
  /** The dial has waited for minutes already. The pause releases the line, so that other bookings can use the number. */
  not_taken: { waits_for: 'no_worker', pause: 30_000 },
  /** The call that it made way for decides what follows. */
  rung_back: NO_PAUSE,
  canceled: NO_PAUSE,
  do_not_call: NO_PAUSE,
  not_on_record: NO_PAUSE,
  number_barred: NO_PAUSE,
  too_late: NO_PAUSE,
};

/** Enough to know how far the pause between them has grown. */
export const MAX_NEVER_LEFT = 12;

/** Drops the oldest dials that never left: a booking that waits for days must not grow with each of them. */
export function withoutOld(dials: readonly PutOff[]): PutOff[] {
  const neverLeft = dials.filter(({ left }) => !left);
  const from = neverLeft.at(-MAX_NEVER_LEFT)?.n ?? 0;
  return dials.filter(({ n, left }) => left || n >= from);
}

/** Of calls that the business made to us, the numbers are not ours to give. */
const lastNumber = (dials: readonly { n: number }[]): number => dials.findLast(({ n }) => !isInboundNumber(n))?.n ?? 0;

/** Number of the next dial. No number is used twice: a `call_id` leaves at most once, whatever its result. */
export const nextNumber = ({ attempts, put_off }: Dials): number =>
  Math.max(lastNumber(attempts), lastNumber(put_off)) + 1;

/** Numbers of the dials whose request left, or may have left: the database has a record of them. */
export const knownNumbers = ({ attempts, put_off }: Dials): number[] =>
  [...attempts, ...put_off.filter(({ left }) => left)].map(({ n }) => n).sort((a, b) => a - b);

/** The last dial of the channel, or of the whole booking, if it was put off. */
export function lastPutOff({ attempts, put_off }: Dials, channel?: PhoneChannel): PutOff | undefined {
  const isMeant = (dial: { n: number; channel: Channel }): boolean =>
    (channel === undefined || dial.channel === channel) && !isInboundNumber(dial.n);
  const last = put_off.findLast(isMeant);
  return last && last.n > (attempts.findLast(isMeant)?.n ?? 0) ? last : undefined;
}

/** Number of dials on the channel that were put off in a row, until now. Of those that never left, only the newest are known. */
export const putOffInARow = ({ attempts, put_off }: Dials, channel: PhoneChannel): number =>
  trailingCount(
    put_off.filter(({ n }) => n > lastNumber(attempts)),
    (dial) => dial.channel === channel,
  );

/** Why a dial is put off and what the next one waits for. `pause`: first pause in ms; absent: the wait does not depend on time. */
export type PutOffReason = Pick<PutOff, 'why' | 'waits_for' | 'left'> & { pause?: number };

/** Reason of a dial that our own checks stopped, or that a provider did not process. */
export function reasonOf(result: DialResult & { proves: 'deferred' | 'skipped' }): PutOffReason {
  if (result.proves === 'deferred') {
    const { problem, retry_after_ms, left } = result;
    return { why: problem.code, waits_for: 'rate_limit', left, pause: retry_after_ms };
  }
  return { why: result.reason, ...AFTER_SKIP[result.reason] };
}

/** Removes the dial from the attempts. */
export function putOff<State extends Dials>(
  state: State,
  { n, channel, dialed_at }: Call,
  { pause, ...reason }: PutOffReason,
  now: number,
): State {
  const attempts = state.attempts.filter((attempt) => attempt.n !== n);
  const before = putOffInARow({ ...state, attempts }, channel);
  const retry_at = pause === undefined ? undefined : now + backoffMs(pause, before);
  const one: PutOff = { n, channel, dialed_at, put_off_at: now, ...reason, retry_at };
  return { ...state, attempts, put_off: [...state.put_off, one] };
}
