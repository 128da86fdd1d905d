import { Worker, type WorkerOptions } from '@temporalio/worker';

/**
 * The SDK sets this only outside of its debug mode: a workflow that does not yield fails after so long. The type of its options leaves it
 * out, but they overrule its own.
 */
const LIMIT = { isolateExecutionTimeout: '5s' };

/** A worker whose workflows run in this thread. A thread of their own would first load the SDK, a quarter of a second of computing. */
export const createWorker = (options: WorkerOptions): Promise<Worker> =>
  Worker.create({ debugMode: true, ...LIMIT, ...options });
