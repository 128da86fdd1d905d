import type { Evidence } from '../../domain/evidence.ts';
import { meets } from './endurance.ts';
import { heardInTime, type Run } from './run.ts';

const FROM_PEOPLE = ['declined', 'no_availability', 'callback_requested', 'confirmed'];

/** Word that only an automaton spoke: its words alone, or the agent says so. */
export const tellsOfAnAutomaton = (one: Evidence): boolean =>
  (one.kind === 'report' && one.report.result !== 'confirmed' && (one.report.reached ?? 'person') !== 'person') ||
  ('transcript' in one && one.transcript?.talk?.voices?.only === true);

/**
 * Calls of which word came that only an automaton spoke. The record of one of several sessions is a part: it says so only beside the records
 * of all others, and where every session was heard of.
 */
function knownAutomata(run: Run): string[] {
  const heard = heardInTime(run);
  const isWhole = (callId: string): boolean => {
    const legs = run.world.legs.filter(({ call_id }) => call_id === callId);
    return legs.every(
      ({ conversations }) =>
        conversations.length < 2 ||
        conversations.every(({ conversation_id: id }) => {
          const of = heard.filter((one) => 'conversation_id' in one && one.conversation_id === id);
          const recorded = of.some((one) => one.kind === 'conversation' && one.status === 'done' && one.transcript);
          return recorded && of.some((one) => one.kind === 'bridge' && one.event === 'stream_started');
        }),
    );
  };
  return heard.flatMap((one) =>
    tellsOfAnAutomaton(one) && (one.kind !== 'conversation' || isWhole(one.call_id)) ? [one.call_id] : [],
  );
}

/** Words came that nobody could read, then or later: a person may have said them. */
function isUnread(run: Run, callId: string): boolean {
  const talks = heardInTime(run).flatMap((one) =>
    one.call_id === callId && 'transcript' in one && one.transcript ? [one.transcript] : [],
  );
  return (
    talks.some(({ talk, business_turns_after_greeting: turns }) => !talk && turns > 0) &&
    !talks.some(({ talk }) => talk)
  );
}

/** What a menu or a screener said is no answer of the business, once word came that nobody else spoke. */
export function automataDecideNothing(run: Run): string | undefined {
  const { outcome, world } = run;
  if (!outcome || outcome.channel === 'simulation' || !FROM_PEOPLE.includes(outcome.result)) return undefined;
  const said = world.legs.filter((leg) => leg.reported.some(({ result }) => result === outcome.result));
  if (said.length === 0 || said.some((leg) => leg.person)) return undefined;
  const told = knownAutomata(run);
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
  const told = knownAutomata(run).includes(last.call_id) && !isUnread(run, last.call_id);
  return told && world.legs.every((leg) => !leg.person)
    ? `only a ${meets(last.plan)} spoke, and a person is to look`
    : undefined;
}
