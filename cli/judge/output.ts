import { once } from 'node:events';

/** Prints a line, and waits for a slower reader, so that unread output stays limited. */
export async function write(line: string): Promise<void> {
  const { stdout } = process;
  if (stdout.write(`${line}\n`) || !stdout.writable) return;
  await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
}
