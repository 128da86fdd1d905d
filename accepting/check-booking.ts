import { nextOpening } from '../domain/calling-window.ts';
import { CHANNELS, type Channel } from '../domain/channels.ts';
import { hoursText } from '../domain/hours-text.ts';
import { iso } from '../domain/iso.ts';
import { localMoment } from '../domain/local-moment.ts';
import type { BookingOrder, CallingWindow } from '../domain/order.ts';
import { policyOf } from '../domain/policy.ts';
import { firstMessage } from '../domain/prompts.ts';
import type { BookingCheck } from '../domain/schemas/booking-check.ts';
import type { BookingRequest } from '../domain/schemas/booking-request.ts';
import { weekdayOn } from '../domain/weekday.ts';
import { hoursOf } from '../domain/weekly-hours.ts';
import type { Refusal } from './dial-times.ts';
import { newOrder } from './new-order.ts';
import { type AcceptingSettings, windowFor } from './settings.ts';

/** Stands for the id of a booking that is not made. */
const NO_ID = 'bk_checked';

/** The part of a check that needs no records. */
export type Foreseen = Omit<BookingCheck, 'warnings' | 'do_not_call' | 'token' | 'token_expires_at'>;

const NOTHING: Omit<Foreseen, 'problems' | 'simulated'> = {
  bookable: false,
  business: null,
  first_dial: null,
  calling_hours: null,
  channels: [],
  preferred_day: null,
  first_message: null,
};

type FirstDial = NonNullable<BookingCheck['first_dial']>;

const localIn = (zones: readonly string[], at: number): FirstDial['local'] =>
  zones.map((zone) => {
    const { date, time } = localMoment(zone, at);
    return { zone, date, weekday: weekdayOn(date), time };
  });

function firstDial(order: BookingOrder, hours: CallingWindow, now: number): FirstDial | undefined {
  const from = Math.max(now, order.not_before === undefined ? now : Date.parse(order.not_before));
  const at = nextOpening(hours, order.zones, from);
  if (at === undefined) return undefined;
  const waits_for = at > from ? 'hours' : from > now ? 'not_before' : null;
  return { at: iso(at), local: localIn(order.zones, at), waits_for };
}

/** Why nobody would be called although the booking would be accepted. */
function inVain(order: BookingOrder, dial: FirstDial | undefined): Refusal | undefined {
  if (!dial) {
    const message = 'is in zones whose calling hours (CALLING_WINDOW) have no hour in common: give the right one';
    return { field: 'business.timezone', message };
  }
  if (order.not_after === undefined || dial.at < order.not_after) return undefined;
  const message = `comes before the first call that the calling hours permit (${dial.at}): give a later time, or leave it out`;
  return { field: 'not_after', message };
}

const isEnabled = (order: BookingOrder, channel: Channel): boolean =>
  channel === 'simulation' ? order.escalation.simulation.enabled : policyOf(order, channel).enabled;

export const nothingForeseen = (problems: Foreseen['problems'], settings: AcceptingSettings): Foreseen => ({
  ...NOTHING,
  problems,
  simulated: settings.accounts.mode === 'sandbox',
});

/**
 * The course of a booking that would be placed now: its first possible dial, channels and first words. Writes nothing and calls nobody.
 * `order`: absent where this installation refuses the request.
 * @param now milliseconds since 1970
 */
export function foresee(
  request: BookingRequest,
  settings: AcceptingSettings,
  now: number,
): { foreseen: Foreseen; order?: BookingOrder } {
  const made = newOrder(request, settings, NO_ID, now);
  if ('refused' in made) return { foreseen: nothingForeseen(made.refused, settings) };
  const { order } = made;
  const { business, zones } = order;
  const channels = CHANNELS.filter(
    (channel) => isEnabled(order, channel) && settings.booking.available.includes(channel),
  );
  const hours = hoursOf(windowFor(order, settings, now), order.business.opening_hours);
  const dial = firstDial(order, hours, now);
  const none: Refusal = {
    field: 'escalation',
    message: 'enables no channel that this installation has: enable another',
  };
  const problem = channels.length === 0 ? none : inVain(order, dial);
  return {
    order,
    foreseen: {
      bookable: problem === undefined,
      problems: problem ? [problem] : [],
      simulated: settings.accounts.mode === 'sandbox',
      business: { name: business.name, phone: business.phone, zones },
      first_dial: dial ?? null,
      calling_hours: hoursText(hours),
      channels,
      preferred_day: order.request.preferred_day ?? null,
      first_message: firstMessage(order),
    },
  };
}
