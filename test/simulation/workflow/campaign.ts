import type { Failure } from '../campaign.ts';
import { Coverage } from '../coverage.ts';
import { generate } from '../generate.ts';
import { violations } from '../guarantees.ts';
import { bundleSimulation, type House, playHouse } from './theatre.ts';

/** The test server gets slower and less sure with every workflow that it has closed: after so many it is replaced. */
const SEEDS_PER_SERVER = 30;
/** More at once is not faster, and the server skips time only when all of them wait. */
const AT_ONCE = 3;
/** Every so many servers have a worker that forgets: replays are slow. */
const FORGETFUL = 10;
/** A seed whose server stopped skipping is played again, alone, so many times. */
const TRIES = 2;

export interface WorkflowCampaign {
  coverage: Coverage;
  failures: Failure[];
  /** Seeds that no server brought to their end: nothing is shown about them. */
  unfinished: number[];
  servers: number;
  /** Bookings whose worker forgot them again and again, so that their histories were replayed. */
  replayed: number;
}

/** Seeds through real workflow executions, server by server; every tenth with a worker that forgets. */
export async function workflowCampaign(
  from: number,
  seeds: number,
  progress: (done: number, violations: number) => void = () => undefined,
): Promise<WorkflowCampaign> {
  const bundle = await bundleSimulation();
  const all: WorkflowCampaign = {
    coverage: new Coverage(),
    failures: [],
    unfinished: [],
    servers: 0,
    replayed: 0,
  };
  const play = async (chosen: number[], forgetful: boolean): Promise<House> => {
    const house = await playHouse(chosen, {
      bundle,
      atOnce: AT_ONCE,
      forgetful,
    });
    all.servers += 1;
    if (forgetful) all.replayed += house.runs.length;
    for (const run of house.runs) {
      all.coverage.note(run);
      const schedule = generate(run.schedule.seed);
      for (const found of violations(run)) all.failures.push({ seed: schedule.seed, schedule, ...found });
    }
    progress(all.coverage.runs, all.failures.length);
    return house;
  };
  for (let at = from, server = 1; at < from + seeds; at += SEEDS_PER_SERVER, server++) {
    const count = Math.min(SEEDS_PER_SERVER, from + seeds - at);
    const { wedged } = await play(
      Array.from({ length: count }, (_, i) => at + i),
      server % FORGETFUL === 0,
    );
    for (const seed of wedged) {
      let left = [seed];
      for (let tries = 0; tries < TRIES && left.length > 0; tries++) left = (await play(left, false)).wedged;
      all.unfinished.push(...left);
    }
  }
  return all;
}
