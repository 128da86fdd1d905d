import type { Config } from '../config/config.ts';
import { withProviders } from '../config/providers.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Progress } from '../temporal/sources.ts';
import type { ApiPart, Parts, SandboxPart, TemporalPart, WorkerPart } from './parts.ts';
import { type Stage, stopInStages } from './stop-stages.ts';

/** A whole system in one process. */
export interface System {
  temporal: TemporalPart;
  sandbox?: SandboxPart | undefined;
  /** Notes for the start. */
  notes: string[];
  /** Rejects if a part ends by itself; otherwise stays pending. */
  broken: Promise<never>;
  /** Ends the calls, then the parts, in an order that cuts nothing off; takes at most about half a minute and never rejects. */
  stop(): Promise<void>;
}

interface Started {
  sandbox?: SandboxPart;
  temporal?: TemporalPart;
  worker?: WorkerPart;
  api?: ApiPart;
}

/**
 * Starts all parts of a configuration, and resolves when bookings go on at once. If a part does not start, or ends meanwhile, the others
 * are stopped again.
 */
export async function startSystem(config: Config, secrets: Secrets, parts: Parts, progress: Progress): Promise<System> {
  const started: Started = {};
  parts.prepare?.(config);
  try {
    await startParts(started, config, secrets, parts, progress);
  } catch (error) {
    await stopInStages(stagesOf(started, progress), progress);
    throw error;
  }
  const { temporal, worker, sandbox, api } = started as Required<Started>;
  let stopping: Promise<void> | undefined;
  const broken = new Promise<never>((_, reject) => {
    const ended = (part: string, error?: unknown) => {
      if (!stopping) reject(error ?? new Error(`${part} ended unexpectedly`));
    };
    temporal.ended.then(() => ended('Temporal’s dev server (its log is in the data folder)'));
    worker.ended.then(
      () => ended('the worker'),
      (error) => ended('the worker', error),
    );
  });
  broken.catch(() => {});
  const stop = () => {
    stopping ??= stopInStages(stagesOf(started, progress), progress);
    return stopping;
  };
  try {
    const unpolled = await Promise.race([api.polled(), broken]);
    return { temporal, sandbox, notes: [...(api.notes ?? []), ...unpolled], broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  started: Started,
  given: Config,
  secrets: Secrets,
  parts: Parts,
  progress: Progress,
): Promise<void> {
  await together([
    async () => {
      if (given.mode === 'sandbox') started.sandbox = await parts.startSandbox(given);
    },
    async () => {
      started.temporal = await parts.startTemporal(given, progress);
    },
  ]);
  const settled = started.sandbox ? withProviders(given, started.sandbox.env) : given;
  const config = withUiOf(settled, started.temporal!.uiUrl);
  const { connection, uiUrl, ui } = started.temporal!;
  const context = { config, secrets, temporal: connection, temporalUi: uiUrl, uiDoor: ui };
  await together([
    async () => {
      started.worker = await parts.startWorker(context);
    },
    async () => {
      started.api = await parts.startApi(context);
    },
  ]);
}

/** Lets an embedded server's UI have payloads decrypted, under both names of this machine. */
function withUiOf(config: Config, uiUrl: string | undefined): Config {
  if (!uiUrl) return config;
  const origins = [uiUrl, uiUrl.replace('//127.0.0.1:', '//localhost:')];
  return { ...config, temporal: { ...config.temporal, uiOrigins: [...config.temporal.uiOrigins, ...origins] } };
}

/** Waits for all, even if one fails: everything that was started must be known before it can be stopped. */
async function together(starts: readonly (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(starts.map((start) => start()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * Dialing stops, then live calls are hung up. Webhooks prove that a call has ended, so the API listens until the worker has
 * drained; Temporal stops last. Each stage has its share of the time.
 */
function stagesOf({ sandbox, temporal, worker, api }: Started, progress: Progress): Stage[] {
  return [
    { name: 'hanging up live calls', limitMs: 20_000, run: async () => hangUp(api, worker, progress) },
    { name: 'draining the worker', limitMs: 6_500, run: async () => worker?.drain() },
    { name: 'closing the API', limitMs: 2_000, run: async () => api?.close() },
    {
      name: 'stopping Temporal and the sandbox',
      limitMs: 3_000,
      run: async () => {
        await Promise.all([temporal?.stop(), sandbox?.close()]);
      },
    },
  ];
}

async function hangUp(api: ApiPart | undefined, worker: WorkerPart | undefined, progress: Progress): Promise<void> {
  api?.refuseBookings();
  const dialsOver = worker?.stopDialing() ?? Promise.resolve();
  if (!api) return;
  const calls = await api.hangUpLiveCalls(dialsOver);
  progress(calls === 0 ? 'no call was live' : `hung up ${calls} live ${calls === 1 ? 'call' : 'calls'}`);
}
