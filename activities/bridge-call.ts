import type { ActivityDependencies } from './dependencies.ts';
import { guardedDial, notConfigured } from './dial-guard.ts';
import type { DialActivities } from './interface.ts';

/** Option B: we place the call at Twilio, and our bridge joins its media stream to the agent's socket. */
export const bridgeCall = (deps: ActivityDependencies): Pick<DialActivities, 'dialBridge'> => ({
  dialBridge: (input) =>
    guardedDial(deps, input, async () => {
      const { order, call_id, ring_seconds, max_call_seconds } = input;
      if (!deps.twilio) return notConfigured('Twilio');
      return deps.twilio.dial({ order, call_id, ring_seconds, max_call_seconds });
    }),
});
