import { leadsInside } from '../callbacks/public-address.ts';
import type { Accounts } from '../domain/accounts.ts';
import { lineIdOf } from '../domain/ids.ts';
import type { BookingOrder, BookingSettings } from '../domain/order.ts';
import { checkPhoneNumber, countryRefusal } from '../domain/phone-number.ts';
import { type BookingRequest, orderOf } from '../domain/schemas/booking-request.ts';
import { wishedDay } from '../domain/wished-day.ts';
import { zonesOfNumber } from '../domain/zones.ts';
import type { ApiSettings } from './deps.ts';
import { invalid } from './problem.ts';

/**
 * The order that a checked request becomes. Throws `422` for what only this installation can refuse: a country that it does
 * not dial, and a number whose time zone nobody knows, for without it the calling hours could not be kept.
 */
export function newOrder(
  request: BookingRequest,
  settings: Pick<ApiSettings, 'allowedCountries' | 'playedHere'>,
  id: string,
  now: number,
): BookingOrder {
  const { callback_url } = request;
  if (callback_url && leadsInside(callback_url, settings.playedHere ?? false)) {
    throw invalid([{ field: 'callback_url', message: 'must lead to a public address' }]);
  }
  const { phone, timezone } = request.business;
  const checked = checkPhoneNumber(phone);
  const refusal = checked.ok ? countryRefusal(checked.country, settings.allowedCountries) : checked.reason;
  if (refusal) throw invalid([{ field: 'business.phone', message: refusal }]);
  const zones = timezone ? [timezone] : zonesOfNumber(phone, now);
  if (zones.length === 0) {
    throw invalid([
      {
        field: 'business.timezone',
        message: 'is needed: the time zone of this number is not known, so calling hours could not be kept',
      },
    ]);
  }
  const order = orderOf(request, { id, zones, created_at: new Date(now).toISOString() });
  return { ...order, request: { ...order.request, preferred_day: wishedDay(order) } };
}

/**
 * What the installation adds to the order; the same for a repeated start. `accounts`: those that the booking belongs to, which may not be
 * the present ones when a start was lost and the request is repeated later.
 */
export const settingsFor = (
  order: BookingOrder,
  accounts: Accounts,
  settings: Pick<ApiSettings, 'booking' | 'phoneHash'>,
): BookingSettings => ({
  ...settings.booking,
  accounts,
  sandbox: accounts.mode === 'sandbox',
  line_id: lineIdOf(settings.phoneHash(order.business.phone)),
});
