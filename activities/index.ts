import { alarm } from './alarm.ts';
import { audit } from './audit.ts';
import { bridgeCall } from './bridge-call.ts';
import { conclusion } from './conclude.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { erasure } from './erase.ts';
import { hangUp } from './hang-up.ts';
import type {
  BookingActivities,
  DialActivities,
  ErasureActivities,
  LookActivities,
  MessageActivities,
  RecordActivities,
} from './interface.ts';
import { look } from './look.ts';
import { nativeCall } from './native-call.ts';
import { reconcileLostDial } from './reconcile.ts';
import { recording } from './records.ts';
import { retention } from './retention.ts';
import { simulation } from './simulation.ts';
import { tellClient } from './tell-client.ts';
import { watchLeg } from './watch-leg.ts';

export type { ActivityDependencies, ActivityLog, Clock } from './dependencies.ts';

/** Each provider's dial alone, for the worker of its rate-limited task queue. */
export const createDialActivities = (deps: ActivityDependencies): DialActivities => ({
  ...nativeCall(deps),
  ...bridgeCall(deps),
});

/** Everything else a booking does. */
export const createBookingActivities = (
  deps: ActivityDependencies,
): BookingActivities & RecordActivities & MessageActivities & ErasureActivities & LookActivities => ({
  ...reconcileLostDial(deps),
  ...watchLeg(deps),
  ...hangUp(deps),
  ...simulation(deps),
  ...conclusion(deps),
  ...alarm(deps),
  ...recording(deps),
  ...tellClient(deps),
  ...erasure(deps),
  ...retention(deps),
  ...look(deps),
  ...audit(deps),
});

/** Every activity of the product, one file per concern; a fourth channel is one more file and one more line. */
export const createActivities = (
  deps: ActivityDependencies,
): DialActivities & BookingActivities & RecordActivities & MessageActivities & ErasureActivities & LookActivities => ({
  ...createDialActivities(deps),
  ...createBookingActivities(deps),
});
