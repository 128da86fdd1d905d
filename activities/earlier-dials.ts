import type { ActivityDependencies } from './dependencies.ts';
import { guardedDial } from './dial.ts';
import type { EarlierDialActivities } from './interface.ts';

/** The same dial under the activity names of earlier builds. */
export const earlierDials = (deps: ActivityDependencies): EarlierDialActivities => ({
  dialNative: (input) => guardedDial(deps, { ...input, channel: 'native' }),
  dialBridge: (input) => guardedDial(deps, { ...input, channel: 'bridge' }),
});
