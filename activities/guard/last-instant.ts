import { cancellationSignal } from '@temporalio/activity';
import { clockOf } from '../dependencies.ts';
import { type Check, putOff, SOON_MS, skipped } from './check.ts';
import { clock } from './clock.ts';

/** Far below the time after which Temporal takes a dial without an answer for lost. */
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
    if (deps.stopping?.()) return putOff(SOON_MS, 'stopping', 'The process that was to dial is about to end.');
    if (clockOf(deps).now() - began > MAX_CHECKING_MS) {
      return putOff(SOON_MS, 'looked_too_long', 'It took too long to make sure that this dial may leave.');
    }
    return clock.refusal(dial);
  },
};
