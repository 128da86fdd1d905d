import { activityInfo } from '@temporalio/activity';
import { batchMessageType, completedMessageId } from '../domain/batch/ids.ts';
import { iso } from '../domain/iso.ts';
import { messageBody } from '../domain/message-body.ts';
import type { BatchActivities } from './batch-interface.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { feedBatches } from './feed-batch.ts';
import { heartbeating } from './heartbeating.ts';
import { deliver, stateOrRetry } from './tell-client.ts';

/** Bookings whose erasures begin together. */
const ERASED_AT_ONCE = 100;
/** Rows that one statement deletes. */
const FORGOTTEN_AT_ONCE = 500;

type Erasing = Pick<BatchActivities, 'beginBatchErasures' | 'forgetBatch' | 'finishBatchErasure'>;

const erasing = (deps: ActivityDependencies): Erasing => ({
  beginBatchErasures: ({ batch_id, after }) =>
    heartbeating(async () => {
      const rows = await deps.records.bookingsOfBatch(batch_id, after, ERASED_AT_ONCE);
      const booking_ids: string[] = [];
      for (const { booking_id } of rows) {
        const at = iso(clockOf(deps).now());
        if ((await deps.records.beginErasure(booking_id, { at, unstarted: true })) === 'begun')
          booking_ids.push(booking_id);
      }
      return { booking_ids, next: rows.length < ERASED_AT_ONCE ? undefined : rows.at(-1)!.position };
    }),
  forgetBatch: ({ batch_id }) =>
    heartbeating(async () => {
      while (!(await deps.records.forgetBatch(batch_id, FORGOTTEN_AT_ONCE)));
    }),
  async finishBatchErasure({ batch_id }) {
    await deps.records.finishBatchErasure(batch_id, iso(clockOf(deps).now()));
    deps.log.info({ batch_id }, 'batch erased');
  },
});

async function tell(
  deps: ActivityDependencies,
  { batch_id, message_id, until }: Parameters<BatchActivities['tellOfBatch']>[0],
): ReturnType<BatchActivities['tellOfBatch']> {
  const { records, callbacks, log } = deps;
  const batch = await records.batch(batch_id);
  const url = batch?.settings.callback_url;
  // The batch was erased meanwhile: there is no client to notify.
  if (!batch || !url || !callbacks) return 'given_up';
  const { view, completions } = batch;
  const type = batchMessageType(message_id);
  // New rows have reopened it: this message would say "completed" of a batch that runs, or repeat a later one under another id.
  const stands = view.status === 'completed' && completedMessageId(batch_id, completions) === message_id;
  if (type === 'batch.completed' && !stands) {
    log.info({ batch_id, message: message_id }, 'batch reopened: its next completion is notified instead');
    return 'given_up';
  }
  const body = messageBody({ type, timestamp: view.ended_at ?? view.updated_at, data: view });
  const delivery = await deliver(deps, callbacks, { url, id: message_id, body, until });
  const { pause: _, ...answer } = delivery;
  log.info({ batch_id, message: message_id, attempt: activityInfo().attempt, ...answer }, 'client notified');
  return stateOrRetry(delivery);
}

const telling = (deps: ActivityDependencies): Pick<BatchActivities, 'tellOfBatch'> => ({
  tellOfBatch: (of) => heartbeating(() => tell(deps, of)),
});

export const batchActivities = (deps: ActivityDependencies): BatchActivities => ({
  ...feedBatches(deps),
  ...telling(deps),
  ...erasing(deps),
});
