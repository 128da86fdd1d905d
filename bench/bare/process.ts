import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { loadConfig } from '../../config/load.ts';
import { serveBench } from '../serve.ts';
import { activities } from './activities.ts';

/** A worker of the bare workflow, with the settings that the product's worker takes from the same environment. */
const logger = new DefaultLogger('ERROR');
Runtime.install({
  logger,
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  shutdownSignals: [],
});
const config = loadConfig(process.env);
const { namespace, connectionOptions } = config.temporal.external!;
const workflowsPath = fileURLToPath(new URL('./workflow.ts', import.meta.url));
const connection = await NativeConnection.connect(connectionOptions);
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: config.temporal.taskQueue,
  workflowBundle: await bundleWorkflowCode({ workflowsPath, logger }),
  activities,
  maxConcurrentActivityTaskExecutions: config.worker.concurrentActivities,
  maxConcurrentLocalActivityExecutions: config.worker.concurrentActivities,
  maxConcurrentWorkflowTaskExecutions: config.worker.concurrentWorkflowTasks,
});
const ended = worker.run();
ended.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
serveBench(async () => {
  worker.shutdown();
  await ended;
  await connection.close();
});
