/**
 * True when the provider's record of a conversation is final. `processing` is not final: the talk is over, but its transcript is still
 * missing. Accepts any text, because stored states are texts.
 */
export const isFinalRecord = (status: string | undefined): boolean => status === 'done' || status === 'failed';
