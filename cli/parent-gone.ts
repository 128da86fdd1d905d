/** How soon an end of npm is noticed. */
const LOOK_EVERY_MS = 500;

/**
 * Calls `stop` when the process that started us has ended. npm hands signals to the shell that it runs a script in, and some shells die
 * of them without passing them on: what npm started must not outlive it.
 * @returns stops looking.
 */
export function onParentGone(stop: () => void, parentOf: () => number = () => process.ppid): () => void {
  const parent = parentOf();
  const timer = setInterval(() => {
    if (parentOf() === parent) return;
    clearInterval(timer);
    stop();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
