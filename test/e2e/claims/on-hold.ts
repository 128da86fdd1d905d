import { expect } from '@jest/globals';
import { claimsAtOnce } from '../support/claim.ts';
import { ONLY_BRIDGE, ONLY_NATIVE, type Wish } from '../support/client.ts';
import { system } from '../support/shared-system.ts';

/** The agent gives up before the call's cap ends it. */
const ONCE = { max_attempts: 1, max_call_seconds: 300 };

const claim = claimsAtOnce(system.tail);

claim('A and B give up a hold from which nobody comes back, and leave the booking to a person', async () => {
  const { client, sandbox } = system;
  const held = async (number: string, wish: Wish, by: RegExp) => {
    const { id } = await client.book(number, wish);
    await client.until(id, ({ attempts }) => attempts[0]?.on_hold_since !== undefined);
    const { outcome, attempts } = await client.final(id, 80_000);
    // Somebody spoke, so nobody is called again.
    expect(outcome).toMatchObject({
      result: 'needs_review',
      notes: expect.stringMatching(/: the call was put on hold, and nobody came back$/),
      simulated: false,
    });
    expect(attempts).toMatchObject([{ status: 'completed' }]);
    expect(attempts[0]).not.toHaveProperty('on_hold_since');
    expect((await client.transcript(id)).filter((turn) => 'on_hold' in turn)).toHaveLength(1);
    const { calls, notes } = sandbox.log(number);
    // Neither the callee nor a cap: the agent, or we after it had left its socket.
    expect(calls.map(({ ended_by }) => ended_by)).toEqual([expect.stringMatching(by)]);
    expect(notes).toEqual([]);
  };
  await Promise.all([
    held('+541143210576', { ...ONLY_NATIVE, native: ONCE }, /^agent$/),
    held('+541143210676', { ...ONLY_BRIDGE, bridge: ONCE }, /^(api|twiml-hangup)$/),
  ]);
});
