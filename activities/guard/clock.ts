import { isOpen } from '../../domain/calling-window.ts';
import { clockOf } from '../dependencies.ts';
import { type Check, skipped } from './check.ts';

/** Uses the calling window that is configured now; the workflow may know an older one. */
export const clock: Check = {
  name: 'the clock',
  async refusal({ deps, input, plan }) {
    const now = clockOf(deps).now();
    const calling_window = deps.callingWindow;
    if (!isOpen(calling_window, plan.order.zones, now)) {
      return { proves: 'skipped', reason: 'outside_window', calling_window };
    }
    return now > Date.parse(input.not_after) ? skipped('too_late') : undefined;
  },
};
