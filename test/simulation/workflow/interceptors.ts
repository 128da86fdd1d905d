import { ActivityCancellationType, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Look-ups that the workflow lets go of. */
const LET_GO = ['watchLeg', 'reconcileDial', 'simulate'];

/**
 * The test server loses the end of an activity that its workflow asks to stop in the same moment, and then never goes on. What
 * the workflow lets go of is only looked away from here; the activity's answer is thrown away all the same.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      async scheduleActivity(input, next) {
        if (!LET_GO.includes(input.activityType)) return next(input);
        const options = { ...input.options, cancellationType: ActivityCancellationType.ABANDON };
        return next({ ...input, options });
      },
    },
  ],
});
