import type { AgentCheck } from './agent-check.ts';

/** How long an agent's settings are taken as read, and how soon after a failure they are read again. */
const FRESH_MS = 600_000;
const AGAIN_MS = 30_000;
/** A dial waits no longer than this for an agent that was not read yet. */
const PATIENCE_MS = 2_000;

/**
 * What is known of an agent. A call that sends an override which the agent does not permit fails, so one that may be left out (the cap) is
 * sent only when the settings are known to allow it, and one that is wished for (the language) only when they are not known to forbid it.
 */
interface RememberedAgent {
  /** As it was read last, at once; asks anew, in the background, when that was long ago. */
  now(): AgentCheck | undefined;
  /** The same after an answer, or after two seconds of waiting for one. */
  soon(): Promise<AgentCheck | undefined>;
  /** Reads it in any case. Rejects as `read` does. */
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
