import {
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ShortlistActivities } from '../activities/interface.ts';
import { iso } from '../domain/iso.ts';
import type { CarriedShortlist } from '../domain/shortlist/carried.ts';
import type { ShortlistEnd } from '../domain/shortlist/decide.ts';
import type { ShortlistInput } from '../domain/shortlist/state.ts';
import { childEnded, requestCancel } from './messages.ts';
import { type Ground, ShortlistRun } from './shortlist-run.ts';

const activities = proxyActivities<ShortlistActivities>({
  startToCloseTimeout: '1 minute',
  // A live call of a canceled shortlist must not go on until a worker that died counts as dead.
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', maximumInterval: '1 minute' },
});

/** How long delivery to the client is retried. */
const TELL_FOR_MS = 24 * 3_600_000;
const { tellShortlistClient } = proxyActivities<ShortlistActivities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 s',
  scheduleToCloseTimeout: TELL_FOR_MS + 3_600_000,
  retry: { initialInterval: '5 s', maximumInterval: '1 h' },
  summary: 'Notify the client',
});

/** The next run continues a shortlist that waits for days. */
const MAX_HISTORY_EVENTS = 1_000;

const TEMPORAL: Ground = {
  activities,
  now: () => Date.now(),
  until: async (ready, ms) => void (await condition(ready, ms)),
  isLong: () => {
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    return historyLength >= MAX_HISTORY_EVENTS || continueAsNewSuggested;
  },
  goOnAnew: (input, carried) => continueAsNew<typeof askShortlist>(input, carried),
  details: setCurrentDetails,
  looksOnceMore: () => patched('look-once-more-before-placing'),
};

/**
 * A person's errand: several businesses are asked for the same, one after the other, until one confirms. `decideShortlist` has the policy;
 * each candidate that is asked is a separate booking. The history has ids and results only: the records have the rest.
 */
export async function askShortlist(input: ShortlistInput, carried?: CarriedShortlist): Promise<ShortlistEnd> {
  const shortlist = new ShortlistRun(TEMPORAL, input, carried);
  setHandler(childEnded, (bookingId) => shortlist.childEnded(bookingId), {
    description: 'A booking of this shortlist has its outcome, or a review',
  });
  const cancel = (): void => shortlist.cancel();
  setHandler(requestCancel, cancel, { description: 'Cancel the shortlist; a live call is hung up' });
  // A cancel in the Temporal UI has the same meaning as the client's.
  void CancellationScope.current().cancelRequested.catch(cancel);
  return CancellationScope.nonCancellable(async () => {
    const end = carried?.end ?? (await shortlist.run());
    const until = iso(Date.now() + TELL_FOR_MS);
    // The outcome stands, whether or not the client got the message.
    await tellShortlistClient({ id: input.id, until }).catch(() => undefined);
    return end;
  });
}
