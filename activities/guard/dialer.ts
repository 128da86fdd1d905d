import { DIALERS } from '../dialers/index.ts';
import type { Check } from './check.ts';

/** Prepares the channel's request. */
export const dialer: Check = {
  name: 'the dialer',
  async refusal(dial) {
    const prepared = await DIALERS[dial.plan.channel].prepare(dial.deps, dial.plan);
    if ('proves' in prepared) return prepared;
    dial.send = prepared.dial;
    return undefined;
  },
};
