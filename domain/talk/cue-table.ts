import type { DoubtCode } from './types.ts';

/**
 * What a stretch of words may do in a talk: `commit` gives the slot, `offer` proposes one, `wait` interrupts; each of the others is the
 * doubt that it raises.
 */
export type CueKind =
  | 'commit'
  /** It looks forward to seeing somebody: of the one who calls only where it had spoken of the slot before. */
  | 'farewell'
  | 'offer'
  | 'wait'
  /** What was asked for is not done there, or somebody else does it. */
  | 'not_here'
  /** On a list: of those who wait, or of those who come. */
  | 'listed'
  /** It regrets something. */
  | 'sorry'
  /** The business did not hear, or does not know who speaks. */
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
