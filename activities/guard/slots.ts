import { PROVIDERS } from '../../domain/channels.ts';
import { giveSlotsBack, holdSlots } from '../hold-slots.ts';
import { type Check, putOff } from './check.ts';

/** The first wait for a slot. A talk lasts minutes, and each further wait is twice as long. */
const RETRY_MS = 5_000;

/**
 * Takes the call's slots, or moves their end: the booking was given them with its line. They may have been lost meanwhile, and a second
 * channel takes others.
 */
export const slots: Check = {
  name: "the provider's slots",
  async refusal({ deps, plan: { channel, call_id, order, line } }) {
    const { id: booking_id, batch } = order;
    const full = await holdSlots(deps, channel, {
      call_id,
      booking_id,
      hold_seconds: line.hold_seconds,
      batch: batch?.id,
    });
    if (full === undefined) return undefined;
    const of = PROVIDERS.find((provider) => provider === full) ?? 'batch';
    return putOff(RETRY_MS, `${of}_full`, `All slots of ${of === 'batch' ? 'its batch' : of} are taken.`);
  },
  /** A call that may ring keeps its slots. */
  async release({ deps, plan }, result) {
    if (result?.proves === 'accepted' || result?.proves === 'unknown') return;
    await giveSlotsBack(deps, plan.channel, plan.call_id, plan.order.batch?.id);
  },
};
