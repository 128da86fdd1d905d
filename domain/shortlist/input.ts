import { callbackPolicyOf } from '../callback-policy.ts';
import { PHONE_CHANNELS } from '../channels.ts';
import { policyOf } from '../policy.ts';
import type { ShortlistInput } from './state.ts';
import type { ShortlistOrder } from './view.ts';

/** The input of the workflow of an accepted shortlist. */
export const shortlistInputOf = (
  { id, candidates, created_at, decide_by, escalation }: ShortlistOrder,
  sandbox: boolean,
): ShortlistInput => ({
  id,
  candidates: candidates.length,
  created_at,
  ...(decide_by !== undefined && { decide_by }),
  phones: PHONE_CHANNELS.some((channel) => policyOf({ escalation }, channel).enabled),
  simulation: escalation.simulation.enabled,
  callback: callbackPolicyOf({ escalation }),
  sandbox,
});
