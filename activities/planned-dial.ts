import { PHONE_CHANNELS, type PhoneChannel } from '../domain/channels.ts';
import type { DialResult } from '../domain/evidence.ts';
import { lineIdOf, parseCallId } from '../domain/ids.ts';
import { mostSecondsOf } from '../domain/leg.ts';
import { checkPhoneNumber, countryRefusal } from '../domain/phone-number.ts';
import { policyOf } from '../domain/policy.ts';
import type { PhoneDial } from '../providers/interface.ts';
import { actsFor } from './belonging.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { DialInput, LineHold } from './interface.ts';

/** One dial, as the accepted booking's row says that it shall be. */
export interface PlannedDial extends PhoneDial {
  channel: PhoneChannel;
  /** The lock on the number: held by this booking until the dialed leg must be over, or nothing is dialed. */
  line: LineHold;
  /** Hashes by which the number may stand in the do-not-call list. */
  phoneHashes: string[];
}

const skip = (reason: (DialResult & { proves: 'skipped' })['reason']): DialResult => ({ proves: 'skipped', reason });

/**
 * The dial that the database stands for, or why nothing is dialed. A workflow may have been started by anybody who reaches the engine, so
 * nothing of its input decides who is rung. Throws when the database cannot be used.
 */
export async function planDial(
  deps: ActivityDependencies,
  { call_id, channel }: Pick<DialInput, 'call_id' | 'channel'>,
): Promise<PlannedDial | DialResult> {
  const bookingId = parseCallId(call_id)?.bookingId;
  const stored = bookingId === undefined ? undefined : await deps.records.booking(bookingId);
  if (!stored || stored.view.outcome) return skip('not_on_record');
  const { order, sandbox, accounts } = stored;
  if (!actsFor(deps, { accounts, sandbox })) return skip('other_accounts');
  const { phone } = order.business;
  if (isBarred(phone, deps.allowedCountries)) return skip('number_barred');
  // The workflow's word alone opens no channel.
  const policy = PHONE_CHANNELS.includes(channel) ? policyOf(order, channel) : undefined;
  if (!policy?.enabled) return skip('not_on_record');
  return {
    order,
    call_id,
    channel,
    ring_seconds: policy.ring_seconds,
    max_call_seconds: policy.max_call_seconds,
    line: { id: lineIdOf(deps.phoneHash(phone)), hold_seconds: mostSecondsOf(policy) },
    phoneHashes: deps.phoneHashes(phone),
  };
}

function isBarred(phone: string, allowedCountries: readonly string[] | undefined): boolean {
  const checked = checkPhoneNumber(phone);
  return !checked.ok || countryRefusal(checked.country, allowedCountries) !== undefined;
}
