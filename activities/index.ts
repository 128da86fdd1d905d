import { alarm } from './alarm.ts';
import { audit } from './audit.ts';
import { concludeActivities } from './conclude.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { dial } from './dial.ts';
import { earlierDials } from './earlier-dials.ts';
import { erasure } from './erase.ts';
import { followUps } from './follow-up.ts';
import { hangUp } from './hang-up.ts';
import type {
  BookingActivities,
  DialActivities,
  EarlierDialActivities,
  ErasureActivities,
  FollowUpActivities,
  LookActivities,
  MessageActivities,
  RecordActivities,
  ShortlistActivities,
} from './interface.ts';
import { look } from './look.ts';
import { reconcileLostDial } from './reconcile.ts';
import { recordActivities } from './records.ts';
import { retention } from './retention.ts';
import { shortlist } from './shortlist.ts';
import { simulation } from './simulation.ts';
import { tellClient } from './tell-client.ts';
import { watchLeg } from './watch-leg.ts';

export type { ActivityDependencies, ActivityLog, Clock } from './dependencies.ts';

/** The dial under all its names, for the workers of the providers' rate-limited task queues. */
export const createDialActivities = (deps: ActivityDependencies): DialActivities & EarlierDialActivities => ({
  ...dial(deps),
  ...earlierDials(deps),
});

/** All activities except the dials. */
export const createBookingActivities = (
  deps: ActivityDependencies,
): BookingActivities &
  RecordActivities &
  MessageActivities &
  FollowUpActivities &
  ErasureActivities &
  LookActivities &
  ShortlistActivities => ({
  ...reconcileLostDial(deps),
  ...watchLeg(deps),
  ...hangUp(deps),
  ...simulation(deps),
  ...concludeActivities(deps),
  ...alarm(deps),
  ...recordActivities(deps),
  ...tellClient(deps),
  ...followUps(deps),
  ...erasure(deps),
  ...retention(deps),
  ...look(deps),
  ...audit(deps),
  ...shortlist(deps),
});

/** All activities of the product. */
export const createActivities = (
  deps: ActivityDependencies,
): DialActivities &
  EarlierDialActivities &
  BookingActivities &
  RecordActivities &
  MessageActivities &
  FollowUpActivities &
  ErasureActivities &
  LookActivities &
  ShortlistActivities => ({
  ...createDialActivities(deps),
  ...createBookingActivities(deps),
});
