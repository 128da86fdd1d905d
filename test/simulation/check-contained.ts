import type { Evidence } from '../../domain/evidence.ts';
import { askedIn, isWanted } from './check-callbacks.ts';
import { tellsOfAnAutomaton } from './check-endurance.ts';
import type { Run } from './run.ts';

const INSTANT_MS = 100;

/** Word that somebody picked up. */
export const tellsOfAnAnswer = (one: Evidence): boolean =>
  (one.kind === 'call_status' && one.status === 'in-progress') ||
  (one.kind === 'bridge' && one.event === 'stream_started') ||
  (one.kind === 'report' && one.report.result !== 'voicemail') ||
  (one.kind === 'conversation' && one.source === 'post_call' && (one.transcript?.business_turns ?? 0) > 0);

const tellsOfAMachine = (one: Evidence): boolean =>
  (one.kind === 'call_status' && /^(machine|fax)/.test(one.answered_by ?? '')) ||
  (one.kind === 'report' && one.report.result === 'voicemail') ||
  tellsOfAnAutomaton(one) ||
  (one.kind === 'conversation' && (one.call_result === 'voicemail' || one.report?.result === 'voicemail'));

/** The words of a talk that was written down whole show that a person spoke. */
function tellsOfAPerson(one: Evidence): boolean {
  if (!('transcript' in one) || (one.kind === 'bridge' && one.event !== 'talk_ended')) return false;
  const { business_turns_after_greeting = 0, talk } = one.transcript ?? {};
  if (talk?.voices) return (talk.voices.answers ?? 0) >= 2;
  return (
    business_turns_after_greeting >= 2 &&
    talk?.readable === true &&
    talk.doubts.every(({ code }) => code !== 'no_person')
  );
}

/**
 * Whatever assumption is broken: once word has come that somebody picked up, by whatever leg, nobody else is rung, unless word
 * came that it was a machine, which a person's words outweigh, or that person asked for this dial.
 */
export function wordIsHeeded(run: Run): string | undefined {
  const { world } = run;
  for (const request of world.requests) {
    // Also word that came while nothing of ours ran: a dial that waited as well asks its workflow when both wake up.
    const before = world.delivered.filter((one) => one.at < request.at - INSTANT_MS);
    const machines = new Set(
      world.delivered.flatMap(({ at, evidence }) =>
        at <= request.at && tellsOfAMachine(evidence) ? [evidence.call_id] : [],
      ),
    );
    for (const { evidence } of before) if (tellsOfAPerson(evidence)) machines.delete(evidence.call_id);
    // Of two people who both asked, on legs of which one should not have been, the one who wants it last is called: that answers both.
    const isForBoth = run.schedule.broken !== 'none' && askedIn(run, request) !== undefined;
    const asked = (callId: string): boolean =>
      world.legs.some(
        (leg) =>
          leg.call_id === callId &&
          (isWanted(run, leg, request) || (isForBoth && leg.asks_at !== undefined && leg.asks_at <= request.at)),
      );
    const word = before.find(
      ({ evidence }) => tellsOfAnAnswer(evidence) && !machines.has(evidence.call_id) && !asked(evidence.call_id),
    );
    if (word) return `dial ${request.n} leaves though word of ${word.evidence.call_id} had come`;
  }
  return undefined;
}
