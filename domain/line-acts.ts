/** An act of the agent on the line, as a part of its transcript. */
export interface LineAct {
  /** It pressed these keys. */
  keys?: string | undefined;
  /** It began to wait on hold. */
  on_hold?: true | undefined;
}

/** The text of an act, for readers that know only words. In brackets, as sounds are. */
export const actText = ({ keys }: LineAct): string => (keys === undefined ? '[on hold]' : `[keys: ${keys}]`);

/** The act of a turn; empty: it is words. */
export const actOf = ({ keys, on_hold }: LineAct): LineAct => ({
  ...(keys === undefined ? {} : { keys }),
  ...(on_hold ? { on_hold } : {}),
});

/** True for words; false for an act. */
export const isSpoken = (turn: LineAct): boolean => turn.keys === undefined && !turn.on_hold;
