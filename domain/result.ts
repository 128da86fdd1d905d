import type { Channel } from './channels.ts';

import type { Citation, Doubt } from './talk/types.ts';

/** What an agent can report of a call (`report_result`). */
export const REPORT_RESULTS = [
  'confirmed',
  'declined',
  'no_availability',
  'callback_requested',
  'voicemail',
  'wrong_number',
  'do_not_call',
] as const;
export type ReportResult = (typeof REPORT_RESULTS)[number];

export const RESULTS = [
  ...REPORT_RESULTS,
  'unreachable',
  'invalid_number',
  'error',
  'needs_review',
  'canceled',
] as const;
export type Result = (typeof RESULTS)[number];

export const BOOKING_STATUSES = ['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled'] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];
/** Those of a booking that has its outcome. */
export const FINAL_STATUSES: readonly BookingStatus[] = ['completed', 'failed', 'needs_review', 'canceled'];

export const isFinalStatus = (status: string): boolean => (FINAL_STATUSES as readonly string[]).includes(status);

export const EVIDENCE_NAMES = ['report_result', 'post_call', 'conversation', 'call_status', 'transcript'] as const;
export type EvidenceName = (typeof EVIDENCE_NAMES)[number];

export type UnclearField = 'confirmed_date' | 'confirmed_time';

/** A report of one call: what somebody (or a machine) at the other end said. Dates `YYYY-MM-DD`, times `HH:MM`. */
export interface Report {
  result: ReportResult;
  confirmed_date?: string;
  confirmed_time?: string;
  /** The clock says `confirmed_time`, but which half of the day is not told: `4:00`. (`04:00`, `10:00` and `16:00` are exact.) */
  time_half_unknown?: boolean;
  notes?: string;
  /** What was said in these fields could not be used, and is in `said` as it came: two days, a condition, another zone's day. */
  unclear?: UnclearField[];
  said?: Partial<Record<UnclearField, string>>;
}

/**
 * What a `confirmed` rests on. `stated`: the business itself said day and time and gave the slot; `agreed`: the agent said part of it or
 * all, and the business agreed afterwards; `analyzed`: the words do not decide, the provider's analysis gives the same day and time;
 * `claimed`: there is no transcript to be had, or none in a language that is read.
 */
export const PROOF_LEVELS = ['stated', 'agreed', 'analyzed', 'claimed'] as const;
export type ProofLevel = (typeof PROOF_LEVELS)[number];

/** `value`: ISO date or HH:MM. The parts that no words carry are null. */
export interface Proof {
  level: ProofLevel;
  date: (Citation & { value: string }) | null;
  time: (Citation & { value: string }) | null;
  agreement: Citation | null;
}

/** The one honest end of a booking; once set it never changes. */
export interface Outcome {
  result: Result;
  channel: Channel | null;
  simulated: boolean;
  confirmed_date: string | null;
  confirmed_time: string | null;
  notes: string | null;
  evidence: EvidenceName[];
  /** What a `confirmed` rests on; null for every other result. */
  proof: Proof | null;
  /** Where a report `confirmed` was not carried: why, with the words that decided. */
  doubts?: Doubt[] | undefined;
}

const STATUS_OF: Record<Result, BookingStatus> = {
  confirmed: 'completed',
  declined: 'completed',
  no_availability: 'completed',
  callback_requested: 'completed',
  unreachable: 'failed',
  voicemail: 'failed',
  invalid_number: 'failed',
  wrong_number: 'failed',
  do_not_call: 'failed',
  error: 'failed',
  needs_review: 'needs_review',
  canceled: 'canceled',
};

/** The booking status that goes with a result (the contract's table). */
export const statusOf = (result: Result): BookingStatus => STATUS_OF[result];
