import type { Evidence } from './evidence.ts';

/**
 * True for evidence of a request never to be called again, from any source. It counts as soon as it arrives, not with the outcome, and even
 * when other evidence contradicts the result: a wrongly believed request calls nobody by mistake.
 */
export const asksNeverToBeCalled = (evidence: Evidence): boolean =>
  (evidence.kind === 'report' || evidence.kind === 'conversation') && evidence.report?.result === 'do_not_call';
