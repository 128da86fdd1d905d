/** What a piece of work cost the thread that asked for it, in milliseconds. */
export interface Cost {
  /** Processor time of the longest turn of the event loop: so long a voice waits, on a machine that has nothing else to do. */
  held: number;
  /** The longest time that the loop stood still, with all that the machine did beside it. */
  stood: number;
  /** Until the answer was there. */
  answered: number;
}

/** Processor time of this thread alone. */
function busy(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Works while the event loop turns as fast as it can, and looks how long its turns took. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  let turning = true;
  let [held, stood] = [0, 0];
  let last = { at: performance.now(), busy: busy() };
  const turn = (): void => {
    const now = { at: performance.now(), busy: busy() };
    held = Math.max(held, now.busy - last.busy);
    stood = Math.max(stood, now.at - last.at);
    last = now;
    if (turning) setImmediate(turn);
  };
  setImmediate(turn);
  const began = performance.now();
  await work();
  const answered = performance.now() - began;
  turning = false;
  turn();
  return { held, stood, answered };
}
