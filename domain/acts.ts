/** Deeds of operators that are kept with the name of the operator. */
export const ACTS = [
  'cancel',
  'erase',
  'review',
  'forbid',
  'allow',
  'start_batch',
  'pause_batch',
  'resume_batch',
  'change_batch',
  'cancel_batch',
  'cancel_row',
  'erase_batch',
  'cancel_shortlist',
  'hold_dialing',
  'resume_dialing',
] as const;
export type ActKind = (typeof ACTS)[number];

/** In place of an operator's key: a command on the machine itself, which asks for no key. */
export const TERMINAL = 'terminal';
