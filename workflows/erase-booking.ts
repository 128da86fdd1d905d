import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { ErasureActivities } from '../activities/interface.ts';
import { autoUpgrade } from './auto-upgrade.ts';

const here = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 s',
  retry: { initialInterval: '1 s', maximumInterval: '10 minutes' },
});

/** A provider may be unreachable for days, or refuse until somebody repairs the account: this is retried without end. */
const there = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 s',
  retry: { initialInterval: '5 s', backoffCoefficient: 2, maximumInterval: '1 h' },
});

setWorkflowOptions(autoUpgrade, eraseBooking);

/**
 * Erases one booking whose erasure has begun: first all data here, then the providers' data, for as long as it takes. Its own history
 * contains only the booking's id.
 */
export async function eraseBooking({ booking_id }: { booking_id: string }): Promise<void> {
  await here.forgetBooking({ booking_id });
  await there.eraseAtProviders({ booking_id });
  await here.finishErasure({ booking_id });
}
