/** Milliseconds between two looks at a silent leg, by its state. */
export const WATCH_PACE_MS = { ringing: 5_000, talking: 15_000, ended: 2_000 };
