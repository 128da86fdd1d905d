import { callbackPolicyOf } from '../domain/callback-policy.ts';
import { PHONE_CHANNELS } from '../domain/channels.ts';
import type { Escalation } from '../domain/order.ts';
import { isNamed, policyOf } from '../domain/policy.ts';
import type { BookingRequest } from '../domain/schemas/booking-request.ts';
import type { Asking } from '../domain/shortlist/state.ts';
import type { ShortlistOrder } from '../domain/shortlist/view.ts';

/** A shortlist calls back by itself, after all others, and simulates by itself, after all others. */
function escalationFor(escalation: Escalation, as: Asking): Escalation {
  const simulates = as === 'simulation';
  const named = PHONE_CHANNELS.filter((channel) => isNamed({ escalation }, channel));
  const phones = named.map((channel) => {
    const policy = policyOf({ escalation }, channel);
    return [channel, { ...policy, enabled: policy.enabled && !simulates }];
  });
  return {
    ...Object.fromEntries(phones),
    simulation: { ...escalation.simulation, enabled: simulates },
    callback: { ...callbackPolicyOf({ escalation }), enabled: false },
  };
}

/** The request of a candidate's booking; undefined: the candidate or the person was erased. `candidate` counts from 1. */
export function candidateRequest(order: ShortlistOrder, candidate: number, as: Asking): BookingRequest | undefined {
  const business = order.candidates[candidate - 1]?.business;
  if (!business || !order.request) return undefined;
  const { preferred_day: _, ...request } = order.request;
  const { language, agent, metadata, decide_by } = order;
  return {
    business,
    request,
    ...(language !== undefined && { language }),
    ...(agent && { agent }),
    escalation: escalationFor(order.escalation, as) as BookingRequest['escalation'],
    metadata,
    ...(decide_by !== undefined && { not_after: decide_by }),
  };
}
