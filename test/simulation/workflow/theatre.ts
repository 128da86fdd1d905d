import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Evidence } from '../../../domain/evidence.ts';
import { followUpRunId } from '../../../domain/ids.ts';
import { stillWantedQuery } from '../../../worker/still-wanted.ts';
import { bookAppointment, followUp } from '../../../workflows/index.ts';
import { LOAD_FACTOR } from '../../support/load.ts';
import { newTimeSkipping } from '../../support/time-skipping.ts';
import { generate } from '../generate.ts';
import type { Run } from '../run.ts';
import { simulatedActivities, type Theatre } from './activities.ts';
import { courier, dismiss, nudge } from './courier.ts';
import { type Message, Stage } from './stage.ts';
import { keepTime } from './time-keeper.ts';

const QUEUE = 'simulated';
const SIGNALS = {
  report: 'reportResult',
  call_status: 'callStatus',
  conversation: 'postCall',
  bridge: 'bridgeEvent',
  media: 'bridgeEvent',
  inbound: 'callStatus',
};
/** A server on which no booking ended for so long, in real time, does not skip any more. */
const WEDGED_MS = 45_000 * LOAD_FACTOR;

/** Looks at a clock that stands still before it is pushed; a replay takes its time. Pushed too early it runs away. */
const PATIENCE = 3;
const REPLAY_PATIENCE = 8;

export const bundleSimulation = (): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
    workflowInterceptorModules: [fileURLToPath(new URL('./interceptors.ts', import.meta.url))],
    logger: new DefaultLogger('ERROR'),
  });

export interface House {
  /** Seeds that came to their end. */
  runs: Run[];
  /** Seeds of a server that stopped skipping time: to be played again. */
  wedged: number[];
}

export interface HouseOptions {
  /** Bookings that go on at the same time. */
  atOnce: number;
  bundle: WorkflowBundleWithSourceMap;
  /** Hardly any workflow stays in memory: their tasks replay the whole history, as after the death of a worker. */
  forgetful: boolean;
}

/** Plays these seeds through real workflow executions, all at once, on a server of their own. */
export async function playHouse(seeds: readonly number[], options: HouseOptions): Promise<House> {
  const env = await newTimeSkipping();
  try {
    return await onServer(env, seeds, options);
  } finally {
    await env.teardown();
  }
}

