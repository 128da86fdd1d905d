import { cancellationSignal } from '@temporalio/activity';
import { clockOf } from '../dependencies.ts';
import { type Check, putOff, SOON_MS, skipped } from './check.ts';
import { clock } from './clock.ts';

/** Far below the time after which Temporal gives up a dial without an answer. */
const MAX_CHECKING_MS = 20_000;

/**
 * The checks took time. Meanwhile the booking may have been cancelled, the process may be stopping, or Temporal may have given this dial up
 * because the database hung or the machine slept; then another dial may already be on its way.
 */
export const lastInstant: Check = {
  name: 'the last instant',
  async refusal(dial) {
    const { deps, began } = dial;
    if (cancellationSignal().aborted) return skipped('canceled');
    if (deps.stopping?.()) return putOff(SOON_MS, 'stopping', 'The dialing process is about to stop.');
    if (clockOf(deps).now() - began > MAX_CHECKING_MS) {
      return putOff(SOON_MS, 'looked_too_long', 'The checks of this dial took too long.');
    }
    return clock.refusal(dial);
  },
};
