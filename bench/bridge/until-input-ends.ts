/** Ends this process when its standard input does, that is when the bench says so or is gone. */
export function endWithInput(stop: () => Promise<unknown>): void {
  process.stdin.once('end', () => {
    stop().finally(() => process.exit(0));
  });
  process.stdin.resume();
}
