/**
 * Whether the provider's record of a conversation changes no more. `processing` is not final: the talk is over, and its transcript
 * still to come. Takes any text, as a status that was stored.
 */
export const isFinalRecord = (status: string | undefined): boolean => status === 'done' || status === 'failed';
