import { activityInfo } from '@temporalio/activity';
import type { Check } from './check.ts';

/** Temporal must not repeat a dial. If it does, reconciliation finds out whether the first attempt rang. */
export const repetition: Check = {
  name: 'an earlier attempt of this dial',
  async refusal() {
    if (activityInfo().attempt <= 1) return undefined;
    return { proves: 'unknown', problem: { code: 'dial_repeated', message: 'A dial is never sent twice.' } };
  },
};
