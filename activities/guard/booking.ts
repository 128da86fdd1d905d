import { orderOfCall } from '../../domain/call-order.ts';
import { PHONE_CHANNELS } from '../../domain/channels.ts';
import { lineIdOf, parseCallId } from '../../domain/ids.ts';
import { mostSecondsOf } from '../../domain/leg.ts';
import { checkPhoneNumber, countryRefusal } from '../../domain/phone-number.ts';
import { policyOf } from '../../domain/policy.ts';
import { actsFor } from '../belonging.ts';
import { type Check, skipped } from './check.ts';

/**
 * Plans the dial from the accepted booking's row. Anyone who reaches Temporal can start a workflow, so the workflow's input does not decide
 * which number is called.
 */
export const booking: Check = {
  name: "the booking's row",
  async refusal(dial) {
    const { deps, input } = dial;
    const { call_id, channel } = input;
    const bookingId = parseCallId(call_id)?.bookingId;
    const stored = bookingId === undefined ? undefined : await deps.records.booking(bookingId);
    if (!stored || stored.view.outcome) return skipped('not_on_record');
    const { order, sandbox, accounts } = stored;
    if (!actsFor(deps, { accounts, sandbox })) return skipped('other_accounts');
    const { phone } = order.business;
    if (isBarred(phone, deps.allowedCountries)) return skipped('number_barred');
    // A channel is open because the order enables it, not because a workflow names it.
    const policy = PHONE_CHANNELS.includes(channel) ? policyOf(order, channel) : undefined;
    if (!policy?.enabled) return skipped('not_on_record');
    dial.plan = {
      order: orderOfCall(order, input.snapshot.view.attempts, call_id),
      call_id,
      channel,
      ring_seconds: policy.ring_seconds,
      max_call_seconds: policy.max_call_seconds,
      line: { id: lineIdOf(deps.phoneHash(phone)), hold_seconds: mostSecondsOf(policy) },
      phoneHashes: deps.phoneHashes(phone),
    };
    return undefined;
  },
};

function isBarred(phone: string, allowedCountries: readonly string[] | undefined): boolean {
  const checked = checkPhoneNumber(phone);
  return !checked.ok || countryRefusal(checked.country, allowedCountries) !== undefined;
}
