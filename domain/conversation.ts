/**
 * True when the provider's record of a conversation is final. `processing` is not final: the talk is over, but its transcript is still
 * missing. Accepts any text, because stored states are texts.
 */
export const isFinalRecord = (status: string | undefined): boolean => status === 'done' || status === 'failed';

/** True for a registered conversation that no call was joined to, or not yet: nobody talked in it. */
export const isUnjoined = ({ status, call_sid }: { status: string; call_sid?: string | undefined }): boolean =>
  status === 'initiated' && call_sid === undefined;
