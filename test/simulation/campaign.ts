import { contradictsOutcome } from '../../domain/contradicts-outcome.ts';
import { isFollowUp } from '../../domain/follow-up.ts';
import { viewOf } from '../../domain/render.ts';
import { type Assumption, broken } from './assumptions.ts';
import { playCore } from './core.ts';
import { Coverage } from './coverage.ts';
import { generate } from './generate.ts';
import { type GuaranteeId, uncontained, type Violation, violations } from './guarantees.ts';
import type { Run } from './run.ts';
import type { Schedule } from './schedule.ts';

export interface Failure extends Violation {
  seed: number;
  schedule: Schedule;
}

/** What the API finds in word that comes when the booking has its outcome. A call of the business after it is followed, and belies nothing. */
const raisesAlarm = ({ world, state, heard }: Run): boolean => {
  const view = state && viewOf(state);
  return (
    view !== undefined &&
    world.delivered
      .slice(heard)
      .some(
        ({ evidence }) =>
          !('source' in evidence && evidence.source === 'poll') &&
          !isFollowUp(view, evidence) &&
          contradictsOutcome(view, evidence),
      )
  );
};

/** Where every assumption holds and no store was set back, the audit finds no call that the outcome did not know. */
const auditsInVain = ({ audited, resets, world, gone_at }: Run): boolean =>
  resets.length === 0 &&
  world.database.accepted &&
  gone_at === undefined &&
  audited.some(({ kind }) => kind !== 'result_unheard');

/** Many seeds through the core; `progress` is told the number of seeds done. `falseAlarms`: an outcome seemed belied though all holds. */
export function campaign(from: number, seeds: number, progress: (done: number) => void = () => undefined) {
  const coverage = new Coverage();
  const failures: Failure[] = [];
  const falseAlarms: number[] = [];
  const falseAudits: number[] = [];
  for (let seed = from; seed < from + seeds; seed++) {
    const schedule = generate(seed);
    const run = playCore(schedule);
    coverage.note(run);
    for (const violation of violations(run)) failures.push({ seed, schedule, ...violation });
    if (raisesAlarm(run)) falseAlarms.push(seed);
    if (auditsInVain(run)) falseAudits.push(seed);
    progress(seed - from + 1);
  }
  return { coverage, failures, falseAlarms, falseAudits };
}

/** What became of one assumption’s breaches. */
export interface Breach {
  assumption: Assumption;
  runs: number;
  /** Runs in which it was broken and that mattered. */
  breached: number;
  /** Of these, in so many the booking took notice before its end. */
  noticed: number;
  /** Of the others, in so many word came after it that raises the operators' alarm. */
  alarmed: number;
  /** Of the others, in so many the audit of the providers' lists found it. */
  audited: number;
  /** Guarantees that fell, as the assumption allows. */
  fell: Map<GuaranteeId, number>;
  /** What even the broken assumption does not excuse. */
  failures: Failure[];
}

export function breach(assumption: Assumption, from: number, seeds: number): Breach {
  const found: Breach = {
    assumption,
    runs: seeds,
    breached: 0,
    noticed: 0,
    alarmed: 0,
    audited: 0,
    fell: new Map(),
    failures: [],
  };
  for (let seed = from; seed < from + seeds; seed++) {
    const schedule = broken(generate(seed), assumption);
    const run = playCore(schedule);
    if (assumption.breached(run)) {
      found.breached += 1;
      if (assumption.noticed(run)) found.noticed += 1;
      else if (raisesAlarm(run)) found.alarmed += 1;
      else if (run.audited.length > 0) found.audited += 1;
    }
    for (const { guarantee } of violations(run)) found.fell.set(guarantee, (found.fell.get(guarantee) ?? 0) + 1);
    for (const violation of uncontained(run)) found.failures.push({ seed, schedule, ...violation });
  }
  return found;
}

/** Whether a schedule still breaks this guarantee, with what its assumption excuses left out. */
export const breaks = (schedule: Schedule, guarantee: GuaranteeId, play: (one: Schedule) => Run = playCore): boolean =>
  uncontained(play(schedule)).some((one) => one.guarantee === guarantee);
