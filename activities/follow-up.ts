import { traceFollowUp } from '../delivery/trace-booking.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import { lineIdOf, parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { followedUpMessageId } from '../domain/message.ts';
import type { BookingOrder, BookingSettings } from '../domain/order.ts';
import { parentIdOf } from '../domain/parent.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';
import { UnknownBooking } from '../records/unknown-booking.ts';
import { collectTalks } from './collect-talks.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { tellNext } from './hand-line.ts';
import { heartbeating } from './heartbeating.ts';
import type { FollowUpActivities } from './interface.ts';

const DEFAULTS = { settle_seconds: 120 };

/** Settings of a booking that dials nobody: it has no channel. */
const settingsOf = (deps: ActivityDependencies, { order, sandbox, accounts }: StoredBooking): BookingSettings => ({
  ...(deps.booking ?? DEFAULTS),
  reconcile_seconds: 0,
  calling_window: { from: 0, to: 1_440 },
  available: [],
  sandbox,
  line_id: lineOf(deps, order),
  dial_queues: { twilio: '', elevenlabs: '' },
  accounts,
});

const lineOf = (deps: ActivityDependencies, { business }: BookingOrder): string =>
  lineIdOf(deps.phoneHash(business.phone));

/** Notifies the client of a call after the outcome, if it gave a `callback_url`. */
async function tell(deps: ActivityDependencies, booking: StoredBooking, follow_up: FollowUp): Promise<void> {
  const { records, runs, log } = deps;
  const { order, view } = booking;
  if (!order.callback_url) return;
  const message = {
    id: followedUpMessageId(follow_up.call_id),
    booking_id: order.id,
    type: 'booking.followed_up' as const,
    timestamp: iso(clockOf(deps).now()),
    data: { ...view, follow_up },
  };
  await records.putMessage(message);
  // The first message of this id stays, also where this one is a repeat.
  const kept = (await records.message(message.id)) ?? message;
  if (runs) await runs.tell(kept);
  else log.warn({ booking_id: order.id }, 'could not start the callback of a follow-up: Temporal starts no runs here');
}

/** Calls of a business after its booking's outcome. */
export const followUps = (deps: ActivityDependencies): FollowUpActivities => ({
  async beginFollowUp({ call_id }) {
    const { records } = deps;
    const call = await records.inboundCall(call_id);
    const booking = call && (await records.booking(call.booking_id));
    if (!booking) return undefined;
    await records.noteFollowUp(call.booking_id, { at: call.at, call_id, report: null, proof: null });
    const all = await records.evidence(call.booking_id);
    const evidence = all.filter((one) => one.call_id === call_id);
    return { order: booking.order, settings: settingsOf(deps, booking), at: call.at, evidence };
  },

  async concludeFollowUp({ call_id, line_id, heard, follow_up }) {
    const { records } = deps;
    const call = await records.inboundCall(call_id);
    if (!call) return;
    await tellNext(deps, await records.inboundOver(call_id, line_id));
    try {
      for (const evidence of heard) await records.addEvidence(evidence);
    } catch (error) {
      // The booking was erased meanwhile.
      if (error instanceof UnknownBooking) return;
      throw error;
    }
    await records.noteFollowUp(call.booking_id, follow_up);
    const booking = await records.booking(call.booking_id);
    if (!booking) return;
    // It may be an appointment, which a shortlist does not look for by itself: this is repeated until its run knows.
    const parentId = parentIdOf(booking.order);
    if (parentId !== undefined) await deps.childEnded?.(parentId, booking.order.id);
    await tell(deps, booking, follow_up);
    await traceFollowUp({ ...deps, clock: clockOf(deps) }, call.booking_id, follow_up);
  },

  collectFollowUp: ({ call_id, talks, collect_until }) =>
    heartbeating(async () => collectTalks(deps, parseCallId(call_id)?.bookingId ?? '', talks, collect_until)),
});
