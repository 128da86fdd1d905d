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
import { childAcceptor } from '../accepting/accept.ts';
import { acceptingSettings } from '../accepting/settings-of.ts';
import { type ActivityDependencies, createActivities } from '../activities/index.ts';
import { createDuet } from '../bridge/duet.ts';
import { callbackPoster } from '../callbacks/post.ts';
import { accountsOf } from '../config/accounts.ts';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import type { TemporalConnection } from '../config/temporal-connection.ts';
import { VERSION } from '../config/version.ts';
import { Alarms } from '../delivery/alarms.ts';
import { batchGateway } from '../delivery/batch-gateway.ts';
import { FAILURE_COUNTER } from '../delivery/failure-counter.ts';
import { mindStorage } from '../delivery/mind-storage.ts';
import { tellOfHold } from '../delivery/tell-of-hold.ts';
import { temporalGateway } from '../delivery/temporal-gateway.ts';
import { COUNTED_KINDS, type CountedKind } from '../domain/alarm-kinds.ts';
import { holidayCalendar } from '../domain/holiday-calendar.ts';
import { bookingIdIn } from '../domain/ids.ts';
import { createProviders } from '../providers/create.ts';
import { FAILURES } from '../records/failures.ts';
import { phoneHasher, phoneHashesFinder } from '../records/phone-hash.ts';
import type { Hold } from '../records/ports/installation.ts';
import type { Stores } from '../records/stores.ts';
import { bookingRuns } from '../temporal/booking-runs.ts';
import { dataConverter } from '../temporal/data-converter.ts';
import { neededQueues } from '../temporal/pollers.ts';
import { quietPort } from '../temporal/quiet-port.ts';
import { bundleWorkflows } from './bundle.ts';
import { createWorkers, runWorkers } from './create-workers.ts';
import { runDeleter } from './delete-runs.ts';
import { type Listening, serveMetrics } from './health.ts';
import { lineHander } from './line-handed.ts';
import { lookAtStart } from './look-at-start.ts';
import { mindPlaces } from './mind-places.ts';
import { scheduleAudits, scheduleLook, scheduleRetention } from './schedule-hourly.ts';
import { withShortStacks } from './short-stacks.ts';
import { stillWantedQuery } from './still-wanted.ts';
import { adoptFirstBuild } from './versioned.ts';

export interface WorkerContext {
  config: Config;
  secrets: Secrets;
  temporal: TemporalConnection;
  stores: Stores;
  log: Logger;
  /** Whether dials were held when the process began, and a note of each dial. */
  restore?: { hold: Hold | undefined; dialClaimed(): void } | undefined;
}

export interface RunningWorker {
  /** Rejects when a worker fails; settles after `drain`. */
  ended: Promise<void>;
  /** From now on no dial leaves. Resolves when dials in progress are answered. Everything else continues. Never rejects. */
  stopDialing(): Promise<void>;
  /** Takes no new tasks and waits for running ones. */
  drain(): Promise<void>;
}

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

/** Begins to open (or create) the workflows' bundle. May be repeated. */
export function prepare(config: Config): void {
  const { failureConverterPath } = dataConverter(config.temporal.payloadKeys);
  bundle ??= bundleWorkflows({ failureConverterPath });
}

/** Redirects log lines of the SDK and of workflows to our log. Must run before anything else of the SDK. */
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
    // The SDK's lines about its own life are of interest for debugging only.
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
    // Other code in this process (a test) has installed one already.
    log.debug({ err: error }, 'could not install the Temporal runtime: this process has one already');
  }
}

/** The SDK's own listener answers everybody. So it listens on a loopback port that browsers refuse, and ours is in front of it. */
async function metricsListener(log: Logger, port: number | undefined): Promise<Listening | undefined> {
  const behind = port === undefined ? undefined : await quietPort([port]);
  installRuntime(log, behind);
  return port === undefined || behind === undefined ? undefined : serveMetrics(port, behind);
}

const alarmCounter = (meter: MetricMeter) =>
  meter.createCounter('vocero_alarms', '1', 'Things that operators must look at');

/** `vocero_alarms`, on the meter of the activity that raises an alarm, or of the process. */
const counterOf =
  (meter: MetricMeter) =>
  (kind: CountedKind): void =>
    alarmCounter(meter).add(1, { kind });

/** Counts failures of the database on the process's meter. */
function countFailures(meter: MetricMeter, { onFailure }: Stores): void {
  const counter = meter.createCounter(FAILURE_COUNTER.name, '1', FAILURE_COUNTER.help);
  for (const kind of FAILURES) counter.add(0, { kind });
  onFailure?.((kind) => counter.add(1, { kind }));
}

