import type { App } from './context.ts';

/** What a client still reads or sends gets this long; then its connection is cut. */
const REQUESTS_MS = 5_000;
/** Twilio asks within a moment of a stream's end. */
const ASKING_MS = 3_000;

/** Which calls Twilio has asked about again. */
export function askedAgain() {
  const asked = new Set<string>();
  let changed = (): void => undefined;
  return {
    note(callId: string): void {
      asked.add(callId);
      changed();
    },
    /**
     * Resolves when Twilio has asked about each of these calls, or when it has had the time to: an API that closed sooner would be
     * answered for by nobody, and the call end with an error message.
     */
    async all(callIds: readonly string[]): Promise<void> {
      const missing = (): boolean => callIds.some((callId) => !asked.has(callId));
      if (!missing()) return;
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, ASKING_MS);
        changed = () => {
          if (missing()) return;
          clearTimeout(late);
          resolve();
        };
      });
    },
  };
}

/** Closes the server; a client that is slow does not hold it up for long. */
export async function closeServer(app: App): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), REQUESTS_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}
