const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on a Ctrl-C that the terminal has also sent us: within this time both are the same one. */
const SAME_PRESS_MS = 700;

/**
 * Calls `stop` on the first signal and `force` on a later one.
 * @returns removes the listeners.
 */
export function onStopSignal(
  stop: (signal: string) => void,
  force: () => void,
  now: () => number = Date.now,
): () => void {
  let first: number | undefined;
  const listener = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = now();
      stop(signal);
    } else if (now() - first > SAME_PRESS_MS) {
      force();
    }
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, listener);
  };
}
