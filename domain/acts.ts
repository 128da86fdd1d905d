/** Deeds of operators that are kept with the name of the operator. */
export const ACTS = [
  'cancel',
  'erase',
  'allow',
  'cancel_batch',
  'cancel_row',
  'erase_batch',
  'cancel_shortlist',
] as const;
export type ActKind = (typeof ACTS)[number];
