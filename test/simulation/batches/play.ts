import { checkEnd } from './check-end.ts';
import { Client } from './client.ts';
import type { Memory } from './memory.ts';
import type { Schedule } from './schedule.ts';
import type { Violation } from './truth.ts';
import { type Mutation, World } from './world.ts';

/** By then everything must have come to its end. */
const LONGEST_MS = 4 * 3_600_000;
/** Nothing is left to do for so long: late signals and slow processes have come, and the hourly look, too. */
const QUIET_MS = 75 * 60_000;
const LOOK_MS = 150_000;

export interface Played {
  world: World;
  violations: readonly Violation[];
}

/** Plays one schedule to its end, or until `longest_ms` have passed in it. The database may be the same for many, one after the other. */
export async function play(
  schedule: Schedule,
  memory: Memory,
  mutation: Mutation = {},
  longest_ms = LONGEST_MS,
): Promise<Played> {
  const world = new World(schedule, memory, mutation);
  const { timeline, truth, house } = world;
  const client = new Client(world);
  client.begin();
  world.begin();
  let quiet = 0;
  const look = (): void => {
    quiet = client.isDone && hasEnded(world) ? quiet + LOOK_MS : 0;
    timeline.plan(LOOK_MS, look);
  };
  look();
  await timeline.run(longest_ms, () => quiet >= QUIET_MS);
  await checkEnd(world, quiet >= QUIET_MS);
  house.close();
  await timeline.settle();
  return { world, violations: truth.violations };
}

/** Every batch is final or erased, no booking goes on, and nobody works. */
function hasEnded({ engine, memory, house }: World): boolean {
  const [open] = memory.all(
    'select id from batches where ready = 1 and erasing = 0 and ended_ms is null union all select id from batches where erasing = 1 union all select id from bookings where final_ms is null or erasing = 1 union all select batch_id from batch_erasures where erased_ms is null union all select booking_id from line_waiters union all select call_id from slots limit 1',
  );
  const runs = [...engine.runs.values()].some(({ kind, is }) => is === 'open' && kind !== 'hourly');
  return !open && !runs && !house.isWorking();
}
