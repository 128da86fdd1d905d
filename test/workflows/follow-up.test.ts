import { expect, it } from '@jest/globals';
import type { BookingActivities, FollowUpActivities } from '../../activities/interface.ts';
import type { InboundEvidence } from '../../domain/evidence.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { followUp } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { keepHistory } from '../support/histories.ts';
import { daysBetween, laterBy } from '../support/later-days.ts';
import { bookingInput, START } from '../support/orders.ts';
import { spoken } from '../support/talks.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { bridged, report, status } from '../support/world.ts';

const QUEUE = 'bookings';
const IN = 9_001;
const call_id = `bk_test0001.${IN}`;

type Concluded = Parameters<FollowUpActivities['concludeFollowUp']>[0];

/** Follows one call of a business whose booking has its outcome; `polled`: Twilio's answers, one for each look. */
async function followed(
  heard: Parameters<typeof report>[1] | undefined,
  name: string,
): Promise<{ concluded: Concluded[]; hungUp: string[]; collected: unknown[] }> {
  const [workflowBundle, env] = await Promise.all([bundleWorkflows(), newTimeSkipping()]);
  const { order, settings } = bookingInput({ settings: { available: [] } });
  const concluded: Concluded[] = [];
  const collected: unknown[] = [];
  const hungUp: string[] = [];
  const inbound = (at: string): InboundEvidence => ({
    kind: 'inbound',
    id: 'inbound:CA9001',
    call_id,
    at,
    channel: 'bridge',
    call_sid: 'CA9001',
  });
  const activities: FollowUpActivities & Pick<BookingActivities, 'watchLeg' | 'hangUp'> = {
    async beginFollowUp() {
      return { order, settings, at: order.created_at, evidence: [inbound(order.created_at)] };
    },
    async concludeFollowUp(input) {
      concluded.push(input);
    },
    async collectFollowUp(input) {
      collected.push(input);
    },
    async watchLeg({ once_more }) {
      if (once_more || hungUp.length === 0) return once_more ? [] : [status(IN, 'in-progress', { source: 'poll' })];
      return [status(IN, 'completed', { source: 'poll' })];
    },
    async hangUp({ call_sid }) {
      hungUp.push(call_sid);
      return { done: 'requested' };
    },
  };
  try {
    const worker = await createWorker({
      connection: env.nativeConnection,
      taskQueue: QUEUE,
      workflowBundle,
      activities,
    });
    await worker.runUntil(async () => {
      // What is said of a day counts from the day of the call.
      const days = daysBetween(START, await env.currentTimeMs());
      const run = await env.client.workflow.start(followUp, {
        workflowId: name,
        taskQueue: QUEUE,
        args: [{ call_id }],
      });
      await run.signal('bridgeEvent', bridged(IN, 'stream_started', { conversation_id: 'conv_in' }));
      if (heard) {
        await run.signal('reportResult', laterBy(days, report(IN, heard, { source: 'socket' })));
        await run.signal('bridgeEvent', laterBy(days, bridged(IN, 'talk_ended', { transcript: spoken })));
      }
      await run.result();
      await keepHistory(name, await run.fetchHistory());
    });
  } finally {
    await env.teardown();
  }
  return { concluded, hungUp, collected };
}

it('a call after the outcome is watched to its end, hung up when its talk is over, and weighed as a booking’s', async () => {
  const { concluded, hungUp, collected } = await followed({}, 'a-call-after-the-outcome');
  expect(hungUp).toEqual(['CA9001']);
  expect(concluded).toMatchObject([
    { call_id, line_id: 'line-test', follow_up: { report: { result: 'confirmed' }, proof: { level: 'stated' } } },
  ]);
  expect(concluded[0]!.heard.every((evidence) => 'source' in evidence && evidence.source === 'poll')).toBe(true);
  expect(collected).toMatchObject([{ call_id, talks: [{ call_id, call_sid: 'CA9001', conversation_id: 'conv_in' }] }]);
}, 120_000);

it('a call after the outcome without a report is hung up at its cap, and noted without one', async () => {
  const { concluded, hungUp } = await followed(undefined, 'a-call-after-the-outcome-at-its-cap');
  expect(new Set(hungUp)).toEqual(new Set(['CA9001']));
  expect(concluded).toMatchObject([{ follow_up: { report: null, proof: null } }]);
}, 120_000);
