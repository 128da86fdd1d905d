import { beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle.ts';
import * as workflows from '../../workflows/index.ts';
import { keptHistories, notReplaying } from '../support/histories.ts';

let bundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  bundle = await bundleWorkflows();
}, 120_000);

describe('kept histories', () => {
  it('are there of every workflow type', async () => {
    const types = (await keptHistories()).map(
      ({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name,
    );
    expect(new Set(types)).toEqual(new Set(Object.keys(workflows)));
  });

  it('are there of runs that dial by every name', async () => {
    const dialed = (await keptHistories()).flatMap(({ history }) =>
      (history.events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []),
    );
    expect(dialed).toEqual(expect.arrayContaining(['dial', 'dialNative', 'dialBridge']));
  });

  it('are there of a run to which an earlier build handed dials that were put off', async () => {
    const inputs = (await keptHistories()).flatMap(
      ({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[1]?.data ?? [],
    );
    const states = inputs.map((data) => JSON.parse(new TextDecoder().decode(data)).state);
    expect(states).toContainEqual(
      expect.objectContaining({ attempts: expect.arrayContaining([expect.objectContaining({ no_ring: 'deferred' })]) }),
    );
  });

  it('replay on today’s code', async () => {
    const histories = await keptHistories();
    expect(histories.length).toBeGreaterThan(20);
    expect(await notReplaying(bundle, histories)).toEqual([]);
  }, 120_000);
});