/** Every kind is at 0 from the start, so that a rule can see it grow. */
function countNone(meter: MetricMeter): void {
  for (const kind of COUNTED_KINDS) alarmCounter(meter).add(0, { kind });
}

/** Starts the workers of one process. Resolves when they begin to poll; the dial workers begin after the first look. */
export async function startWorker(context: WorkerContext): Promise<RunningWorker> {
  const { config, secrets, temporal, stores, log, restore } = context;
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
  const holidays = await holidayCalendar(config.callingHolidays);
  const gateway = temporalGateway({ client, queues: neededQueues(config.temporal, config.available), log });
  const settings = acceptingSettings(config, secrets, holidays);
  const deps: ActivityDependencies = {
    accounts: accountsOf(config),
    callingWindow: config.callingWindow,
    holidays,
    allowedCountries: config.allowedCountries,
    twilio,
    elevenlabs,
    duet,
    records,
    artifacts,
    callbacks: callbackPoster({
      secret: secrets.callbackSecret,
      formerSecrets: config.formerKeys.callbackSecrets,
      allowLoopback: config.providersAreLocal,
    }),
    forgetRuns: runDeleter(client),
    lineHanded: lineHander(client),
    batches: batchGateway(client, config.temporal.taskQueue),
    childEnded: (...ids) => gateway.childEnded(...ids),
    followUp: gateway.followUp,
    shortlistRuns: gateway.shortlistRuns,
    children: {
      accept: childAcceptor({ records, gateway, settings, counted: () => {}, now: Date.now }),
      cancel: (bookingId) => gateway.cancel(bookingId),
    },
    stillWanted: stillWantedQuery({ connection, namespace: temporal.namespace, dataConverter: converter }),
    dialClaimed: restore?.dialClaimed,
    stopping: () => !dialing,
    callsAtOnce: config.callsAtOnce,
    booking: {
      settle_seconds: config.settleSeconds,
      calls_queue: config.temporal.callsQueue,
      require_proof: config.requireProof,
    },
    phoneHash: phoneHasher(secrets.hashKey),
    phoneHashes: phoneHashesFinder(secrets.hashKey),
    runs,
    alarms: new Alarms({ log, count: counterOf(metricMeter) }),
    log,
  };
  // The look before the first activity counts for the process.
  const { metricMeter: ofProcess } = Runtime.instance();
  countNone(ofProcess);
  countFailures(ofProcess, stores);
  ofProcess
    .createGauge('vocero_build_info', 'int', '1', 'The version of this process; always 1')
    .set(1, { version: VERSION });
  const alarms = new Alarms({ log, count: counterOf(ofProcess) });
  tellOfHold(restore?.hold, alarms);
  const looked = lookAtStart({ ...deps, runs, alarms });
  const { buildId, deploymentName } = config.temporal;
  const bundled = await bundle!;
  const workers = await withShortStacks(() =>
    createWorkers({
      connection,
      namespace: temporal.namespace,
      taskQueue: config.temporal.taskQueue,
      dialQueues: config.temporal.dialQueues,
      callsQueue: config.temporal.callsQueue,
      callsPerSecond: config.callsPerSecond,
      bundle: bundled,
      version: buildId ? { deploymentName, buildId } : undefined,
      dataConverter: converter,
      activities: createActivities(deps),
      concurrentActivities: config.worker.concurrentActivities,
      concurrentWorkflowTasks: config.worker.concurrentWorkflowTasks,
      cachedWorkflows: config.worker.cachedWorkflows,
    }),
  );
  const { dialQueues, taskQueue } = config.temporal;
  const { stop, stopDialing, done } = runWorkers(workers, dialQueues, looked.firstPass);
  const minded = [mindPlaces({ ...deps, alarms }), mindStorage({ ...deps, alarms })];
  const scheduled = Promise.all([
    scheduleRetention({ client, taskQueue, days: config.retentionDays, log }),
    scheduleLook({ client, taskQueue, log }),
    scheduleAudits({ client, taskQueue, firstMs: config.auditSeconds * 1000, log }),
  ]);
  const ended = done.finally(async () => {
    await Promise.all([scheduled, looked.stop(), ...minded.map((one) => one.stop())]);
    await connection.close();
  });
  ended.catch(() => undefined);
  let stopping = false;
  void adoptFirstBuild(
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
