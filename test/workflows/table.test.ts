import { beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { finalMessageId } from '../../domain/message.ts';
import type { Outcome } from '../../domain/result.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { bookAppointment } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { dialQueuesAt } from '../support/escalation.ts';
import { keepHistory, type NamedHistory, notReplaying } from '../support/histories.ts';
import { bookingInput } from '../support/orders.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { ROWS } from '../support/table.ts';
import { newTimeSkipping } from '../support/temporal.ts';

const QUEUE = 'bookings';
let bundle: WorkflowBundleWithSourceMap;
/** Of every row that was played. */
const played: NamedHistory[] = [];

beforeAll(async () => {
  bundle = await bundleWorkflows();
}, 120_000);

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .toLowerCase();

describe('the design’s table, through Temporal with time skipping', () => {
  it.each(ROWS)(
    '$name',
    async (row) => {
      // A server for each row: one that has skipped over the timers of closed workflows sometimes never skips again.
      const env = await newTimeSkipping();
      try {
        const id = slug(row.name);
        const now = async (): Promise<number> => Number(await env.currentTimeMs());
        const scripted = scriptedActivities(row.world(), now);
        const input = bookingInput({
          ...row.changes,
          order: { ...row.changes?.order, created_at: new Date(await now()).toISOString() },
          settings: { line_id: `line-${id}`, dial_queues: dialQueuesAt(QUEUE) },
        });
        const worker = await createWorker({
          connection: env.nativeConnection,
          taskQueue: QUEUE,
          workflowBundle: bundle,
          activities: scripted.activities,
        });
        const outcome: Outcome = await worker.runUntil(async () => {
          const { workflow } = env.client;
          const found = await workflow.execute(bookAppointment, { workflowId: id, taskQueue: QUEUE, args: [input] });
          // The client is told by a run of its own, which the booking does not wait for.
          if (row.told) await workflow.getHandle(finalMessageId(input.order.id)).result();
          return found;
        });
        expect(scripted.told).toEqual(row.told ?? []);
        expect(outcome).toMatchObject(row.outcome);
        expect(scripted.words.filter((word) => word.startsWith('dial') || word === 'simulate')).toEqual(row.dials);
        for (const word of row.also ?? []) {
          expect(scripted.words).toContain(word.startsWith('hang_up') ? word.split(' ').slice(0, 3).join(' ') : word);
        }
        const last = scripted.snapshots.at(-1)!;
        expect(last.view.outcome).toEqual(outcome);
        const events = scripted.snapshots.flatMap((one) => one.events);
        const told = events.flatMap((event) =>
          event.type === 'status' && event.waiting_for ? [event.waiting_for] : [],
        );
        expect(told.filter((wait, i) => wait !== told[i - 1])).toEqual(row.waits ?? []);
        // A workflow task that is tried again repeats its writes; none goes back.
        const versions = scripted.snapshots.map((one) => one.version);
        expect(versions).toEqual(versions.toSorted((a, b) => a - b));

        const history = await env.client.workflow.getHandle(id).fetchHistory();
        played.push({ name: id, history });
        await keepHistory(id, history);
        if (row.told) {
          const message = await env.client.workflow.getHandle(finalMessageId(input.order.id)).fetchHistory();
          played.push({ name: `${id}-final-message`, history: message });
          await keepHistory(`${id}-final-message`, message);
        }
      } finally {
        await env.teardown();
      }
    },
    60_000,
  );

  it('leaves histories that replay', async () => {
    expect(played.length).toBeGreaterThan(0);
    expect(await notReplaying(bundle, played)).toEqual([]);
  }, 120_000);
});
