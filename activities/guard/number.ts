import { holdLine } from '../hold-line.ts';
import { type Check, skipped } from './check.ts';

/** The number is not on the do-not-call list, and this booking holds its line. The workflow releases the line, not the guard. */
export const number: Check = {
  name: 'the do-not-call list and the line',
  async refusal({ deps, plan }) {
    const held = await holdLine(deps, plan.order.id, plan.line, { phone_hashes: plan.phoneHashes });
    if (held.forbidden) return skipped('do_not_call');
    return held.taken ? undefined : skipped('line_lost');
  },
};
