import { describe, expect, it } from '@jest/globals';
import { WorkflowNotFoundError } from '@temporalio/client';
import { pino } from 'pino';
import { runDeleter } from '../../worker/delete-runs.ts';
import {
  auditScheduleId,
  retentionScheduleId,
  scheduleAudits,
  scheduleRetention,
} from '../../worker/schedule-hourly.ts';
import { devServer } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const temporal = devServer();
const log = pino({ level: 'silent' });
const QUEUE = 'nobody-polls';

describe('the schedule of retention', () => {
  const schedule = (days: number | undefined) =>
    scheduleRetention({ client: temporal.env.client, taskQueue: QUEUE, days, log });
  const described = () => temporal.env.client.schedule.getHandle(retentionScheduleId(QUEUE)).describe();

  it('is made by the first of several workers that start at once, and runs every hour', async () => {
    await Promise.all([schedule(30), schedule(30), schedule(30)]);
    const { spec, action, policies } = await described();
    expect(spec.intervals).toMatchObject([{ every: 3_600_000 }]);
    expect(policies.overlap).toBe('SKIP');
    expect(action).toMatchObject({
      type: 'startWorkflow',
      workflowType: 'keepRetention',
      taskQueue: QUEUE,
      args: [{ retention_days: 30 }],
    });
  });

  it('takes the setting of the worker that started last', async () => {
    await schedule(7);
    expect((await described()).action.args).toEqual([{ retention_days: 7 }]);
    await schedule(undefined);
    expect((await described()).action.args).toEqual([{ retention_days: null }]);
  });

  it('starts the workflow under the given setting', async () => {
    await schedule(7);
    const handle = temporal.env.client.schedule.getHandle(retentionScheduleId(QUEUE));
    await handle.trigger();
    const started = await until(async () => (await handle.describe()).info.recentActions[0], 30_000, 'a run');
    const { workflowId } = (started as { action: { workflow: { workflowId: string } } }).action.workflow;
    const { events } = await temporal.env.client.workflow.getHandle(workflowId).fetchHistory();
    const input = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads![0]!;
    expect(JSON.parse(Buffer.from(input.data!).toString())).toEqual({ retention_days: 7 });
  });

  it('of the audits has one run after the other, and the first at once', async () => {
    const { client } = temporal.env;
    await scheduleAudits({ client, taskQueue: QUEUE, firstMs: 300_000, log });
    const handle = client.schedule.getHandle(auditScheduleId(QUEUE));
    await until(async () => (await handle.describe()).info.recentActions[0], 30_000, 'a run');
    const { policies, action } = await handle.describe();
    expect(policies.overlap).toBe('BUFFER_ONE');
    expect(action).toMatchObject({ workflowType: 'auditOutcomes', args: [{ first_ms: 300_000 }] });
  });

  it('that cannot be made stops nobody, and is told', async () => {
    const warned: unknown[] = [];
    const client = { schedule: { create: async () => Promise.reject(new Error('no schedules here')) } } as never;
    await scheduleRetention({
      client,
      taskQueue: QUEUE,
      days: 7,
      log: { warn: (fields: unknown) => void warned.push(fields), debug: () => undefined } as never,
    });
    expect(warned).toHaveLength(1);
  });
});

describe('forgetting runs', () => {
  const start = (workflowId: string) =>
    temporal.env.client.workflow.start('bookAppointment', { workflowId, taskQueue: QUEUE, args: ['Mauro'] });

  it('deletes every run of an id, those that still run as well, and no other', async () => {
    const first = await start('msg_bk_forget01_final');
    await first.terminate();
    const second = await start('msg_bk_forget01_final');
    await start('bk_forget01');
    const other = await start('bk_forget02');
    const forget = runDeleter(temporal.env.client);
    const ids = ['bk_forget01', 'msg_bk_forget01_final', "msg_never'd", 'bk_never0001'];
    await until(async () => (await forget(ids)) === 0, 60_000, 'Temporal’s deletion');
    for (const [id, run] of [
      ['bk_forget01', undefined],
      ['msg_bk_forget01_final', first.firstExecutionRunId],
      ['msg_bk_forget01_final', second.firstExecutionRunId],
    ] as const) {
      await expect(temporal.env.client.workflow.getHandle(id, run).describe()).rejects.toBeInstanceOf(
        WorkflowNotFoundError,
      );
    }
    expect((await other.describe()).status.name).toBe('RUNNING');
  }, 90_000);
});
