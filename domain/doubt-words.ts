import type { Citation, Doubt, DoubtCode } from './talk/types.ts';

/** Reasons why a talk does not support the reported appointment, for the person who reviews it. */
const WORDS: Record<DoubtCode, string> = {
  no_person: 'Nobody answered the agent but a machine, a menu or a hold line',
  not_agreed: 'The business did not say that it gives the appointment',
  asked_only: 'The business only asked back',
  denied: 'The business said no',
  hedged: 'The business hedged',
  tentative: 'The business only holds the slot for the time being',
  conditional: 'The business made it depend on something that was not met',
  waiting_list: 'The business only offered its waiting list',
  call_back: 'The business wants another call, or somebody’s word, first',
  elsewhere: 'The business said that it has to be booked elsewhere',
  moved: 'The business moved it afterwards',
  taken_back: 'The business took it back',
  two_slots: 'More than one slot was left open',
  other_errand: 'It was given for something or somebody else',
  not_meant: 'The business did not mean it',
  unconvincing: 'The talk as a whole does not sound as if an appointment was given',
  other_day: 'Another day was agreed than was reported',
  other_hour: 'Another hour was agreed than was reported',
  day_unclear: 'The talk does not say clearly which day was agreed',
  hour_unclear: 'The talk does not say clearly which hour was agreed',
  weekday_mismatch: 'The weekday that was said is not that of the date',
  day_past: 'The day was already past',
  day_too_far: 'The day is more than a year away',
  report_unclear: 'The day or the hour that was reported cannot be used',
  not_acceptable: 'The appointment is not one of those that may be taken',
  analysis_differs: 'The provider’s own analysis of the talk contradicts the report',
};

const quoted = ({ text, role, turn }: Citation): string =>
  `«${text}» (${role === 'agent' ? 'the agent, ' : ''}turn ${turn})`;

/** One doubt as a sentence that quotes its words: `The business hedged: «creo que sí» (turn 6).` */
export const doubtSentence = ({ code, cites }: Doubt): string =>
  `${[WORDS[code], cites.map(quoted).join(', ')].filter((part) => part !== '').join(': ')}.`;

/** Enough for a decision; the weightiest come first. */
const MOST = 3;

/** Each kind of doubt as a sentence, the weightiest first. */
export function doubtSentences(doubts: readonly Doubt[]): string[] {
  const kinds = doubts.filter(({ code }, at) => doubts.findIndex((other) => other.code === code) === at);
  return kinds.slice(0, MOST).map(doubtSentence);
}

/** The doubts in one text, the weightiest first, each kind once. */
export const doubtWords = (doubts: readonly Doubt[]): string => doubtSentences(doubts).join(' ');
