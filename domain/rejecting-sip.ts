import type { Problem } from './evidence.ts';

/**
 * SIP answers to a call that was rejected before anybody spoke. 603: declined by the callee, its phone or its carrier (RFC 3261); 607:
 * unwanted, the callee asks for no further calls from this number (RFC 8197); 608: blocked by an analytics service of the carrier (RFC
 * 8688).
 */
const MEANINGS = {
  603: 'The callee, its phone or its carrier declined the call; nobody spoke.',
  607: 'The callee does not want calls from this number; nobody spoke.',
  608: 'A service of the carrier blocked the call as unwanted; nobody spoke.',
} as const;

export type RejectingSip = keyof typeof MEANINGS;
export const REJECTING_SIP = Object.keys(MEANINGS).map(Number) as RejectingSip[];

export const rejects = (sip: number | undefined): sip is RejectingSip => sip !== undefined && sip in MEANINGS;

/** Error of a rejected attempt: apart from busy and unreachable, whatever its call's status. */
export const problemOfRejection = (sip: RejectingSip): Problem => ({ code: `sip_${sip}`, message: MEANINGS[sip] });
