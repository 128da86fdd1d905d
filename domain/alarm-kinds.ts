import { PHONE_CHANNELS, type PhoneChannel } from './channels.ts';

const KINDS = [
  'booking_overdue',
  'calls_rejected',
  'circuit_open',
  'dial_not_taken',
  'held_after_restore',
  'no_bridge',
  'no_right_to_hang_up',
  'not_erased',
  'not_on_record',
  'other_engine',
  'outcome_contradicted',
  'run_lost',
  'run_without_booking',
  'storage_full',
  'stores_disagree',
  'workflow_silent',
] as const;

/** A problem that operators must mend. docs/runbook.md says how. */
export type AlarmKind = (typeof KINDS)[number] | `${PhoneChannel}_refused`;

/** Every kind of alarm, in no order. */
export const ALARM_KINDS: readonly AlarmKind[] = [
  ...KINDS,
  ...PHONE_CHANNELS.map((channel) => `${channel}_refused` as const),
];

/** Name before 0.2 of `outcome_contradicted` by evidence. Rules of operators may still count it. */
export const EARLIER_KIND = 'outcome_belied';

/** Values of the label `kind` of `vocero_alarms`. */
export const COUNTED_KINDS: readonly CountedKind[] = [...ALARM_KINDS, EARLIER_KIND];
export type CountedKind = AlarmKind | typeof EARLIER_KIND;