async function onServer(env: TestWorkflowEnvironment, seeds: readonly number[], options: HouseOptions): Promise<House> {
  // One client that never locks time again: the environment's own counts each awaited result, and many at once are too many.
  const { workflow } = new Client({ connection: env.connection });
  await env.connection.testService!.unlockTimeSkipping({});
  const stages = new Map<string, Stage>();
  const signal = (id: string, message: Message): Promise<void> => {
    const handle = workflow.getHandle(id);
    if (message.signal === 'cancel') return handle.signal('requestCancel');
    if (message.signal === 'line_handed') return handle.signal('lineHanded');
    return handle.signal(SIGNALS[message.evidence.kind], message.evidence);
  };
  /** As delivery/temporal-gateway.ts does. */
  const followed = async (stage: Stage, evidence: Evidence): Promise<void> => {
    const { call_id, kind } = evidence;
    stage.followUps.add(call_id);
    await workflow
      .signalWithStart(followUp, {
        taskQueue: QUEUE,
        workflowId: followUpRunId(call_id),
        args: [{ call_id }],
        signal: SIGNALS[kind],
        signalArgs: [evidence],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      })
      .catch(() => undefined);
  };
  const abandon = new AbortController();
  const abandoned = new Promise<never>((_, reject) => {
    abandon.signal.addEventListener('abort', () => reject(abandon.signal.reason));
  });
  abandoned.catch(() => undefined);
  /** Of an activity: the worker ends only when none waits for the server. The signal stops no call that begins after it. */
  const untilAbandoned = async <T>(call: () => Promise<T>): Promise<T> => {
    abandon.signal.throwIfAborted();
    return env.connection.withAbortSignal(abandon.signal, call);
  };
  const stillWanted = stillWantedQuery({ connection: env.connection, dataConverter: {} });
  /** How often anything asked what time it is. */
  let deeds = 0;
  const theatre: Theatre = {
    stage: (id) => stages.get(id)!,
    now: async () => {
      deeds += 1;
      return Number(await untilAbandoned(() => env.currentTimeMs()));
    },
    sleep: (ms) => untilAbandoned(() => env.sleep(ms)),
    stillWanted: (run, callId) => untilAbandoned(() => stillWanted(run, callId)),
    async deliver(stage) {
      for (let message = stage.outbox[0]; message; message = stage.outbox[0]) {
        // The test server loses the end of an activity that its workflow asks to stop in the same moment, as a cancel asks a
        // dial: it comes when nothing goes on. (To the core it comes at any moment.)
        if (message.signal === 'cancel' && !stage.isQuiet()) return;
        stage.outbox.shift();
        if (message.signal === 'cancel' && stage.run.ended_at !== undefined) continue;
        if (message.signal === 'cancel') stage.run.cancel_at = stage.world.now;
        else if (message.signal === 'line_handed') stage.lineHanded();
        else {
          stage.world.delivered.push({ at: stage.world.now, evidence: message.evidence });
          if (stage.isFollowUp(message.evidence)) {
            await followed(stage, message.evidence);
            continue;
          }
        }
        // A booking that is closed keeps it as evidence; that is the API's part.
        await signal(stage.world.bookingId, message).catch(async () => {
          if (message.signal === 'evidence' && stage.isFollowUp(message.evidence))
            await followed(stage, message.evidence);
        });
      }
    },
  };
  const newWorker = () =>
    Worker.create({
      connection: env.nativeConnection,
      taskQueue: QUEUE,
      workflowBundle: options.bundle,
      activities: simulatedActivities(theatre),
      shutdownGraceTime: 500,
      // Heartbeats are due in the server's time, which flies.
      maxHeartbeatThrottleInterval: 1,
      defaultHeartbeatThrottleInterval: 1,
      ...(options.forgetful ? { maxCachedWorkflows: 3 } : {}),
    });
  const house: House = { runs: [], wedged: [] };

  let alive = (): void => undefined;
  const play = async (seed: number): Promise<void> => {
    const id = `bk_seed${seed}`;
    const stage = new Stage(generate(seed), await theatre.now(), id, QUEUE);
    stages.set(id, stage);
    const messenger = `courier-${seed}`;
    const posted = workflow.getHandle(messenger);
    stage.changed = () => void posted.signal(nudge).catch(() => undefined);
    await workflow.start(courier, { workflowId: messenger, taskQueue: QUEUE, args: [id] });
    const handle = await workflow.start(bookAppointment, { workflowId: id, taskQueue: QUEUE, args: [stage.run.input] });
    const outcome = await handle.result();
    await stage.callersGone();
    for (const callId of stage.followUps) await workflow.getHandle(followUpRunId(callId)).result();
    await posted.signal(dismiss).catch(() => undefined);
    if (abandon.signal.aborted) return;
    if (JSON.stringify(outcome) !== JSON.stringify(stage.run.outcome)) stage.run.outcomes += 1;
    house.runs.push(stage.aftermath());
    alive();
  };

  const waiting = [...seeds];
  const playOn = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) await play(seed);
  };
  // Not only the calls end with the signal: so do those who wait for their callers, whom no worker brings any more.
  const all = env.connection.withAbortSignal(abandon.signal, () =>
    Promise.allSettled(Array.from({ length: options.atOnce }, () => Promise.race([playOn(), abandoned]))),
  );
  const ended = new Set<number>();
  let stop: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    stop = () => {
      abandon.abort();
      resolve();
    };
  });
  let wedge = setTimeout(stop, WEDGED_MS);
  alive = () => {
    clearTimeout(wedge);
    wedge = setTimeout(stop, WEDGED_MS);
  };
  void all.then(stop);
  let stopKeeping = (): void => undefined;
  try {
    const worker = await newWorker();
    stopKeeping = keepTime(env, () => deeds, options.forgetful ? REPLAY_PATIENCE : PATIENCE);
    await worker.runUntil(over);
  } finally {
    stopKeeping();
    clearTimeout(wedge);
    // What still waits for a wedged server must not outlive it.
    abandon.abort();
    waiting.length = 0;
    await all;
  }
  for (const run of house.runs) ended.add(run.schedule.seed);
  house.wedged = seeds.filter((seed) => !ended.has(seed));
  return house;
}
