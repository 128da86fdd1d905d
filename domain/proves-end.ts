import { PHONE, type PhoneChannel } from './channels.ts';
import { isFinalRecord } from './conversation.ts';
import type { Evidence } from './evidence.ts';
import { isTerminal } from './leg.ts';

/**
 * True for evidence that nobody talks to the callee any more: the call has ended, or its one conversation.
 */
export function provesEnd(evidence: Evidence, channel: PhoneChannel): boolean {
  if (evidence.kind === 'call_status') return isTerminal(evidence.status);
  const { media, fallsBack } = PHONE[channel];
  // Only there is a conversation surely the whole talk.
  if (evidence.kind !== 'conversation' || media !== 'provider' || fallsBack) return false;
  return evidence.status === 'processing' || isFinalRecord(evidence.status);
}
