import { pointsToPrivateAddress } from '../callbacks/public-address.ts';
import type { Acceptable } from '../domain/acceptable.ts';
import { iso } from '../domain/iso.ts';
import { localMoment } from '../domain/local-moment.ts';
import type { BookingOrder } from '../domain/order.ts';
import { checkPhoneNumber, countryRefusal } from '../domain/phone-number.ts';
import { type BookingRequest, orderOf } from '../domain/schemas/booking-request.ts';
import { wishedDay } from '../domain/wished-day.ts';
import { zonesOfNumber } from '../domain/zones.ts';
import { dialTimes, neverOpen, type Refusal } from './dial-times.ts';
import type { AcceptingSettings } from './settings.ts';

/** Index of the first range of days that is over in all of the business's possible zones. */
function pastRange(acceptable: Acceptable | undefined, zones: readonly string[], now: number): number | undefined {
  if (!acceptable?.dates) return undefined;
  const today = zones.map((zone) => localMoment(zone, now).date).sort()[0]!;
  const past = acceptable.dates.findIndex(({ to }) => to < today);
  return past < 0 ? undefined : past;
}

/** The settings that decide whether a request is refused. */
export type RefusingSettings = Pick<AcceptingSettings, 'allowedCountries' | 'providersAreLocal' | 'booking'>;

type Ordered = { order: BookingOrder } | { refused: Refusal[] };

/**
 * The order for a checked request, without the day that its words mean, or the refusals of `newOrder`.
 * @param now milliseconds since 1970
 */
export function checkedOrder(request: BookingRequest, settings: RefusingSettings, id: string, now: number): Ordered {
  const refused = (field: string, message: string) => ({ refused: [{ field, message }] });
  const { callback_url } = request;
  if (callback_url && pointsToPrivateAddress(callback_url, settings.providersAreLocal ?? false)) {
    return refused('callback_url', 'must lead to a public address');
  }
  const { phone, timezone } = request.business;
  const checked = checkPhoneNumber(phone);
  const refusal = checked.ok ? countryRefusal(checked.country, settings.allowedCountries) : checked.reason;
  if (refusal) return refused('business.phone', refusal);
  const zones = timezone ? [timezone] : zonesOfNumber(phone, now);
  if (zones.length === 0) {
    return refused(
      'business.timezone',
      'is needed: the time zone of this number is not known, so calling hours could not be kept',
    );
  }
  const past = pastRange(request.request.acceptable, zones, now);
  if (past !== undefined) {
    return refused(
      `request.acceptable.dates.${past}.to`,
      'is past: give days from today on, by the business’s calendar',
    );
  }
  const asked = dialTimes(request, zones, now);
  if ('refused' in asked) return asked;
  const order = orderOf(request, { id, zones, created_at: iso(now), ...asked.times });
  const never = neverOpen(order, settings.booking.calling_window, now);
  if (never) return { refused: [never] };
  return { order };
}

/**
 * Turns a checked request into an order, or refuses for reasons that only this installation knows: it does not dial the country, the
 * callback URL points to a private address, the number's time zone is unknown, so that the calling hours could not be kept, acceptable days
 * are past, or no dial could ever leave at the times that are given.
 * @param now milliseconds since 1970
 */
export function newOrder(request: BookingRequest, settings: RefusingSettings, id: string, now: number): Ordered {
  const checked = checkedOrder(request, settings, id, now);
  if ('refused' in checked) return checked;
  const { order } = checked;
  return { order: { ...order, request: { ...order.request, preferred_day: wishedDay(order) } } };
}
