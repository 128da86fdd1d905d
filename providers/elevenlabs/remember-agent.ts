import type { AgentCheck } from './agent-check.ts';

/** Time for which an agent's settings count as current, and pause before another try after a failure. */
const FRESH_MS = 600_000;
const AGAIN_MS = 30_000;
/** Longest time that a dial waits for the first read of an agent. */
const PATIENCE_MS = 2_000;

/**
 * Settings of an agent, cached. A call with an override that the agent does not permit fails. So an optional override (the cap) is sent
 * only when the settings are known to permit it, and a wish (the language) unless they are known to forbid it.
 */
interface RememberedAgent {
  /** The cached settings, immediately. Refreshes them in the background when they are old. */
  now(): AgentCheck | undefined;
  /** The same after a read, or after two seconds of waiting for one. */
  soon(): Promise<AgentCheck | undefined>;
  /** Reads the settings in any case. Rejects as `read` does. */
  read(): Promise<AgentCheck>;
}

export function rememberAgent(read: () => Promise<AgentCheck>): RememberedAgent {
  let known: AgentCheck | undefined;
  let until = 0;
  let reading: Promise<AgentCheck> | undefined;

  const refresh = (): Promise<AgentCheck> => {
    reading ??= read()
      .then(
        (agent) => {
          known = agent;
          until = Date.now() + FRESH_MS;
          return agent;
        },
        (error: unknown) => {
          until = Date.now() + AGAIN_MS;
          throw error;
        },
      )
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const quietly = (): Promise<AgentCheck | undefined> => refresh().catch(() => known);
  const isFresh = (): boolean => Date.now() < until;

  return {
    read: refresh,
    now() {
      if (!isFresh()) void quietly();
      return known;
    },
    async soon() {
      if (isFresh()) return known;
      let timer: NodeJS.Timeout | undefined;
      const impatient = new Promise<AgentCheck | undefined>((resolve) => {
        timer = setTimeout(() => resolve(known), PATIENCE_MS);
      });
      return Promise.race([quietly(), impatient]).finally(() => clearTimeout(timer));
    },
  };
}
