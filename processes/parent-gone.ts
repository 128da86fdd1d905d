import { readFileSync } from 'node:fs';

/** How often it checks whether npm still runs. */
const LOOK_EVERY_MS = 500;

/**
 * Our parent and its parent: npm runs a script in a shell, and that shell survives a killed npm. If the system does not show
 * them, our own parent must do.
 */
function lineage(): string {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    // The name is in parentheses and may contain anything: state and parent come after the last parenthesis.
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(parent);
  }
}

/**
 * Calls `stop` when the process that started us, or npm above it, has ended. npm sends signals to the shell that runs its script, and some shells die
 * without passing them on; a process that npm started must not survive it.
 * @returns stops the checks.
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
