import type { Channel } from './channels.ts';

import type { Reached } from './reached.ts';
import type { Citation, Doubt } from './talk/types.ts';

/** Results that an agent can report (`report_result`). */
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
  'expired',
  'error',
  'needs_review',
  'canceled',
] as const;
export type Result = (typeof RESULTS)[number];

export const BOOKING_STATUSES = ['queued', 'in_progress', 'completed', 'failed', 'needs_review', 'canceled'] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];
/** States of a booking that has its outcome. */
export const FINAL_STATUSES: readonly BookingStatus[] = ['completed', 'failed', 'needs_review', 'canceled'];

export const isFinalStatus = (status: string): boolean => (FINAL_STATUSES as readonly string[]).includes(status);

export const EVIDENCE_NAMES = ['report_result', 'post_call', 'conversation', 'call_status', 'transcript'] as const;
export type EvidenceName = (typeof EVIDENCE_NAMES)[number];

export type UnclearField = 'confirmed_date' | 'confirmed_time';

/** Report of one call: the answer of a person or a machine. Dates `YYYY-MM-DD`, times `HH:MM`. */
export interface Report {
  result: ReportResult;
  confirmed_date?: string;
  confirmed_time?: string;
  /** `confirmed_time` is a clock time without the half of the day: `4:00`. (`04:00`, `10:00` and `16:00` are exact.) */
  time_half_unknown?: boolean;
  notes?: string;
  /** The callee that answered, as the agent understood it; absent: it did not say. */
  reached?: Reached;
  /** Fields whose text could not be used; `said` has the text unchanged: two days, a condition, a day in another zone. */
  unclear?: UnclearField[];
  said?: Partial<Record<UnclearField, string>>;
  /** Slots that the business offered and nobody took. */
  offers?: Offer[];
  /** The day of the call that the business asked for: an ISO date, or a day that only the day of the talk can place. */
  callback_date?: string;
  callback_day?: NamedDay;
  /** Its time by the business's clock; of two readings ("a las cinco") the one in which businesses are open. */
  callback_time?: string;
  /** Day or time of the call that the business asked for were given, but could not be used. */
  callback_unclear?: true;
}

/** A day, ISO date, and perhaps a time, HH:MM, that the business offered. */
export interface Offer {
  date: string;
  time?: string;
  note?: string;
}

/** A day as people name it: days after the talk, a weekday (0 Sunday … 6 Saturday), or a day of a month (1 … 12) or of any month. */
export type NamedDay = { ahead: number } | { weekday: number } | { day: number; month?: number; weekday?: number };

/**
 * The same result for the same appointment. Notes, offers and the time of a callback may differ: a record that was collected after the talk
 * rarely has them all. Two times of a callback are no time (`callback.ts`).
 */
export const sameReport = (a: Report, b: Report): boolean =>
  a.result === b.result && a.confirmed_date === b.confirmed_date && a.confirmed_time === b.confirmed_time;

/**
 * Basis of a `confirmed`. `stated`: the business itself said day and time and gave the slot; `agreed`: the agent said some or all of it,
 * and the business agreed afterwards; `analyzed`: the words leave it open, and the provider's analysis gives the same day and time;
 * `claimed`: there is no transcript, or none in a language that is read.
 */
export const PROOF_LEVELS = ['stated', 'agreed', 'analyzed', 'claimed'] as const;
export type ProofLevel = (typeof PROOF_LEVELS)[number];

/** `value`: ISO date or HH:MM. Parts without words are null. */
export interface Proof {
  level: ProofLevel;
  date: (Citation & { value: string }) | null;
  time: (Citation & { value: string }) | null;
  agreement: Citation | null;
}

/** The one honest end of a booking. It never changes. */
export interface Outcome {
  result: Result;
  channel: Channel | null;
  simulated: boolean;
  confirmed_date: string | null;
  confirmed_time: string | null;
  notes: string | null;
  evidence: EvidenceName[];
  /** Basis of a `confirmed`; null for every other result. */
  proof: Proof | null;
  /** Slots that the business offered in any talk and nobody took. */
  offers: Offer[];
  /** The call that the business asked for, with `callback_requested`: ISO 8601 with the business's offset; null: no time was understood. */
  callback_at: string | null;
  /** For a `confirmed` report without support: the reasons, with the decisive words. */
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
  expired: 'failed',
  wrong_number: 'failed',
  do_not_call: 'failed',
  error: 'failed',
  needs_review: 'needs_review',
  canceled: 'canceled',
};

/** The booking's state for a result (the contract's table). */
export const statusOf = (result: Result): BookingStatus => STATUS_OF[result];
