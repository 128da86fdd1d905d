import { readFileSync } from 'node:fs';

/** How soon an end of npm is noticed. */
const LOOK_EVERY_MS = 500;

/**
 * Who started us, and who started them: npm runs a script in a shell, and a shell outlives an npm that is killed. Where the
 * system does not tell, our own parent must do.
 */
function lineage(): string {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    // The name stands in parentheses and may hold anything: state and parent come after the last one.
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(parent);
  }
}

/**
 * Calls `stop` when the process that started us, or npm above it, has ended. npm hands signals to the shell that it runs a script in, and some shells die
 * of them without passing them on: what npm started must not outlive it.
 * @returns stops looking.
 */
export function onParentGone(stop: () => void, parentOf: () => number | string = lineage): () => void {
  const parent = parentOf();
  const timer = setInterval(() => {
    if (parentOf() === parent) return;
    clearInterval(timer);
    stop();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
