import type { FromChild, ToChild } from './messages.ts';

export const tell = (message: FromChild): void => void process.send?.(message);

/** The measured process's side: says that it is ready, tells its processor time, and ends when it is told to or orphaned. */
export function serveBench(stop: () => Promise<void>): void {
  const end = (): void => {
    stop().finally(() => process.exit(0));
  };
  process.on('message', (message: ToChild) => {
    if (message.ask === 'stop') return end();
    const { user, system } = process.cpuUsage();
    tell({ cpuSeconds: (user + system) / 1e6 });
  });
  process.once('disconnect', end);
  // A Ctrl-C in the terminal reaches every process; the bench decides when this one ends.
  process.on('SIGINT', () => {});
  tell({ ready: true });
}
