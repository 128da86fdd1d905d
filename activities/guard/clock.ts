import { isOpen } from '../../domain/calling-window.ts';
import { presentWindow } from '../../domain/present-window.ts';
import { hoursOf } from '../../domain/weekly-hours.ts';
import { clockOf } from '../dependencies.ts';
import { type Check, skipped } from './check.ts';

/** Uses the calling window and the holidays that are configured now; the workflow may know older ones. */
export const clock: Check = {
  name: 'the clock',
  async refusal({ deps, input, plan: { order } }) {
    const now = clockOf(deps).now();
    const calling_window = presentWindow(deps, order, now);
    if (!isOpen(hoursOf(calling_window, order.business.opening_hours), order.zones, now)) {
      return { proves: 'skipped', reason: 'outside_window', calling_window };
    }
    const { not_before, not_after } = order;
    if (not_before !== undefined && now < Date.parse(not_before)) return skipped('outside_window');
    // The workflow's clock decides that the booking has expired.
    if (not_after !== undefined && now >= Date.parse(not_after)) return skipped('outside_window');
    return now > Date.parse(input.not_after) ? skipped('too_late') : undefined;
  },
};
