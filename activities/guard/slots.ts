import { giveSlotsBack, holdSlots } from '../hold-slots.ts';
import { type Check, putOff } from './check.ts';

/** The first wait for a slot. A talk lasts minutes, and each further wait is twice as long. */
const RETRY_MS = 5_000;

/** Takes the call's slots at its provider. */
export const slots: Check = {
  name: "the provider's slots",
  async refusal({ deps, plan: { channel, call_id, order, line } }) {
    const full = await holdSlots(deps, channel, { call_id, booking_id: order.id, hold_seconds: line.hold_seconds });
    return full && putOff(RETRY_MS, `${full}_full`, `All slots of ${full} are taken.`);
  },
  /** A call that may ring keeps its slots. */
  async release({ deps, plan }, result) {
    if (result?.proves === 'accepted' || result?.proves === 'unknown') return;
    await giveSlotsBack(deps, plan.channel, plan.call_id);
  },
};
