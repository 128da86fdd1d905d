/** Resolves after `ms`. Rejects with the signal's reason when it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    const end = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** A signal that follows another one and has a time limit besides. */
export interface Limit {
  readonly signal: AbortSignal;
  /** The limit counts from now again. */
  renew(): void;
  /** Ends the limit. The signal still follows the other one until `release`. */
  lift(): void;
  release(): void;
}

/** Aborts after `ms` (Infinity: never) with the error of `why`, and with the other signal. */
export function limit(ms: number, why: () => Error, other?: AbortSignal): Limit {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lift = (): void => clearTimeout(timer);
  const renew = (): void => {
    lift();
    // Timers end at once beyond 2^31 ms.
    if (ms < 2 ** 31) timer = setTimeout(() => controller.abort(why()), ms);
  };
  const follow = (): void => controller.abort(other?.reason);
  if (other?.aborted) follow();
  else {
    other?.addEventListener('abort', follow, { once: true });
    renew();
  }
  return {
    signal: controller.signal,
    renew,
    lift,
    release() {
      lift();
      other?.removeEventListener('abort', follow);
    },
  };
}
