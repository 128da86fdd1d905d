/** Behaviour of the callee once the phone rings. */
export const BEHAVIOURS = [
  'answer-and-book',
  'says-bye',
  'hedges',
  'takes-back',
  'other-hour',
  'answer-and-decline',
  'no-availability',
  'callback',
  'call-me-at',
  'wrong-number',
  'do-not-call',
  'busy',
  'no-answer',
  'voicemail',
  'invalid',
  'failed',
  'hangup-midcall',
  'silent-line',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];
