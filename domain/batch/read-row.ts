import type { z } from 'zod';
import { rowKey } from '../schemas/batch.ts';
import { type BookingRequest, bookingRequestSchema } from '../schemas/booking-request.ts';
import { faultsOf } from './faults.ts';
import { isObject, isTooDeep, merged } from './merge.ts';
import type { Fault } from './problems.ts';
import { readNumber } from './read-number.ts';

export interface RowDefaults {
  /** Any fields of a booking, as they were given. */
  defaults?: Record<string, unknown> | undefined;
  /** ISO 3166 code for numbers without a country code. */
  default_country?: string | undefined;
}

/** A row as far as it was understood. `request`: only without faults. */
export interface ReadRow {
  /** The key that the row gives itself. */
  key?: string | undefined;
  /** E.164. */
  number?: string | undefined;
  /** The number as it was written. */
  written?: string | undefined;
  request?: BookingRequest | undefined;
  faults: Fault[];
}

const broken = (message: string): ReadRow => ({ faults: [{ path: ['row'], code: 'invalid', message }] });

const keyFaults = (error: z.core.$ZodError): Fault[] =>
  faultsOf(error).map(({ code, message }) => ({
    path: ['key'],
    code,
    message: code === 'missing' ? 'must not be empty: leave it out, and the row gets one' : message,
  }));

/** A number that every booking accepts stands in for one with a fault, so that the other fields are checked all the same. */
const STAND_IN = '+541143211234';

/**
 * A row with its defaults, as a request that `POST /v1/bookings` accepts, or all of its faults.
 * @param given a row of JSON: `key` and any fields of a booking
 */
export function readRow(given: unknown, { defaults = {}, default_country }: RowDefaults): ReadRow {
  if (!isObject(given)) return broken('must be an object with business and request');
  if (isTooDeep(given)) return broken('has too many levels: give the fields of a booking only');
  const { key: ownKey, ...own } = given;
  const row = merged({ business: {}, request: {}, ...defaults }, own);
  const faults: Fault[] = [];
  const read: ReadRow = { faults };

  if (ownKey !== undefined) {
    const key = rowKey.safeParse(ownKey);
    if (key.success) read.key = key.data;
    else faults.push(...keyFaults(key.error));
  }

  const business = isObject(row.business) ? row.business : undefined;
  const phone = business?.phone;
  let checked = row;
  if (business && (phone === undefined || typeof phone === 'string')) {
    const number = readNumber(phone ?? '', default_country);
    if ('code' in number) faults.push({ path: ['business', 'phone'], ...number });
    else read.number = number.number;
    read.written = phone;
    checked = { ...row, business: { ...business, phone: read.number ?? STAND_IN } };
  }
  const parsed = bookingRequestSchema.safeParse(checked);
  if (!parsed.success) faults.push(...faultsOf(parsed.error));
  else if (faults.length === 0) read.request = parsed.data;
  return read;
}
