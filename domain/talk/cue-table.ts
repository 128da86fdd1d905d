import type { DoubtCode } from './types.ts';

/**
 * Roles of a phrase in a talk: `commit` gives the slot, `offer` proposes one, `wait` interrupts; the others raise the doubt of the same
 * name.
 */
export type CueKind =
  | 'commit'
  /** It expects to see somebody. It is about the errand's person only when that person's slot was mentioned before. */
  | 'farewell'
  | 'offer'
  | 'wait'
  /** This business does not do it, or somebody else does. */
  | 'not_here'
  /** On a list: of those who wait, or of those who come. */
  | 'listed'
  /** The business regrets something. */
  | 'sorry'
  /** The business did not hear, or does not know the speaker. */
  | 'unheard'
  | Extract<
      DoubtCode,
      | 'denied'
      | 'taken_back'
      | 'hedged'
      | 'tentative'
      | 'conditional'
      | 'waiting_list'
      | 'call_back'
      | 'elsewhere'
      | 'two_slots'
      | 'not_meant'
      | 'no_person'
    >;

/** Regular expressions without flags, for normalised text; each matches whole words. */
export type CueTable = Record<CueKind, readonly string[]>;
