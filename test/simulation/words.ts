import type { TranscriptDigest } from '../../domain/evidence.ts';
import type { Analysis } from '../../domain/proof.ts';
import type { Citation, Doubt, DoubtCode, TalkFinding } from '../../domain/talk/types.ts';

/** What was said of the appointment, as whoever wrote it down understood it. */
export type Words =
  | 'gives'
  | 'hedges'
  | 'denies'
  | 'takes_back'
  | 'another_hour'
  | 'leaves_open'
  /** In a language that nobody here reads. */
  | 'not_read';

/** What the provider's own analysis says of it. */
export type AnalysisPlan = 'none' | 'agrees' | 'differs';

const DAY_MS = 86_400_000;
export const TIME = '16:00';
const ANOTHER_TIME = '17:30';

const NOT_GIVEN: readonly Words[] = ['hedges', 'denies', 'takes_back'];

/** Whether these words give the appointment at that hour, speak against it, or do neither. */
export function stand(words: Words, time: string | null): 'for' | 'against' | 'open' {
  if (NOT_GIVEN.includes(words)) return 'against';
  if (words === 'leaves_open' || words === 'not_read') return 'open';
  return (words === 'gives' ? TIME : ANOTHER_TIME) === time ? 'for' : 'against';
}

/** The day that every agent of a world reports: late enough for a booking that waits for its hours. */
export const dayOf = (start: number): string => new Date(start + 60 * DAY_MS).toISOString().slice(0, 10);

const cite = (text: string, turn: number): Citation => ({ text, role: 'business', turn, at_seconds: turn * 3 });
const doubt = (code: DoubtCode, text: string): Doubt => ({ code, cites: [cite(text, 3)] });

function findingOf(words: Words, start: number): TalkFinding {
  const common = { called_on: new Date(start).toISOString().slice(0, 10), readable: true, doubts: [] };
  const date = { ...cite('ese día', 1), values: [dayOf(start)] };
  const time = (value: string) => ({ ...cite('a esa hora', 1), values: [value] });
  const given = { ...common, date, time: time(TIME), agreement: cite('quedó anotado', 3), level: 'stated' as const };
  switch (words) {
    case 'gives':
      return given;
    case 'another_hour':
      return { ...given, time: time(ANOTHER_TIME) };
    case 'hedges':
      return { ...given, doubts: [doubt('hedged', 'creo que sí')] };
    case 'takes_back':
      return { ...given, doubts: [doubt('taken_back', 'no, mejor no')] };
    case 'denies':
      return { ...common, doubts: [doubt('denied', 'no tenemos nada')] };
    case 'leaves_open':
      return { ...common, date, time: time(TIME), doubts: [doubt('not_agreed', 'ajá')] };
    case 'not_read':
      return { ...common, readable: false };
  }
}

/** A transcript of a talk in which two people spoke. */
export const spokenWords = (words: Words, start: number): TranscriptDigest => ({
  agent_turns: 3,
  business_turns: 2,
  business_turns_after_greeting: 2,
  talk: findingOf(words, start),
});

/** The greeting of a machine, and the agent's first words. */
export const machineWords = (start: number): TranscriptDigest => ({
  agent_turns: 1,
  business_turns: 1,
  business_turns_after_greeting: 0,
  talk: { ...findingOf('not_read', start), readable: true, doubts: [doubt('no_person', 'deje su mensaje')] },
});

export const analysisOf = (plan: AnalysisPlan, start: number): Analysis | undefined =>
  plan === 'none'
    ? undefined
    : plan === 'agrees'
      ? { date: dayOf(start), time: TIME, confirmed: true }
      : { confirmed: false };
