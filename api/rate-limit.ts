import { Problem } from './problem.ts';

/** Forget the callers that have been away longest, so that the table cannot grow without end. */
const MOST_CALLERS = 10_000;

/**
 * A token bucket per caller: `burst` requests at once, `perSecond` on average. Throws `429` with the seconds to wait.
 * It guards one process: the limit of an installation is this times its API processes.
 */
export function rateLimit({ perSecond, burst }: { perSecond: number; burst: number }, now: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (caller: string): void => {
    const at = now();
    const before = buckets.get(caller);
    const tokens = Math.min(burst, before ? before.tokens + ((at - before.at) / 1_000) * perSecond : burst);
    buckets.delete(caller);
    buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
    if (buckets.size > MOST_CALLERS) buckets.delete(buckets.keys().next().value!);
    if (tokens >= 1) return;
    throw new Problem(429, `More than ${perSecond} requests a second with this key.`, {
      headers: { 'retry-after': String(Math.max(1, Math.ceil((1 - tokens) / perSecond))) },
    });
  };
}
