import type { TranscriptDigest } from '../../domain/evidence.ts';
import type { Automaton } from '../../domain/reached.ts';
import type { Report, ReportResult } from '../../domain/result.ts';
import type { Doubt, Voices } from '../../domain/talk/types.ts';
import { Random } from './random.ts';
import type { DialPlan, Schedule } from './schedule.ts';

/** What a call meets on the line before a person, or instead of one. */
export const MEETINGS = [
  'nothing',
  'hold',
  'hold_line',
  'menu',
  'screener',
  'left_on_hold',
  'hold_line_only',
  'menu_only',
  'screener_declines',
] as const;
export type Meeting = (typeof MEETINGS)[number];

/** How an agent tells of an automaton that was all it reached. `misheard`: it takes the automaton's words for the business's. */
export type AutomatonReport = 'named' | 'voicemail' | 'misheard' | 'misheard_named' | 'none';

const AUTOMATA: Partial<Record<Meeting, Automaton>> = {
  hold_line: 'hold',
  hold_line_only: 'hold',
  menu: 'menu',
  menu_only: 'menu',
  screener: 'screener',
  screener_declines: 'screener',
};
const NOBODY: readonly Meeting[] = ['hold_line_only', 'menu_only', 'screener_declines'];
const MISHEARD: readonly ReportResult[] = ['declined', 'no_availability', 'callback_requested'];
/** Longest hold: it must fit into the caps of most calls. */
const HOLD_MS = 50_000;

export const meets = ({ callee, meeting }: DialPlan): Meeting => (callee === 'talks' ? meeting : 'nothing');
export const isNobody = (plan: DialPlan): boolean => NOBODY.includes(meets(plan));
export const isHeld = (plan: DialPlan): boolean => ['hold', 'hold_line', 'left_on_hold'].includes(meets(plan));
export const heldMs = (plan: DialPlan): number => (isHeld(plan) ? plan.held_ms : 0);

/** Numbers of their own: what a seed brings otherwise stays what it was. */
const APART = 2_000_003;

/** In some calls a hold, a menu or a screener. */
export function addEnduranceTo(schedule: Schedule): void {
  const random = new Random(schedule.seed + APART);
  // Most bookings meet none of it.
  if (!random.chance(0.35)) return;
  for (const dial of schedule.dials) {
    const meeting = random.pick(MEETINGS.slice(1));
    if (random.chance(0.8)) dial.meeting = meeting;
    dial.held_ms = random.int(5_000, HOLD_MS);
    dial.automaton_report = random.weighted({ named: 4, voicemail: 2, misheard: 2, misheard_named: 1, none: 1 });
  }
}

const doubt = (turn: number): Doubt => ({
  code: 'no_person',
  cites: [{ text: 'marque uno', role: 'business', turn, at_seconds: turn * 3 }],
});

/** The words of a talk, with what was met before them. */
export function metBefore(plan: DialPlan, digest: TranscriptDigest): TranscriptDigest {
  const automaton = AUTOMATA[meets(plan)];
  const { talk } = digest;
  if (!automaton || !talk?.readable) return digest;
  const voices: Voices = { automaton, turn: 0, answers: 2 };
  // A slot that was given afterwards removes the doubt.
  const doubts = talk.agreement ? talk.doubts : [...talk.doubts, doubt(0)];
  return { ...digest, talk: { ...talk, doubts, voices } };
}

/** The words of a call in which nobody came to the phone, or came back to it. */
export function wordsOfNobody(plan: DialPlan, start: number): TranscriptDigest {
  const automaton = AUTOMATA[meets(plan)];
  const called_on = new Date(start).toISOString().slice(0, 10);
  const turns = automaton ? 3 : 1;
  return {
    agent_turns: 2,
    business_turns: turns,
    business_turns_after_greeting: turns,
    talk: {
      called_on,
      readable: true,
      doubts: automaton ? [doubt(3)] : [{ code: 'not_agreed', cites: [] }],
      ...(automaton ? { voices: { automaton, turn: 3, only: true } } : { asked_to_wait: true }),
    },
  };
}

/** What the agent reports of a call in which nobody answered it in words; undefined: it is another call. `null`: nothing. */
export function reportOfNobody(plan: DialPlan): Report | null | undefined {
  const meeting = meets(plan);
  if (meeting === 'left_on_hold') return null;
  if (!isNobody(plan)) return undefined;
  const reached = AUTOMATA[meeting]!;
  const misheard = MISHEARD[plan.held_ms % MISHEARD.length]!;
  switch (plan.automaton_report) {
    case 'named':
      return { result: 'voicemail', reached };
    case 'voicemail':
      return { result: 'voicemail' };
    case 'misheard':
      return { result: misheard };
    case 'misheard_named':
      return { result: misheard, reached };
    case 'none':
      return null;
  }
}
