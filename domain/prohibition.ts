import type { Evidence } from './evidence.ts';

/**
 * Word of a wish never to be called again, in whatever way it came. It counts in the moment in which it is heard, not with the
 * outcome, and whatever else speaks against the result: nobody is rung by mistake because a prohibition was believed.
 */
export const asksNeverToBeCalled = (evidence: Evidence): boolean =>
  (evidence.kind === 'report' || evidence.kind === 'conversation') && evidence.report?.result === 'do_not_call';
