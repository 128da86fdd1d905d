import { actsFor, OTHER_ACCOUNTS } from './belonging.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { BookingActivities } from './interface.ts';

/**
 * Ends a leg through Twilio on every channel: ElevenLabs has no request to hang up, and the number is in our Twilio account. Evidence
 * proves the end of the leg, not this answer.
 */
export const hangUp = (deps: ActivityDependencies): Pick<BookingActivities, 'hangUp'> => ({
  async hangUp({ call_sid, mode, goodbye, belongs }) {
    if (!actsFor(deps, belongs)) return { done: 'failed', problem: OTHER_ACCOUNTS };
    if (!deps.twilio) {
      return { done: 'failed', problem: { code: 'not_configured', message: 'Twilio is not configured.' } };
    }
    return goodbye ? deps.twilio.hangUpWithGoodbye(call_sid, goodbye.language) : deps.twilio.hangUp(call_sid, mode);
  },
});
