// `npm run worker`: the worker alone. Any number of workers may run at the same time.

import { serveHealth } from '../worker/health.ts';
import { startWorker } from '../worker/start.ts';
import { runProcess } from './run-process.ts';

await runProcess('worker', async (given) => {
  let polling = true;
  const { config } = given;
  const metricsPort = config.worker.metricsPort ?? config.metricsPort;
  const worker = await startWorker({ ...given, config: { ...config, worker: { ...config.worker, metricsPort } } });
  const { healthPort } = config.worker;
  const health = healthPort === undefined ? undefined : await serveHealth(healthPort, () => polling);
  const ended = worker.ended.finally(() => {
    polling = false;
  });
  ended.catch(() => undefined);
  return {
    ended,
    async stop() {
      await worker.drain();
      await health?.close();
    },
  };
});
