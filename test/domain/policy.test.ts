import { describe, expect, it } from '@jest/globals';
import { PHONE, PHONE_CHANNELS, type PhoneChannel } from '../../domain/channels.ts';
import { decide } from '../../domain/decide.ts';
import { policyOf } from '../../domain/policy.ts';
import { initialState } from '../../domain/state.ts';
import { escalationOf } from '../support/escalation.ts';
import { bookingInput, START } from '../support/orders.ts';

/** An order as it was accepted before the channel existed. */
function older(channel: PhoneChannel) {
  const { [channel]: _unknown, ...escalation } = escalationOf();
  return bookingInput({ order: { escalation } });
}

describe('the policy of a phone channel', () => {
  it('is what the order says', () => {
    const escalation = escalationOf({ bridge: { max_attempts: 7 } });
    expect(policyOf({ escalation }, 'bridge')).toEqual({ ...PHONE.bridge.defaults, max_attempts: 7 });
  });

  it.each(PHONE_CHANNELS)('is off where the order does not know the channel: %s', (channel) => {
    const input = older(channel);
    expect(policyOf(input.order, channel)).toEqual({ ...PHONE[channel].defaults, enabled: false });
    const step = decide(initialState(input), START);
    const next = PHONE_CHANNELS.find((other) => other !== channel && PHONE[other].defaults.enabled);
    expect(step).toMatchObject({ is: 'going_on', tasks: [{ do: 'take_line', channel: next }] });
  });
});
