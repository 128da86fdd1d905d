import type { UsageView } from '../domain/schemas/usage.ts';
import { costOf, type Usage } from '../domain/usage.ts';
import type { ApiSettings } from './deps.ts';

const TEN_THOUSANDTHS = 10_000;

/** Calls, talk and estimated cost in the shape of the API. */
export function usageView(usage: Usage, { rates }: Pick<ApiSettings, 'rates'>): UsageView {
  const { answered: answered_calls, talk_seconds } = usage;
  if (!rates) return { answered_calls, talk_seconds, estimated_cost: null };
  const { twilio, elevenlabs } = costOf(usage, rates);
  const amount = Math.round((twilio + elevenlabs) * TEN_THOUSANDTHS) / TEN_THOUSANDTHS;
  return { answered_calls, talk_seconds, estimated_cost: { amount, currency: rates.currency } };
}
