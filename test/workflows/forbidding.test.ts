import { beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Evidence } from '../../domain/evidence.ts';
import type { Outcome } from '../../domain/result.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { bookAppointment } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { dialQueuesAt } from '../support/escalation.ts';
import { notReplaying } from '../support/histories.ts';
import { daysBetween, laterBy } from '../support/later-days.ts';
import { bookingInput, START } from '../support/orders.ts';
import { type Scripted, scriptedActivities } from '../support/scripted-activities.ts';
import { goodCall, simulated } from '../support/table.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { accepted, report, spoken, talk, type World } from '../support/world.ts';

const QUEUE = 'bookings';
let bundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  bundle = await bundleWorkflows();
}, 120_000);

/** Whether the database is there, by the time that has passed since the booking's start. */
type IsAway = (passedMs: number) => boolean;

interface Played {
  outcome: Outcome;
  /** What was written, in order: `forbid`, `release`, `conclude`. */
  writes: string[];
  scripted: Scripted;
}

/** Plays a booking of one call with a database that may be away: every write fails then, and every read. */
async function playWith(
  world: World,
  isAway: IsAway = () => false,
  heard: (passedMs: number) => Evidence[] = () => [],
): Promise<Played> {
  const env = await newTimeSkipping();
  try {
    const now = async (): Promise<number> => Number(await env.currentTimeMs());
    const start = await now();
    const scripted = scriptedActivities(world, now);
    const { activities } = scripted;
    const writes: string[] = [];
    const database = async (): Promise<number> => {
      const passed = (await now()) - start;
      if (isAway(passed)) throw new Error('the database is out of reach');
      return passed;
    };
    const { forbidNumber, saveSnapshot, conclude } = activities;
    activities.forbidNumber = async (input) => {
      await database();
      writes.push('forbid');
      return forbidNumber(input);
    };
    activities.releaseLine = async () => {
      await database();
      writes.push('release');
    };
    activities.saveSnapshot = async (snapshot) => {
      await database();
      return saveSnapshot(snapshot);
    };
    activities.heardSoFar = async () => laterBy(daysBetween(START, start), heard(await database()));
    activities.conclude = async (input) => {
      writes.push('conclude');
      return conclude(input);
    };
    const input = bookingInput({
      native: { max_attempts: 1 },
      bridge: { enabled: false },
      order: { created_at: new Date(start).toISOString() },
      settings: { dial_queues: dialQueuesAt(QUEUE) },
    });
    const worker = await createWorker({
      connection: env.nativeConnection,
      taskQueue: QUEUE,
      workflowBundle: bundle,
      activities,
    });
    const { workflow } = env.client;
    const outcome = await worker.runUntil(
      workflow.execute(bookAppointment, { workflowId: 'bk_test0001', taskQueue: QUEUE, args: [input] }),
    );
    const history = await workflow.getHandle('bk_test0001').fetchHistory();
    expect(await notReplaying(bundle, [{ name: 'played', history }])).toEqual([]);
    return { outcome, writes, scripted };
  } finally {
    await env.teardown();
  }
}

const never = { result: 'do_not_call' as const, confirmed_date: undefined, confirmed_time: undefined };
/** The call is answered, and nothing is said of a result but what is given. */
const saying = (...evidence: Evidence[]): World => ({
  dial: (n) => ({
    result: accepted(n),
    later: [
      ...goodCall(n).filter((one) => one.evidence.kind !== 'report' && one.evidence.kind !== 'conversation'),
      ...evidence.map((one, i) => ({ after: 20_000 + i * 100, evidence: one })),
    ],
  }),
});

describe('a wish never to be called again', () => {
  it('is on the list before the line is free, and although the result needs a person', async () => {
    const differing = talk(1, { report: { result: 'callback_requested' } });
    const { outcome, writes, scripted } = await playWith(saying(report(1, never), differing));
    expect(outcome.result).toBe('needs_review');
    expect(scripted.forbidden).toEqual(['+541143211234']);
    expect(writes.indexOf('forbid')).toBe(0);
    expect(writes.filter((write) => write === 'forbid')).toHaveLength(1);
  }, 60_000);

  it('is insisted on while the database is away: until then the line is not freed, and there is no outcome', async () => {
    const { outcome, writes } = await playWith(
      saying(report(1, never)),
      (passed) => passed > 10_000 && passed < 900_000,
    );
    expect(outcome.result).toBe('do_not_call');
    expect(writes[0]).toBe('forbid');
    expect(writes).toContain('conclude');
  }, 60_000);

  it('forbids nothing when it is said in a simulation', async () => {
    const refused = { proves: 'channel_refused' as const, problem: { code: 'x', message: 'x' } };
    const result = simulated!().result as { ok: true };
    const { outcome, scripted } = await playWith({
      dial: () => ({ result: refused }),
      simulate: () => ({
        result: { ...result, method: 'duet', transcript: spoken, report: { result: 'do_not_call' } },
      }),
    });
    expect(outcome).toMatchObject({ result: 'do_not_call', channel: 'simulation', simulated: true });
    expect(scripted.forbidden).toEqual([]);
  }, 60_000);
});

describe('a call without a result', () => {
  it('is not settled while the database is away; what is on record when it is back counts', async () => {
    const { outcome } = await playWith(
      saying(),
      (passed) => passed > 10_000 && passed < 1_800_000,
      (passed) => (passed > 1_800_000 ? [report(1)] : []),
    );
    expect(outcome).toMatchObject({ result: 'confirmed', confirmed_time: '16:00' });
  }, 60_000);

  it('takes what the providers say when they are asked once more', async () => {
    const world = saying();
    const { dial } = world;
    world.dial = (n, channel) => {
      const { result, later = [] } = dial!(n, channel);
      // After the time to settle, and as long as nobody asks once more nobody hears of it.
      return {
        result,
        later: [...later, { after: 40_000 + 120_000, evidence: talk(n, { report: { result: 'declined' } }) }],
      };
    };
    const { outcome } = await playWith(world);
    expect(outcome.result).toBe('declined');
  }, 60_000);

  it('takes a report that is on record and never reached the workflow', async () => {
    const { outcome } = await playWith(saying(), undefined, () => [report(1, { result: 'declined' })]);
    expect(outcome.result).toBe('declined');
  }, 60_000);
});
