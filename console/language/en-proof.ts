import type { ProofLevel } from '../../domain/result.ts';
import type { DoubtCode } from '../../domain/talk/types.ts';

const level: Record<ProofLevel, string> = {
  stated: 'Stated',
  agreed: 'Agreed',
  analyzed: 'Analyzed',
  claimed: 'Claimed',
};

const explained: Record<ProofLevel, string> = {
  stated: 'The business itself said the day and the hour, and gave the appointment.',
  agreed: 'The agent said the day or the hour, and the business agreed to it.',
  analyzed:
    'The words do not decide it. The provider’s own analysis of the talk gives the same day and hour, and nothing speaks against it.',
  claimed: 'Only the agent says so: there is no transcript, or none in a language that is read.',
};

const doubt: Record<DoubtCode, string> = {
  no_person: 'Nobody answered but a machine, a menu or a hold line',
  not_agreed: 'The business did not say that it gives the appointment',
  asked_only: 'The business only asked back',
  denied: 'The business said no',
  hedged: 'The business was not sure',
  tentative: 'The business only holds the slot for now',
  conditional: 'The business made it depend on something that was not met',
  waiting_list: 'The business only offered its waiting list',
  call_back: 'Another call, or somebody’s word, is to come first',
  elsewhere: 'It has to be booked elsewhere',
  moved: 'The business moved it afterwards',
  taken_back: 'The business took it back',
  two_slots: 'More than one slot was left open',
  other_errand: 'It was given for something or somebody else',
  not_meant: 'The business did not mean it',
  unconvincing: 'The talk does not sound like one in which the appointment was given',
  other_day: 'Another day was agreed than was reported',
  other_hour: 'Another hour was agreed than was reported',
  day_unclear: 'It is not clear which day was agreed',
  hour_unclear: 'It is not clear which hour was agreed',
  weekday_mismatch: 'The weekday that was said is not that date’s',
  day_past: 'That day is past already',
  day_too_far: 'That day is more than a year away',
  report_unclear: 'The day or the hour of the report cannot be used',
  analysis_differs: 'The provider’s analysis of the talk differs from the report',
};

/** What an outcome rests on, and why it does not settle a booking. */
export const PROOF = {
  title: 'What it rests on',
  level,
  explained,
  day: 'Day',
  hour: 'Hour',
  agreement: 'Agreement',
  said: { business: 'The business said', agent: 'The agent said' },
  hear: 'Hear',
  stop: 'Stop',
  show: 'Show in the transcript',
  whyNot: 'Why a person has to decide',
  doubt,
  reported: 'The agent reported',
  spokenOf: 'In the talk',
};
