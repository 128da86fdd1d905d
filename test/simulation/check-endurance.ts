import type { Evidence } from '../../domain/evidence.ts';
import { meets } from './endurance.ts';
import { heardInTime, type Run } from './run.ts';

const FROM_PEOPLE = ['declined', 'no_availability', 'callback_requested', 'confirmed'];

/** Word that only an automaton spoke: its words alone, or the agent says so. */
export const tellsOfAnAutomaton = (one: Evidence): boolean =>
  (one.kind === 'report' && one.report.result !== 'confirmed' && (one.report.reached ?? 'person') !== 'person') ||
  ('transcript' in one && one.transcript?.talk?.voices?.only === true);

/** What a menu or a screener said is no answer of the business, once word came that nobody else spoke. */
export function automataDecideNothing(run: Run): string | undefined {
  const { outcome, world } = run;
  if (!outcome || outcome.channel === 'simulation' || !FROM_PEOPLE.includes(outcome.result)) return undefined;
  const said = world.legs.filter((leg) => leg.reported.some(({ result }) => result === outcome.result));
  if (said.length === 0 || said.some((leg) => leg.person)) return undefined;
  const told = heardInTime(run)
    .filter(tellsOfAnAutomaton)
    .map((one) => one.call_id);
  const known = said.find((leg) => told.includes(leg.call_id));
  return known && `${outcome.result} rests on a call in which only a ${meets(known.plan)} spoke`;
}

/** Nobody was reached: the booking does not end on it while its channel allows another call. */
export function automataAreNoPeople(run: Run): string | undefined {
  const { outcome, world, schedule } = run;
  if (outcome?.result !== 'needs_review' || schedule.broken !== 'none' || run.resets.length > 0) return undefined;
  if (outcome.notes?.includes('no result was reported') !== true) return undefined;
  const last = world.legs.at(-1);
  if (!last || last.person || meets(last.plan) === 'nothing') return undefined;
  const told = heardInTime(run).some((one) => one.call_id === last.call_id && tellsOfAnAutomaton(one));
  return told && world.legs.every((leg) => !leg.person)
    ? `only a ${meets(last.plan)} spoke, and a person is to look`
    : undefined;
}
