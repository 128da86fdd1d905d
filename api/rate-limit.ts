import { Problem } from './problem.ts';

/** Bound on the table: beyond it the least recently active callers are forgotten. */
const MAX_CALLERS = 10_000;

export interface Rate {
  perSecond: number;
  burst: number;
}

/** A token bucket per caller: `burst` at once, `perSecond` on average. `now` in milliseconds. */
export function tokenBuckets({ perSecond, burst }: Rate, now: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const tokensOf = (caller: string, at: number): number => {
    const before = buckets.get(caller);
    return Math.min(burst, before ? before.tokens + ((at - before.at) / 1_000) * perSecond : burst);
  };
  const secondsFor = (tokens: number): number => (tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond)));
  return {
    /** Whole seconds until this caller has a token; 0 when it has one now. Takes no token. */
    wait: (caller: string): number => secondsFor(tokensOf(caller, now())),
    /** Takes one token if there is one. Returns the seconds to wait if there is none. */
    take(caller: string): number {
      const at = now();
      const tokens = tokensOf(caller, at);
      buckets.delete(caller);
      buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
      if (buckets.size > MAX_CALLERS) buckets.delete(buckets.keys().next().value!);
      return secondsFor(tokens);
    },
  };
}

export const tooMany = (detail: string, seconds: number): Problem =>
  new Problem(429, detail, { headers: { 'retry-after': String(seconds) } });

/**
 * Limits the requests of each key. It guards one process: the limit of an installation is `rate` times its API processes.
 * @throws Problem 429 with the seconds to wait
 */
export function rateLimit(rate: Rate, now: () => number) {
  const buckets = tokenBuckets(rate, now);
  return (caller: string): void => {
    const wait = buckets.take(caller);
    if (wait > 0) throw tooMany(`More than ${rate.perSecond} requests a second with this key.`, wait);
  };
}
