import { metricMeter } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import type { MetricMeter } from '@temporalio/common';
import {
  DefaultLogger,
  type LogEntry,
  NativeConnection,
  Runtime,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Logger } from 'pino';
import { type ActivityDependencies, createActivities } from '../activities/index.ts';
import { createDuet } from '../bridge/duet.ts';
import { callbackPoster } from '../callbacks/post.ts';
import { accountsOf } from '../config/accounts.ts';
import type { Config } from '../config/config.ts';
import { callsQueueOf } from '../config/load.ts';
import type { Secrets } from '../config/secrets.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { Alarms } from '../delivery/alarms.ts';
import { bookingIdIn } from '../domain/ids.ts';
import { createProviders } from '../providers/create.ts';
import { phoneHasher, phoneHashesFinder } from '../records/phone-hash.ts';
import type { Stores } from '../records/stores.ts';
import { bookingRuns } from '../temporal/booking-runs.ts';
import { dataConverter } from '../temporal/data-converter.ts';
import { quietPort } from '../temporal/quiet-port.ts';
import { bundleWorkflows } from './bundle.ts';
import { createWorkers, runWorkers } from './create-workers.ts';
import { runForgetter } from './forget-runs.ts';
import { type Listening, serveMetrics } from './health.ts';
import { lineHander } from './line-handed.ts';
import { lookAtStart } from './look-at-start.ts';
import { scheduleAudits, scheduleLook, scheduleRetention } from './schedule-hourly.ts';
import { dialAsker } from './still-wanted.ts';
import { settleVersion } from './versioned.ts';

export interface WorkerSurroundings {
  config: Config;
  secrets: Secrets;
  temporal: TemporalConnection;
  stores: Stores;
  log: Logger;
}

export interface RunningWorker {
  /** Rejects when a worker cannot go on; settles after `drain`. */
  ended: Promise<void>;
  /** From now on no dial leaves; resolves when those that had left are answered. Everything else goes on. Never rejects. */
  stopDialing(): Promise<void>;
  /** Takes no new tasks and waits for those that run. */
  drain(): Promise<void>;
}

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

/** Begins to open (or make) the workflows' bundle; harmless to repeat. */
export function prepare(config: Config): void {
  const { failureConverterPath } = dataConverter(config.temporal.payloadKeys);
  bundle ??= bundleWorkflows({ failureConverterPath });
}

/** The SDK's and the workflows' own log lines, as lines of ours. Install once, before anything else of the SDK. */
function installRuntime(log: Logger, metricsPort: number | undefined): void {
  const write = ({ level, message, meta }: LogEntry): void => {
    const pinoLevel = level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error';
    const { error, workflowId, activityType, attempt, taskQueue } = (meta ?? {}) as Record<string, unknown>;
    const fields = {
      booking_id: bookingIdIn(workflowId),
      workflow_id: workflowId,
      activityType,
      attempt,
      taskQueue,
      err: error,
    };
    // What the SDK tells of its own life is only of interest to somebody who looks for it.
    const quiet = pinoLevel === 'info' || message.startsWith('No workflows registered');
    log[quiet ? 'debug' : pinoLevel](fields, message);
  };
  try {
    Runtime.install({
      logger: new DefaultLogger('INFO', write),
      telemetryOptions: {
        logging: { filter: 'ERROR', forward: {} },
        ...(metricsPort === undefined ? {} : { metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } } }),
      },
      shutdownSignals: [],
    });
  } catch (error) {
    // Somebody else in this process (a test) has installed one already.
    log.debug({ err: error }, 'the Temporal runtime was there already');
  }
}

/** The SDK's own listener, which answers everybody, is for this process only, on a port that browsers refuse; ours stands before it. */
async function metricsListener(log: Logger, port: number | undefined): Promise<Listening | undefined> {
  const behind = port === undefined ? undefined : await quietPort([port]);
  installRuntime(log, behind);
  return port === undefined || behind === undefined ? undefined : serveMetrics(port, behind);
}

