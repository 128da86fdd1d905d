/** Milliseconds between two looks at a leg of which nothing is heard, by how far it has come. */
export const WATCH_PACE_MS = { ringing: 5_000, talking: 15_000, ended: 2_000 };
