import type { ActivityDependencies } from './dependencies.ts';
import { guardedDial } from './dial-guard.ts';
import type { DialActivities } from './interface.ts';

export const dial = (deps: ActivityDependencies): DialActivities => ({ dial: (input) => guardedDial(deps, input) });
