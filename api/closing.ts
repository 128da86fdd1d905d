import type { App } from './context.ts';

/** Time for clients to finish reading or sending. Then their connections are cut. */
const REQUESTS_MS = 5_000;
/** Twilio asks again within a moment of a stream's end. */
const ASKING_MS = 3_000;

/** Tracks the calls whose instructions Twilio has requested again. */
export function askedAgain() {
  const asked = new Set<string>();
  let changed = (): void => undefined;
  return {
    note(callId: string): void {
      asked.add(callId);
      changed();
    },
    /**
     * Resolves when Twilio has asked about each of these calls, or the time for it is over. If the API closed sooner, nobody would answer
     * Twilio, and the call would end with an error message.
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

/** Closes the server. A slow client delays it by a bounded time. */
export async function closeServer(app: App): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), REQUESTS_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}
