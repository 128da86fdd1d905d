import type { Citation, Doubt, DoubtCode } from './talk/types.ts';

/** Each doubt as the reason why an appointment is left to a person. */
const WORDS: Record<DoubtCode, string> = {
  no_person: 'nobody but a machine, a menu or a hold line spoke',
  not_agreed: 'the business said nothing that gives the appointment',
  asked_only: 'the business only asked back',
  denied: 'the business denied it',
  hedged: 'the business was not sure',
  tentative: 'the business only holds it for the time being',
  conditional: 'it depends on something that was not met',
  waiting_list: 'it is a place on a waiting list',
  call_back: 'another call, or somebody’s word, is to come first',
  elsewhere: 'it has to be booked elsewhere',
  moved: 'the business moved it afterwards',
  taken_back: 'the business took it back',
  two_slots: 'more than one appointment was left open',
  other_errand: 'it was given for something or somebody else',
  not_meant: 'the business did not mean it',
  unconvincing: 'the talk as a whole does not sound as if an appointment was given',
  other_day: 'another day was agreed than was reported',
  other_hour: 'another hour was agreed than was reported',
  day_unclear: 'the words do not give the day',
  hour_unclear: 'the words do not give the hour',
  weekday_mismatch: 'the weekday that was said is not that date’s',
  day_past: 'the day is past',
  day_too_far: 'the day is more than a year away',
  report_unclear: 'the day or the time of the report cannot be used',
  analysis_differs: 'the provider’s analysis of the talk differs from the report',
};

const quoted = ({ text, role, turn }: Citation): string => `“${text}” (${role}, turn ${turn})`;

/** The weightiest doubt in words, with the words of the talk that decided: `the business was not sure: “creo que sí” (business, turn 6)`. */
export function whyNot([first]: readonly Doubt[]): string {
  const { code, cites } = first ?? { code: 'not_agreed', cites: [] };
  return [WORDS[code], cites.map(quoted).join(', ')].filter(Boolean).join(': ');
}