/** `vocero_alarms`: of the activity that raises one, or of the process. */
const counterOf =
  (meter: MetricMeter) =>
  (kind: string): void =>
    meter.createCounter('vocero_alarms', '1', 'Things that operators must mend').add(1, { kind });

/** Starts the workers of one process; resolves when they poll. */
export async function startWorker({
  config,
  secrets,
  temporal,
  stores,
  log,
}: WorkerSurroundings): Promise<RunningWorker> {
  prepare(config);
  const metrics = await metricsListener(log, config.worker.metricsPort);
  const connection = await NativeConnection.connect(temporal.connectionOptions);
  const converter = dataConverter(config.temporal.payloadKeys);
  const client = new Client({ connection, namespace: temporal.namespace, dataConverter: converter });
  const { twilio, elevenlabs } = createProviders(config);
  const { records, artifacts } = stores;
  const duet =
    elevenlabs && config.elevenlabs
      ? createDuet({
          records,
          artifacts,
          agents: elevenlabs,
          agentId: config.elevenlabs.agentId,
          receptionistAgentId: config.elevenlabs.receptionistAgentId,
          log,
        })
      : undefined;
  let dialing = true;
  const runs = bookingRuns(client, config.temporal.taskQueue);
  const deps: ActivityDependencies = {
    accounts: accountsOf(config),
    callingWindow: config.callingWindow,
    allowedCountries: config.allowedCountries,
    twilio,
    elevenlabs,
    duet,
    records,
    artifacts,
    callbacks: callbackPoster({
      secret: secrets.callbackSecret,
      formerSecrets: config.formerKeys.callbackSecrets,
      allowLoopback: config.playedHere,
    }),
    forgetRuns: runForgetter(client),
    lineHanded: lineHander(client),
    stillWanted: dialAsker({ connection, namespace: temporal.namespace, dataConverter: converter }),
    stopping: () => !dialing,
    callsAtOnce: config.callsAtOnce,
    phoneHash: phoneHasher(secrets.hashKey),
    phoneHashes: phoneHashesFinder(secrets.hashKey),
    runs,
    alarms: new Alarms({ log, count: counterOf(metricMeter) }),
    log,
  };
  // What looks before the first activity counts as the process.
  const alarms = new Alarms({ log, count: counterOf(Runtime.instance().metricMeter) });
  const looked = lookAtStart({ ...deps, runs, alarms });
  const { buildId, deploymentName } = config.temporal;
  const workers = await createWorkers({
    connection,
    namespace: temporal.namespace,
    taskQueue: config.temporal.taskQueue,
    dialQueues: config.temporal.dialQueues,
    callsQueue: callsQueueOf(config.temporal.taskQueue),
    callsPerSecond: config.callsPerSecond,
    bundle: await bundle!,
    version: buildId ? { deploymentName, buildId } : undefined,
    dataConverter: converter,
    activities: createActivities(deps),
    concurrentActivities: config.worker.concurrentActivities,
    concurrentWorkflowTasks: config.worker.concurrentWorkflowTasks,
    cachedWorkflows: config.worker.cachedWorkflows,
  });
  const { dialQueues, taskQueue } = config.temporal;
  const { stop, stopDialing, done } = runWorkers(workers, dialQueues, looked.firstPass);
  const scheduled = Promise.all([
    scheduleRetention({ client, taskQueue, days: config.retentionDays, log }),
    scheduleLook({ client, taskQueue, log }),
    scheduleAudits({ client, taskQueue, firstMs: config.auditSeconds * 1000, log }),
  ]);
  const ended = done.finally(async () => {
    await Promise.all([scheduled, looked.stop()]);
    await connection.close();
  });
  ended.catch(() => undefined);
  let stopping = false;
  void settleVersion(
    connection.workflowService,
    { temporal: { ...config.temporal, namespace: temporal.namespace } },
    log,
    () => stopping,
  );
  return {
    ended,
    async stopDialing() {
      stopping = true;
      dialing = false;
      void looked.stop();
      await stopDialing();
    },
    async drain() {
      stopping = true;
      void looked.stop();
      stop();
      await done;
      await metrics?.close();
    },
  };
}
