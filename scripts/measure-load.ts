import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const MEASURED_MS = 500;
/** A machine this busy is no place for tests: their limits end somewhere. */
const MOST = 6;

/** Keeps a processor busy, and tells how much of the time it had one. */
const BUSY = `
  const { parentPort } = require('node:worker_threads');
  const { user, system } = process.threadCpuUsage();
  const began = performance.now();
  while (performance.now() - began < ${MEASURED_MS});
  const spent = process.threadCpuUsage({ user, system });
  parentPort.postMessage((spent.user + spent.system) / 1000 / (performance.now() - began));
`;

function share(): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(BUSY, { eval: true });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** How many times longer than alone a program takes now that wants every processor: 1 on an idle machine. Measured for half a second. */
export async function measureLoad(): Promise<number> {
  const shares = await Promise.all(Array.from({ length: availableParallelism() }, share));
  const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
  return Math.min(MOST, Math.max(1, Math.round(10 / mean) / 10));
}
