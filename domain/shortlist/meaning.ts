import type { Result } from '../result.ts';

/**
 * The meaning of a candidate's result for the shortlist:
 * - `settles`: there is an appointment, and nobody else is called;
 * - `halts`: there may be one, so nobody else is called until a person decides;
 * - `later`: the business asked for a call at a time; it gets it after all other candidates;
 * - `next`: there is none, and the turn passes on;
 * - `not_asked`: the booking was canceled by hand, and the turn passes on.
 */
export type Meaning = 'settles' | 'halts' | 'later' | 'next' | 'not_asked';

/** `lost`: the booking was erased before its result was read. */
export type CandidateResult = Result | 'lost';

const MEANING: Record<CandidateResult, Meaning> = {
  confirmed: 'settles',
  needs_review: 'halts',
  lost: 'halts',
  callback_requested: 'later',
  declined: 'next',
  no_availability: 'next',
  unreachable: 'next',
  voicemail: 'next',
  wrong_number: 'next',
  invalid_number: 'next',
  do_not_call: 'next',
  expired: 'next',
  error: 'next',
  canceled: 'not_asked',
};

/** `callback_at`: the understood time of a requested call (ms since 1970). Without one there is nothing to wait for. */
export function meaningOf(result: CandidateResult, callback_at?: number | undefined): Meaning {
  // A result of a later version may be an appointment.
  const meaning = (MEANING as Partial<Record<string, Meaning>>)[result] ?? 'halts';
  return meaning === 'later' && callback_at === undefined ? 'next' : meaning;
}

/** True when the candidate may have written down an appointment: then no other candidate is called. */
export const mayHaveBooked = (result: CandidateResult): boolean => ['settles', 'halts'].includes(meaningOf(result));
