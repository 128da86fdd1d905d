import { once } from 'node:events';

/** Prints a line, and waits while whoever reads is slower: what was printed and not yet read stays bounded. */
export async function write(line: string): Promise<void> {
  const { stdout } = process;
  if (stdout.write(`${line}\n`) || !stdout.writable) return;
  await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
}
