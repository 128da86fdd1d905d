import type { ActivityDependencies } from './dependencies.ts';
import { guardedDial } from './dial.ts';
import type { EarlierDialActivities } from './interface.ts';

/** The same dial by the names that runs of earlier builds have for it. */
export const earlierDials = (deps: ActivityDependencies): EarlierDialActivities => ({
  dialNative: (input) => guardedDial(deps, { ...input, channel: 'native' }),
  dialBridge: (input) => guardedDial(deps, { ...input, channel: 'bridge' }),
});
