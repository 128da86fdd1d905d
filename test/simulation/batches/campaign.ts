import { Coverage } from './coverage.ts';
import { generate } from './generate.ts';
import type { Memory } from './memory.ts';
import { play } from './play.ts';
import type { Schedule } from './schedule.ts';
import type { GuaranteeId, Violation } from './truth.ts';
import type { Mutation } from './world.ts';

export interface Failure extends Violation {
  seed: number;
  schedule: Schedule;
}

/** Many seeds on one database; `progress` is told the number of seeds done. */
export async function campaign(
  from: number,
  seeds: number,
  memory: Memory,
  progress: (done: number, failures: readonly Failure[]) => void = () => undefined,
): Promise<{ coverage: Coverage; failures: Failure[] }> {
  const coverage = new Coverage();
  const failures: Failure[] = [];
  for (let seed = from; seed < from + seeds; seed++) {
    const schedule = generate(seed);
    const played = await play(schedule, memory);
    coverage.note(played);
    for (const violation of played.violations) failures.push({ seed, schedule, ...violation });
    progress(seed - from + 1, failures);
  }
  return { coverage, failures };
}

export const breaks =
  (guarantees: readonly GuaranteeId[], memory: Memory, mutation?: Mutation, longest_ms?: number) =>
  async (schedule: Schedule): Promise<boolean> =>
    (await play(schedule, memory, mutation, longest_ms)).violations.some(({ guarantee }) =>
      guarantees.includes(guarantee),
    );
