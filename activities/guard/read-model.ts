import { saveSnapshot } from '../records.ts';
import type { Check } from './check.ts';

/** Written before the request leaves, so that the database never knows less than the provider does. */
export const readModel: Check = {
  name: 'the read model',
  async refusal({ deps, input }) {
    await saveSnapshot(deps, input.snapshot);
    return undefined;
  },
};
