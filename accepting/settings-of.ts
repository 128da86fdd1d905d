import { accountsOf } from '../config/accounts.ts';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import { dialQueuesForAll } from '../domain/earlier.ts';
import type { PublicHolidays } from '../domain/present-window.ts';
import { phoneHasher } from '../records/phone-hash.ts';
import { bookingIdMaker } from './keyed-hashes.ts';
import type { AcceptingSettings } from './settings.ts';

/** The settings of new bookings in an installation's configuration: the same for clients and for parents. */
export const acceptingSettings = (
  config: Config,
  { hashKey }: Pick<Secrets, 'hashKey'>,
  holidays: PublicHolidays | undefined,
): AcceptingSettings => ({
  allowedCountries: config.allowedCountries,
  providersAreLocal: config.providersAreLocal,
  phoneHash: phoneHasher(hashKey),
  bookingIdOf: bookingIdMaker(hashKey),
  booking: {
    reconcile_seconds: config.reconcileSeconds,
    settle_seconds: config.settleSeconds,
    require_proof: config.requireProof,
    calling_window: config.callingWindow,
    available: config.available,
    dial_queues: dialQueuesForAll(config.temporal.dialQueues),
    calls_queue: config.temporal.callsQueue,
  },
  accounts: accountsOf(config),
  openBounds: config.openBounds,
  holidays,
});
