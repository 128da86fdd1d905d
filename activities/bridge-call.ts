import type { DialResult } from '../domain/evidence.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { guardedDial, notConfigured } from './dial-guard.ts';
import type { DialActivities } from './interface.ts';

/** Nobody was asked to ring anything: the same channel may be tried again soon. */
const NO_BRIDGE: DialResult = {
  proves: 'deferred',
  retry_after_ms: 30_000,
  problem: { code: 'no_bridge', message: 'No bridge process is there to take the call.' },
};

/** A callee must not pick up to silence: without a process that could host the stream nothing is dialed. */
const hasBridge = (deps: ActivityDependencies): Promise<boolean> =>
  deps.records.hasBridge(new Date(clockOf(deps).now()).toISOString()).catch(() => false);

/** Option B: we place the call at Twilio, and our bridge joins its media stream to the agent's socket. */
export const bridgeCall = (deps: ActivityDependencies): Pick<DialActivities, 'dialBridge'> => ({
  dialBridge: (input) =>
    guardedDial(
      deps,
      'bridge',
      input,
      async (dial) => deps.twilio?.dial(dial) ?? notConfigured('Twilio'),
      async () => (!deps.twilio || (await hasBridge(deps)) ? undefined : NO_BRIDGE),
    ),
});
