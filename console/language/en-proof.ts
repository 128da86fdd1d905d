import type { ProofLevel } from '../../domain/result.ts';
import type { DoubtCode } from '../../domain/talk/types.ts';

const level: Record<ProofLevel, string> = {
  stated: 'Stated',
  agreed: 'Agreed',
  analyzed: 'Analyzed',
  claimed: 'Claimed',
};

const explained: Record<ProofLevel, string> = {
  stated: 'The business itself said the day and the time, and gave the appointment.',
  agreed: 'The agent said the day or the time, and the business agreed to it.',
  analyzed:
    'The words leave it open. The provider’s own analysis of the talk gives the same day and time, and nothing speaks against it.',
  claimed: 'Only the agent says so: there is no transcript, or none in a language that Vocero reads.',
};

const doubt: Record<DoubtCode, string> = {
  no_person: 'Only a machine, a menu or a hold line answered',
  not_agreed: 'The business did not say that it gives the appointment',
  asked_only: 'The business only asked a question',
  denied: 'The business said no',
  hedged: 'The business was not sure',
  tentative: 'The business only holds the time for now',
  conditional: 'The business set a condition that was not met',
  waiting_list: 'The business only offered its waiting list',
  call_back: 'Another call, or somebody’s approval, has to come first',
  elsewhere: 'The appointment has to be booked elsewhere',
  moved: 'The business changed it afterwards',
  taken_back: 'The business took it back',
  two_slots: 'More than one time was left open',
  other_errand: 'The appointment is for something or somebody else',
  not_meant: 'The business was not serious',
  unconvincing: 'The talk as a whole does not sound as if an appointment was given',
  other_day: 'The agreed day differs from the reported one',
  other_hour: 'The agreed time differs from the reported one',
  day_unclear: 'It is not clear which day was agreed',
  hour_unclear: 'It is not clear which time was agreed',
  weekday_mismatch: 'The weekday does not match the date',
  day_past: 'That day has passed',
  day_too_far: 'That day is more than a year away',
  report_unclear: 'The reported day or time cannot be used',
  not_acceptable: 'The appointment is not one of those that may be taken',
  analysis_differs: 'The provider’s analysis of the talk differs from the report',
};

/** The texts for proof and doubts. */
export const PROOF = {
  title: 'Proof',
  level,
  explained,
  day: 'Day',
  hour: 'Time',
  agreement: 'Agreement',
  said: { business: 'The business said', agent: 'The agent said' },
  hear: 'Listen',
  stop: 'Stop',
  show: 'Show in the transcript',
  whyNot: 'Why a person has to decide',
  doubt,
  reported: 'The agent reported',
  spokenOf: 'In the talk',
};
